import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import type { AppStatus } from "../generated/core";
import { switchLanguage } from "../i18n";
import { Words } from "../layout/Words";
import { replaceHost } from "../platform/client";
import type { Host } from "../platform/wire";
import { SessionWatch } from "./SessionWatch";
import { UnlockScreen } from "./UnlockScreen";

const status: AppStatus = {
  phase: "locked",
  version: "0.1.0",
  store: "/data/account.db",
  users: ["gong", "li"],
  lang: "zh",
  demo: false,
  institution: null,
  user: null,
  lock_after_minutes: 1,
  today: "2026-11-23",
  now: "2026-11-23T08:31:05+08:00",
};

function hostWith(answer: (name: string) => unknown): Host {
  const nothing = () => Promise.resolve(null);
  return {
    call: (name) => {
      const result = answer(name);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the core refuses with a plain object
      return typeof result === "object" && result !== null && "code" in result ? Promise.reject(result) : Promise.resolve(result);
    },
    pickFile: nothing,
    pickFiles: () => Promise.resolve([]),
    pickFolder: nothing,
    pickSave: nothing,
    openDocument: () => Promise.resolve(),
    reveal: () => Promise.resolve(),
  };
}

beforeEach(() => switchLanguage("zh-CN"));

test("a wrong password is said at its field; too many have to wait", async () => {
  const answers: unknown[] = [
    { code: "wrong-password", fields: {}, next: "errors.wrong-password.next" },
    { code: "slow-down", fields: { seconds: "30" }, next: "errors.slow-down.next" },
  ];
  replaceHost(hostWith(() => answers.shift()));
  const user = userEvent.setup();
  render(
    <Words>
      <UnlockScreen status={status} onStatus={() => undefined} />
    </Words>,
  );
  const password = screen.getByLabelText("口令");
  await user.type(password, "wrong one{Enter}");
  expect(await screen.findByText(/用户名或口令不对/)).toBeVisible();
  expect(password).toHaveValue("");
  await user.type(password, "wrong two{Enter}");
  expect(await screen.findByText(/请等 (30|29) 秒/)).toBeVisible();
  expect(screen.getByRole("button", { name: "解锁" })).toBeDisabled();
});

test("nobody there: the window locks; somebody there: the core is told at most twice a minute", async () => {
  vi.useFakeTimers();
  try {
    const calls: string[] = [];
    replaceHost(
      hostWith((name) => {
        calls.push(name);
        return name === "lock" ? status : {};
      }),
    );
    const told = vi.fn();
    render(<SessionWatch lockAfterMinutes={1} onStatus={told} />);
    for (let second = 0; second < 60; second += 1) {
      window.dispatchEvent(new Event("pointermove"));
      await act(() => vi.advanceTimersByTimeAsync(1000));
    }
    expect(calls.filter((name) => name === "touch").length).toBeLessThanOrEqual(2);
    expect(calls).not.toContain("lock");
    await act(() => vi.advanceTimersByTimeAsync(70_000));
    expect(calls.filter((name) => name === "lock")).toHaveLength(1);
    expect(told).toHaveBeenCalledWith(status);
  } finally {
    vi.useRealTimers();
  }
});
