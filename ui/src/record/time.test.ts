import { expect, test } from "vitest";

import { addDays, dayOf, daysBetween, minuteOf, shownTime, wallClock, wallOf, written } from "./time";

test.each([
  ["2026-11-23T09:30:00+08:00", "2026-11-23 09:30"],
  ["2026-11-23T01:30:00Z", "2026-11-23 09:30"],
  ["2026-11-22T23:30:00-02:00", "2026-11-23 09:30"],
  ["2026-11-23T09:30", "2026-11-23 09:30"],
  ["2026-11-23", "2026-11-23"],
  ["", ""],
])("%s is read as %s", (text, shown) => {
  expect(shownTime(text)).toBe(shown);
});

test("the account's clock is +08:00 whatever the PC says", () => {
  expect(wallClock(new Date("2026-12-31T16:05:00Z"))).toBe("2027-01-01T00:05");
  expect(written("2026-11-23T09:30")).toBe("2026-11-23T09:30:00+08:00");
  expect(wallOf(written("2026-11-23T09:30"))).toBe("2026-11-23T09:30");
  expect(minuteOf("2026-11-23T00:31:05Z")).toBe("08:31");
  expect(dayOf("2026-11-22T16:30:00Z")).toBe("2026-11-23");
});

test("days are counted over months and leap days", () => {
  expect(daysBetween("2026-11-23", "2026-12-05")).toBe(12);
  expect(daysBetween("2026-11-23T23:59:00+08:00", "2026-11-22")).toBe(-1);
  expect(addDays("2028-02-28", 2)).toBe("2028-03-01");
  expect(daysBetween("", "2026-11-22")).toBeNaN();
});
