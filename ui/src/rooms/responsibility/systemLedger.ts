import type { Ledger, Standard, SystemRole } from "../../generated/core";

/** The ledger that a workflow relies on, whatever the standard calls it. */
export function systemLedger(standard: Standard, role: SystemRole): Ledger | undefined {
  return standard.ledgers.find((ledger) => ledger.role === role);
}
