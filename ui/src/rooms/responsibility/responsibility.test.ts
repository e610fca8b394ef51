import { expect, test } from "vitest";

import type { InstitutionBrief, LetterPlanRow } from "../../generated/core";
import { letterSign, printable, unsignedFirst, waitsForSignature } from "./letterWords";
import { treeOf } from "./tree";

function row(change: Partial<LetterPlanRow>): LetterPlanRow {
  return {
    appointment: "a",
    person: "p",
    name: "王䶮",
    post: "P13",
    post_title: { zh: "柜员", en: "Teller" },
    party_a: "龚晓燕",
    party_a_post: { zh: "网点负责人", en: "Outlet head" },
    due: "2026-01-15",
    state: "missing",
    letter: null,
    number: null,
    signed: null,
    overdue: false,
    ...change,
  };
}

test("unsigned letters stand first, the overdue ones before all, then by their day", () => {
  const rows = [
    row({ appointment: "signed", state: "signed", signed: "2026-01-06" }),
    row({ appointment: "later", due: "2026-03-01" }),
    row({ appointment: "soon", due: "2026-02-01" }),
    row({ appointment: "printed", state: "prepared", letter: "l" }),
    row({ appointment: "overdue", overdue: true }),
  ];
  expect(unsignedFirst(rows).map(({ appointment }) => appointment)).toEqual(["overdue", "soon", "later", "printed", "signed"]);
});

test("a letter on paper waits for its signature even past its day; without a party A nothing is printed", () => {
  const late = row({ state: "missing", overdue: true, letter: "l", number: "001" });
  expect(waitsForSignature(late)).toBe(true);
  expect(letterSign(late)).toBe("preparedOverdue");
  expect(printable(late)).toBe(true);
  expect(printable(row({ party_a: null }))).toBe(false);
  expect(printable(row({ state: "signed" }))).toBe(false);
});

function institution(code: string, superior: string | null): InstitutionBrief {
  return { code, name: { zh: code, en: code }, level: "outlet", superior };
}

test("the tree hangs below the own institution, whatever the records say of their superior", () => {
  const all = [institution("1", "0"), institution("11", "1"), institution("111", "11"), institution("12", null), institution("13", "unknown")];
  const [top, ...lost] = treeOf(all, "1");
  expect(lost).toEqual([]);
  expect(top?.below.map((branch) => branch.institution.code)).toEqual(["11", "12", "13"]);
  expect(top?.below[0]?.below.map((branch) => branch.institution.code)).toEqual(["111"]);
});

test("two that name each other as superior are still shown", () => {
  const all = [institution("1", null), institution("21", "22"), institution("22", "21")];
  const codes = treeOf(all, "1").map((branch) => branch.institution.code);
  expect(codes).toEqual(["1", "21", "22"]);
});
