/** The tree of institutions, as far as it is known here. */
import type { InstitutionBrief } from "../../generated/core";

export interface Branch {
  institution: InstitutionBrief;
  below: Branch[];
}

/**
 * The own institution with what lies below it. One whose superior is not known here hangs directly below the own one:
 * it was enrolled here, so it belongs here.
 */
export function treeOf(institutions: readonly InstitutionBrief[], own: string): Branch[] {
  const known = new Set(institutions.map(({ code }) => code));
  const parent = ({ code, superior }: InstitutionBrief) =>
    code === own ? null : superior !== null && superior !== code && known.has(superior) ? superior : own;
  const placed = new Set<string>();
  const branch = (institution: InstitutionBrief): Branch => {
    placed.add(institution.code);
    const below = institutions.filter((one) => parent(one) === institution.code && !placed.has(one.code));
    return { institution, below: below.map(branch) };
  };
  const tops = institutions.filter(({ code }) => code === own).map(branch);
  // Two that name each other as superior would hang nowhere.
  const lost = institutions.filter(({ code }) => !placed.has(code));
  return [...tops, ...lost.map((institution) => ({ institution, below: [] }))];
}
