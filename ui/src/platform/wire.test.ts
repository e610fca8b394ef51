import { expect, test } from "vitest";

import { call, CoreError, replaceHost } from "./client";
import { readError, type Host } from "./wire";

test("the core's error keeps its code, fields and next step", () => {
  const error = readError({ code: "bundle-truncated", fields: { file: "网点.osbundle" }, next: "errors.bundle-truncated.next" });
  expect(error).toBeInstanceOf(CoreError);
  expect(error).toMatchObject({ code: "bundle-truncated", fields: { file: "网点.osbundle" }, next: "errors.bundle-truncated.next" });
});

test.each([new TypeError("Failed to fetch"), "not a core error", null])("%s means the core was not reached", (raw) => {
  expect(readError(raw).code).toBe("core-unreachable");
});

test("a call rejects with a CoreError whatever the host rejects with", async () => {
  const refuse = { call: () => Promise.reject(new Error("gone")) } as unknown as Host;
  replaceHost(refuse);
  const anything = call as (name: string) => Promise<unknown>;
  await expect(anything("any")).rejects.toMatchObject({ code: "core-unreachable", fields: { detail: "gone" } });
});
