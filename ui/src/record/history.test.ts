import { expect, test } from "vitest";

import type { Field, RecordBody, RecordVersion } from "../generated/core";
import { changes, same, stepsOf } from "./history";

const field = (id: string): Field => ({ id, kind: "text", label: { zh: id, en: id } });
const body = (fields: Record<string, unknown>, more: Partial<RecordBody> = {}): RecordBody => ({ occurred: "2026-11-23", fields, ...more });

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  ["", undefined, true],
  [[], null, true],
  [["a", "b"], ["b", "a"], false],
  [1, "1", false],
])("%j and %j are the same: %s", (a, b, equal) => {
  expect(same(a, b)).toBe(equal);
});

test("differences come in the order of the form, unknown fields last", () => {
  const before = body({ plan: "旧", minutes: 20, from_next_year: 1 });
  const after = body({ plan: "新", minutes: 20 }, { occurred: "2026-11-22", late: { reason: "停电" } });
  expect(changes(before, after, [field("minutes"), field("plan")]).map(({ place }) => place)).toEqual([
    "occurred",
    "plan",
    "from_next_year",
    "late",
  ]);
});

test("each version tells what it changed; the first tells nothing", () => {
  const version = (reference: string, fields: Record<string, unknown>) => ({ reference, body: body(fields) }) as RecordVersion;
  const steps = stepsOf([version("log#9", { plan: "新" }), version("log#3", { plan: "旧" })], [field("plan")]);
  expect(steps.map(({ number, changes: made }) => [number, made.length])).toEqual([
    [2, 1],
    [1, 0],
  ]);
  expect(steps[0]?.changes[0]).toMatchObject({ before: "旧", after: "新" });
});
