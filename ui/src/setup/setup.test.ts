import { expect, test } from "vitest";

import { CoreError } from "../platform/client";
import { longEnough } from "./password";
import { emptySetup, placeOfError, setupArgs } from "./SetupForm";

test("an institution with a name in one language goes by that one; blanks around answers do not count", () => {
  const values = { ...emptySetup("2026-11-23"), code: " 330100 ", name_en: "West Lake", person_name: " Li ", user: "li " };
  const args = setupArgs(values, true);
  expect(args).toMatchObject({ lang: "en", code: "330100", name_zh: "West Lake", name_en: "West Lake", person_name: "Li", user: "li" });
  expect(args.opened).toBe("2026-11-23");
  expect(args.post).toBeNull();
});

test("an error of the core finds its field", () => {
  const error = (code: string, fields: Record<string, string> = {}) => new CoreError({ code, fields });
  expect(placeOfError(error("institution-code-wrong"))).toBe("code");
  expect(placeOfError(error("field-required", { field: "person_name" }))).toBe("person_name");
  expect(placeOfError(error("disk-full"))).toBeUndefined();
});

test("a password is as long as people count it", () => {
  expect(longEnough("1234567")).toBe(false);
  expect(longEnough("12345678")).toBe(true);
  // Two code units each, four characters to a person.
  expect(longEnough("𠮷𠮷𠮷𠮷")).toBe(false);
});
