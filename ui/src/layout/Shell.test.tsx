import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { switchLanguage } from "../i18n";
import { showInside } from "../test/inside";
import { Shell } from "./Shell";

const longName = "杭州市西湖区文三路第二支行营业部（原古荡储蓄所）";

function show(demo = false, onLock = () => undefined) {
  showInside(<Shell institution={longName} user="龚䶮" demo={demo} onLock={onLock} />);
}

beforeEach(() => {
  switchLanguage("zh-CN");
  window.location.hash = "";
});

test("the outlet's rooms, Today first, institution and person on top", async () => {
  show();
  const rail = screen.getByRole("navigation");
  expect(within(rail).getAllByRole("menuitem")).toHaveLength(8);
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("今日");
  expect(screen.getByText(longName)).toBeVisible();
  expect(screen.getByText("龚䶮")).toBeVisible();
  expect(screen.queryByRole("note")).toBeNull();
});

test("a room opens, the language switches everywhere, a demo says so", async () => {
  const user = userEvent.setup();
  show(true);
  await user.click(screen.getByRole("menuitem", { name: /台账/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "台账" })).toBeVisible();
  await user.click(screen.getByText("English"));
  expect(await screen.findByRole("heading", { level: 1, name: "Ledgers" })).toBeVisible();
  expect(screen.getByRole("note")).toHaveTextContent("Demo data");
});

test("locking asks once", async () => {
  const lock = vi.fn();
  show(false, lock);
  await userEvent.setup().click(screen.getByRole("button", { name: /锁定/ }));
  expect(lock).toHaveBeenCalledOnce();
});
