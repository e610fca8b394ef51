/** How letters stand, in words and in an order that shows what is to be done first. */
import type { LetterPlanRow } from "../../generated/core";

export type LetterSign = "overdue" | "missing" | "prepared" | "preparedOverdue" | "signed" | "ended";

/** A letter is there on paper and waits for signatures; past its day the plan calls it missing. */
export function waitsForSignature({ state, letter }: Pick<LetterPlanRow, "state" | "letter">): boolean {
  return state === "prepared" || (state === "missing" && letter !== null);
}

export function letterSign(row: Pick<LetterPlanRow, "state" | "letter" | "overdue">): LetterSign {
  if (waitsForSignature(row)) return row.overdue ? "preparedOverdue" : "prepared";
  if (row.state === "missing") return row.overdue ? "overdue" : "missing";
  return row.state;
}

const order: readonly LetterSign[] = ["overdue", "preparedOverdue", "missing", "prepared", "signed", "ended"];

/** Unsigned first, the oldest day first. */
export function unsignedFirst(rows: readonly LetterPlanRow[]): LetterPlanRow[] {
  const rank = (row: LetterPlanRow) => order.indexOf(letterSign(row));
  return [...rows].sort((a, b) => rank(a) - rank(b) || a.due.localeCompare(b.due) || a.name.localeCompare(b.name, "zh"));
}

/** Whether a letter can be printed for this row now. */
export function printable({ state, party_a }: Pick<LetterPlanRow, "state" | "party_a">): boolean {
  return (state === "missing" || state === "prepared") && party_a !== null;
}

export const signClass: Readonly<Record<LetterSign, string>> = {
  overdue: "state bad",
  preparedOverdue: "state bad",
  missing: "state open",
  prepared: "state open",
  signed: "state settled",
  ended: "quiet",
};
