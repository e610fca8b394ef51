import { expect, test } from "vitest";

import { linesOf } from "./Lines";

test.each([
  ["", 2],
  ["一\n二\n三", 3],
  ["字".repeat(47), 2],
  ["字".repeat(140), 4],
  ["a".repeat(92 * 20), 10],
])("%j", (text, lines) => {
  expect(linesOf(text, 2, 10)).toBe(lines);
});
