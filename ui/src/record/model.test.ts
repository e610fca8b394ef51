import { describe, expect, test } from "vitest";

import type { Field, FieldFaultView } from "../generated/core";
import { ledgerOf } from "../standard/lists";
import { defaultStandard } from "../test/standard";
import {
  bodyOf,
  contentOf,
  emptyContent,
  faultsByPlace,
  faultyWithin,
  homeless,
  isLate,
  newContent,
  placeOf,
  readContent,
  sectionsOf,
  visibleFields,
  type Content,
} from "./model";

const standard = defaultStandard();
const book = (id: string) => {
  const ledger = ledgerOf(standard, id);
  if (!ledger) throw new Error(`no ledger ${id}`);
  return ledger;
};
const field = (id: string, more: Partial<Field> = {}): Field => ({ id, kind: "text", label: { zh: id, en: id }, ...more });
const hash = "ab".repeat(32);
const entry = { late: false, correction: false };

describe("a new form", () => {
  test("has the definition's defaults and what its opener knows, but no date of the act", () => {
    const content = newContent(standard, book("L09"), { grade: "serious" });
    expect(content.fields).toMatchObject({ state: "registered", grade: "serious" });
    expect(content.occurred).toBe("");
  });

  test("of a facility takes the defaults of its class", () => {
    expect(newContent(standard, book("L05"), { class: "J07" }).fields).toMatchObject({ class: "J07", state: "in_use", quantity: 1 });
  });
});

describe("what is asked for", () => {
  const fields = [
    field("status"),
    field("left", { when: { field: "status", is: ["left"] } }),
    field("why", { when: { field: "left", is: ["2026-01-01"] } }),
    field("kinds", { kind: "select_multiple" }),
    field("other", { when: { field: "kinds", is: ["other"] } }),
  ];
  test.each<[string, Record<string, unknown>, string[]]>([
    ["nothing answered", {}, ["status", "kinds"]],
    ["a choice that asks more", { status: "left" }, ["status", "left", "kinds"]],
    ["a chain of conditions", { status: "left", left: "2026-01-01" }, ["status", "left", "why", "kinds"]],
    ["hidden with what it hangs on", { status: "active", left: "2026-01-01" }, ["status", "kinds"]],
    ["one of several choices", { kinds: ["a", "other"] }, ["status", "kinds", "other"]],
  ])("%s", (_, values, shown) => {
    expect(visibleFields(fields, values).map(({ id }) => id)).toEqual(shown);
  });

  test("required answers stand first, the rest under its headings", () => {
    const head = { zh: "过程", en: "Course" };
    const sections = sectionsOf([
      field("a", { section: head }),
      field("b", { required: true, section: head }),
      field("c"),
      field("d", { section: head }),
    ]);
    expect(sections.map(({ key, fields: own }) => [key, own.map(({ id }) => id)])).toEqual([
      ["required", ["b"]],
      ["more", ["c"]],
      ["过程", ["a", "d"]],
    ]);
  });
});

describe("the body", () => {
  const content = (fields: Record<string, unknown>, more: Partial<Content> = {}): Content => ({
    ...emptyContent,
    occurred: "2026-11-23",
    fields,
    ...more,
  });

  test("leaves out what is blank, trims lines and drops empty rows", () => {
    const body = bodyOf(
      standard,
      book("L12"),
      content({ scenario: "E01", plan: "  预案  ", problems: "", present: [], roles: [{ role: " 报警 " }, { role: "" }, {}] }),
      entry,
    );
    expect(body.fields).toEqual({ scenario: "E01", plan: "预案", roles: [{ role: "报警" }] });
    expect(body).not.toHaveProperty("late");
    expect(body).not.toHaveProperty("change");
    expect(body).not.toHaveProperty("files");
  });

  test("keeps only verdicts that were given, with their remarks", () => {
    const items = { C01: { verdict: "pass" }, C02: { remark: "看过" }, C18: { verdict: "fail", remark: "锁坏" } };
    expect(bodyOf(standard, book("L08"), content({ items }), entry).fields["items"]).toEqual({
      C01: { verdict: "pass" },
      C18: { verdict: "fail", remark: "锁坏" },
    });
  });

  test("drops attributes of a class that was chosen before, keeps fields that no class has", () => {
    const other = standard.facilities.find(({ group, id, fields }) => group === "technical" && id !== "J06" && fields.length > 0);
    const theirs = other?.fields.find(({ id }) => !standard.facilities.find((one) => one.id === "J06")?.fields.some((one) => one.id === id));
    const fields = { class: "J06", code: "1", [theirs?.id ?? ""]: "x", from_next_year: "kept" };
    expect(bodyOf(standard, book("L05"), content(fields), entry).fields).toEqual({ class: "J06", code: "1", from_next_year: "kept" });
  });

  test("drops an answer whose condition no longer holds", () => {
    expect(bodyOf(standard, book("person"), content({ status: "active", left: "2026-01-01" }), entry).fields).toEqual({ status: "active" });
  });

  test("names the files that fields name, and no others", () => {
    const file = (sha256: string, place?: string) => ({ sha256, name: "a.png", type: "image/png", size: 1, ...(place ? { field: place } : {}) });
    const removed = "cd".repeat(32);
    const body = bodyOf(standard, book("L12"), content({ photos: [hash] }, { files: [file(hash, "photos"), file(removed, "photos")] }), entry);
    expect(body.files).toEqual([file(hash, "photos")]);
  });

  test("says why it is late, and why it corrects", () => {
    const body = bodyOf(standard, book("L12"), content({}, { late: " 停电 ", change: " 写错 " }), { late: true, correction: true });
    expect(body).toMatchObject({ late: { reason: "停电" }, change: "写错" });
  });

  test("goes back into a form and out again unchanged", () => {
    const body = { occurred: "2026-11-23T09:30:00+08:00", fields: { scenario: "E01", present: ["a"] }, late: { reason: "停电" } };
    const again = bodyOf(standard, book("L12"), { ...contentOf(body, ["log#1"]), change: "更正" }, { late: true, correction: true });
    expect(again).toEqual({ ...body, change: "更正" });
  });
});

test.each([
  ["2026-11-23", 0],
  ["2026-11-01T09:00:00+08:00", 22],
])("an entry about %s made on 2026-11-23", (occurred, days) => {
  expect(isLate(standard.deadlines, occurred, "2026-11-23")).toBe(days > standard.deadlines.late_after_days);
});

test.each([
  ["fields.scenario", "scenario"],
  ["fields.steps[2].minutes", "steps/2/minutes"],
  ["fields.items.C31.verdict", "items/C31/verdict"],
  ["steps/2/time", "steps/2/time"],
  ["late.reason", "late"],
  ["late", "late"],
  ["occurred", "occurred"],
])("a fault at %s is shown at %s", (path, place) => {
  expect(placeOf(path)).toBe(place);
});

test("faults are found within a field; those without a place are told above the form", () => {
  const fault = (path: string): FieldFaultView => ({ path, code: "required-missing", fields: {} });
  const faults = faultsByPlace([fault("fields.roles[0].role"), fault("files[0]")]);
  expect(faultyWithin(faults, "roles")).toBe(true);
  expect(faultyWithin(faults, "role")).toBe(false);
  expect(homeless(faults, [field("roles")]).map(({ path }) => path)).toEqual(["files[0]"]);
});

test.each([null, 1, "x", [], { fields: 3 }])("a draft of another shape (%j) reads as blank", (raw) => {
  expect(readContent(raw)).toEqual(emptyContent);
});
