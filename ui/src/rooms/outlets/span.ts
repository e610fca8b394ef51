/** The span that compliance is counted over, kept in the address. */
import type { ObligationStateView } from "../../generated/core";

export interface Span {
  from: string;
  until: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** The span of an address; the year so far when it names none. */
export function readSpan(query: URLSearchParams, today: string): Span {
  const given = (key: string) => day.exec(query.get(key) ?? "")?.[0];
  return { from: given("from") ?? `${today.slice(0, 4)}-01-01`, until: given("until") ?? today };
}

/** States by what a figure of the overview counts. The core counts what is due by exactly these. */
export const counted = {
  due: ["overdue", "done", "done_late", "missed"],
  done: ["done"],
  late: ["done_late"],
  missing: ["overdue", "missed"],
  overdue: ["overdue"],
} as const satisfies Record<string, readonly ObligationStateView[]>;

export type Counted = keyof typeof counted;

export function isCounted(key: string | null): key is Counted {
  return key !== null && Object.hasOwn(counted, key);
}

/** Share of done and late among what was due, in whole percent; null when nothing was due. */
export function share({ due, done, late }: { due: number; done: number; late: number }): number | null {
  return due === 0 ? null : Math.floor(((done + late) / due) * 100);
}

/** Shade of a share: all, most or few. Words and figures stand beside it. */
export function shade(percent: number | null): "" | "all" | "most" | "few" {
  if (percent === null) return "";
  if (percent >= 100) return "all";
  return percent >= 80 ? "most" : "few";
}
