import { sameCode } from "../../parts/codes";

/** How a fingerprint was compared so far. */
export interface Compared {
  /** As heard over the telephone. */
  typed: string;
  /** Every group was the same. */
  ticked: boolean;
}

export const notCompared: Compared = { typed: "", ticked: false };

/** What is given to the core as heard, or null while nothing was compared or it differs. */
export function heardAs({ typed, ticked }: Compared, fingerprint: string): string | null {
  if (typed.trim() !== "") return sameCode(typed, fingerprint) ? typed.trim() : null;
  return ticked ? fingerprint : null;
}
