import { expect, test } from "vitest";

import { groupsOf, sameCode } from "./codes";

test("a code falls into the groups it is written in, or into fours", () => {
  expect(groupsOf("1ABJ-TGXT-4WKB")).toEqual(["1ABJ", "TGXT", "4WKB"]);
  expect(groupsOf(" 6391 1800 6963 ")).toEqual(["6391", "1800", "6963"]);
  expect(groupsOf("639118006")).toEqual(["6391", "1800", "6"]);
  expect(groupsOf("")).toEqual([]);
});

test("what was heard is the same whatever its blanks and capitals; nothing is never the same", () => {
  expect(sameCode("ab12 CD34", "AB12-cd34")).toBe(true);
  expect(sameCode("ab12 cd35", "AB12-CD34")).toBe(false);
  expect(sameCode(" - ", "")).toBe(false);
});
