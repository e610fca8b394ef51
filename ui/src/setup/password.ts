/** The rule for passwords, told before it is broken. The core holds the same rule. */
import type { FormRule } from "antd";
import type { TFunction } from "i18next";

export const SHORTEST_PASSWORD = 8;

/** Length in characters as people count them. */
export function longEnough(password: string): boolean {
  return Array.from(password).length >= SHORTEST_PASSWORD;
}

export function passwordRules(t: TFunction): FormRule[] {
  return [
    { required: true, message: t("setup.passwordNeeded") },
    {
      validator: (_, value: string | undefined) =>
        !value || longEnough(value)
          ? Promise.resolve()
          : Promise.reject(new Error(t("setup.passwordShort", { shortest: SHORTEST_PASSWORD }))),
    },
  ];
}

/** The second time has to be the same. */
export function repeats(t: TFunction, field: string): FormRule {
  return ({ getFieldValue }) => ({
    validator: (_, value: unknown) =>
      value === getFieldValue(field) ? Promise.resolve() : Promise.reject(new Error(t("setup.differs"))),
  });
}
