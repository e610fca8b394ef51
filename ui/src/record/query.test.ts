import { expect, test } from "vitest";

import { narrowed, queryOf, readList, wholeList, writeList, type ListState } from "./query";

test("a plain list has a plain address and asks for its first page", () => {
  expect(writeList(wholeList)).toEqual({});
  expect(queryOf(["L12"], wholeList)).toEqual({
    ledgers: ["L12"],
    institutions: [],
    fields: {},
    ids: [],
    withdrawn: false,
    sort: "-occurred",
    offset: 0,
    limit: 50,
  });
});

test.each<Partial<ListState>>([
  { text: "通道 演练" },
  { open: true },
  { exchange: "bundled" },
  { open: false, late: true },
  { withdrawn: true, from: "2026-01-01", until: "2026-11-23" },
  { dueBefore: "2026-11-23", sort: "due" },
  { fields: { class: "J07", state: "in_use" }, page: 3, size: 100 },
  { ids: ["a", "b"], institution: "330100001" },
])("%j survives its address", (part) => {
  const state = { ...wholeList, ...part };
  expect(readList(new URLSearchParams(writeList(state)))).toEqual(state);
});

test("pages are offsets; the text goes without blanks around it; a page is never larger than the core gives", () => {
  expect(queryOf([], { ...wholeList, page: 3, size: 20, text: " 演练 " })).toMatchObject({ offset: 40, limit: 20, text: "演练" });
  expect(readList(new URLSearchParams("size=100000&page=-2"))).toMatchObject({ size: 500, page: 1 });
});

test("sort and page do not narrow a list, filters do", () => {
  expect(narrowed({ ...wholeList, sort: "title", page: 2, size: 20 })).toBe(false);
  expect(narrowed({ ...wholeList, fields: { class: "J07" } })).toBe(true);
});
