/** A value in words, for lists, histories and search results. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { Field, Ledger, Standard } from "../generated/core";
import { choicesOf, everyFieldOf } from "../standard/lists";
import { useStandard } from "../standard/Standard";
import { useText } from "../standard/text";
import { isEmpty, type Values } from "./model";
import { shownTime } from "./time";

export type Names = Readonly<Record<string, string>>;

/** What the core puts in place of masked characters. */
const MASK = /\*{2,}/;

export function isMasked(value: unknown): boolean {
  return typeof value === "string" && MASK.test(value);
}

/** Verdicts of a checklist by kind. */
export interface Tally {
  pass: number;
  fail: number;
  na: number;
}

export function tally(value: unknown): Tally {
  const sum: Tally = { pass: 0, fail: 0, na: 0 };
  if (typeof value !== "object" || value === null) return sum;
  for (const one of Object.values(value as Record<string, { verdict?: string } | null>))
    if (one?.verdict === "pass" || one?.verdict === "fail" || one?.verdict === "na") sum[one.verdict] += 1;
  return sum;
}

export interface Wording {
  standard: Standard;
  say: ReturnType<typeof useText>;
  t: (key: string, values?: Record<string, unknown>) => string;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : isEmpty(value) ? [] : [value]);
const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** One line of text; empty for an empty value. */
export function fieldText(words: Wording, ledger: Ledger, field: Field, value: unknown, names: Names): string {
  const { standard, say, t } = words;
  if (isEmpty(value)) return "";
  switch (field.kind) {
    case "select_one":
    case "select_multiple": {
      const choices = new Map(choicesOf(standard, ledger, field).map(({ id, label }) => [id, say(label)]));
      return list(value)
        .map((id) => choices.get(plain(id)) ?? plain(id))
        .join(t("record.and"));
    }
    case "person":
    case "people":
    case "facility":
    case "record":
    case "institution":
      return list(value)
        .map((id) => names[plain(id)] ?? (isMasked(id) ? plain(id) : t("record.unknownName", { id: plain(id) })))
        .join(t("record.and"));
    case "post":
      return say(standard.posts.find(({ id }) => id === value)?.title) || plain(value);
    case "date":
    case "dateTime":
      return shownTime(plain(value));
    case "image":
    case "file":
      return t("record.files", { count: list(value).length });
    case "checklist":
      return t("record.tally", { ...tally(value) });
    case "repeat":
      return list(value)
        .map((row) => rowText(words, ledger, field.fields ?? [], row as Values, names))
        .join(t("record.rows"));
    case "integer":
    case "decimal":
    case "text":
    case "multiline":
    case "time":
      return plain(value);
  }
}

function rowText(words: Wording, ledger: Ledger, fields: readonly Field[], row: Values, names: Names): string {
  return fields
    .map((field) => fieldText(words, ledger, field, row[field.id], names))
    .filter((text) => text !== "")
    .join(" ");
}

/** `describe(ledger, field, value, names)` in the language shown. */
export function useFieldText(): (ledger: Ledger, field: Field, value: unknown, names: Names) => string {
  const standard = useStandard();
  const say = useText();
  const { t } = useTranslation();
  return useCallback(
    (ledger, field, value, names) =>
      fieldText({ standard, say, t: (key, values) => t(key, values ?? {}) }, ledger, field, value, names),
    [standard, say, t],
  );
}

/** Definition of a field anywhere in a ledger. */
export function fieldOf(standard: Standard, ledger: Ledger, id: string): Field | undefined {
  return everyFieldOf(standard, ledger).find((field) => field.id === id);
}
