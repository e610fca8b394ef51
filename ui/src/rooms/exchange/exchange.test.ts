import { expect, test } from "vitest";

import { heardAs, notCompared } from "./compared";
import { outcomeFields } from "./outcomes";

test("nothing is approved before the fingerprint was compared, and typing outweighs ticking", () => {
  const fingerprint = "6391 1800 6963 5970 8019";
  expect(heardAs(notCompared, fingerprint)).toBeNull();
  expect(heardAs({ typed: "", ticked: true }, fingerprint)).toBe(fingerprint);
  expect(heardAs({ typed: "63911800696359708019", ticked: false }, fingerprint)).toBe("63911800696359708019");
  expect(heardAs({ typed: "6391 1800 6963 5970 8018", ticked: true }, fingerprint)).toBeNull();
});

test("a gap is told in numbers people count with", () => {
  const fields = { origin: "o", from: "4", to: "9", start: "9", end: "12" };
  expect(outcomeFields({ code: "bundle-gap", fields })).toMatchObject({ from: "5", to: "9" });
  expect(outcomeFields({ code: "bundle-truncated", fields: { read: "0" } })).toEqual({ read: "0" });
});
