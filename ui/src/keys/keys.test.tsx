import { fireEvent, render } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { onEnter, useShortcut } from ".";

function Page({ save }: { save: () => void }) {
  useShortcut("Ctrl+S", save);
  return <input aria-label="名称" onKeyDown={onEnter(save)} />;
}

test("keys act when no input method is composing", () => {
  const save = vi.fn();
  const { getByLabelText } = render(<Page save={save} />);
  fireEvent.keyDown(window, { key: "s", ctrlKey: true });
  fireEvent.keyDown(getByLabelText("名称"), { key: "Enter" });
  expect(save).toHaveBeenCalledTimes(2);
});

test.each([
  ["the event says so", { isComposing: true }],
  ["WebKit marks the key that ended the composition", { keyCode: 229 }],
])("no key acts while composing: %s", (_, press) => {
  const save = vi.fn();
  const { getByLabelText } = render(<Page save={save} />);
  fireEvent.keyDown(window, { key: "s", ctrlKey: true, ...press });
  fireEvent.keyDown(getByLabelText("名称"), { key: "Enter", ...press });
  expect(save).not.toHaveBeenCalled();
});

test("a combination is exact", () => {
  const save = vi.fn();
  render(<Page save={save} />);
  fireEvent.keyDown(window, { key: "s" });
  fireEvent.keyDown(window, { key: "s", ctrlKey: true, shiftKey: true });
  expect(save).not.toHaveBeenCalled();
});

test("Escape closes what lies over the page, not the page", () => {
  const close = vi.fn();
  function Sheet() {
    useShortcut("Escape", close);
    return <div className="ant-picker-dropdown" />;
  }
  const { rerender } = render(<Sheet />);
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(close).not.toHaveBeenCalled();
  document.querySelector(".ant-picker-dropdown")?.classList.add("ant-picker-dropdown-hidden");
  rerender(<Sheet />);
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(close).toHaveBeenCalledOnce();
});
