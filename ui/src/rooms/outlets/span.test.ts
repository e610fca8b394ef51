import { expect, test } from "vitest";

import { isCounted, readSpan, shade, share } from "./span";

test("the span is the year so far unless the address says otherwise", () => {
  expect(readSpan(new URLSearchParams(), "2026-11-23")).toEqual({ from: "2026-01-01", until: "2026-11-23" });
  expect(readSpan(new URLSearchParams("from=2026-10-01&until=2026-10-31"), "2026-11-23")).toEqual({
    from: "2026-10-01",
    until: "2026-10-31",
  });
  expect(readSpan(new URLSearchParams("from=soon"), "2026-11-23").from).toBe("2026-01-01");
});

test("a share is rounded down, so that all done is all done", () => {
  expect(share({ due: 0, done: 0, late: 0 })).toBeNull();
  expect(share({ due: 1000, done: 990, late: 9 })).toBe(99);
  expect(shade(share({ due: 1000, done: 990, late: 9 }))).toBe("most");
  expect(shade(share({ due: 7, done: 6, late: 1 }))).toBe("all");
  expect(shade(79)).toBe("few");
  expect(shade(null)).toBe("");
});

test("only known figures open a list", () => {
  expect(isCounted("missing")).toBe(true);
  expect(isCounted("toString")).toBe(false);
  expect(isCounted(null)).toBe(false);
});
