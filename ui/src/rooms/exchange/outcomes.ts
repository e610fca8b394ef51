/** What became of a bundle, as signs and as numbers that people count with. */
import type { ImportOutcome } from "../../generated/core";

const signs: Readonly<Record<string, string>> = {
  imported: "state settled",
  receipts: "state settled",
  repeated: "state settled",
  "kept-aside": "state open",
  refused: "state bad",
};

export function outcomeSign(outcome: string): string {
  return signs[outcome] ?? "state open";
}

/** The core counts entries from 0 and names the one behind the last; people count from 1 and name the last. */
export function outcomeFields({ code, fields }: Pick<ImportOutcome, "code" | "fields">): Record<string, string> {
  const from = Number(fields["from"]);
  if (code !== "bundle-gap" || !Number.isInteger(from)) return { ...fields };
  return { ...fields, from: String(from + 1) };
}
