/** Reading the standard: which fields a record has, which choices a field offers. Follows the core's rules. */
import type {
  CheckItem,
  CheckSection,
  Choice,
  Field,
  FieldKind,
  InstitutionBrief,
  Ledger,
  Level,
  Standard,
} from "../generated/core";

export function ledgerOf(standard: Standard, id: string): Ledger | undefined {
  return standard.ledgers.find((ledger) => ledger.id === id);
}

/**
 * All fields of a record: the ledger's own, in a facility ledger the shared attributes and those of the chosen class,
 * then the common ones.
 */
export function fieldsOf(standard: Standard, ledger: Ledger, values: Readonly<Record<string, unknown>>): Field[] {
  const fields = [...ledger.fields];
  if (ledger.facility_group) {
    const chosen = standard.facilities.find(({ id }) => id === values["class"]);
    fields.push(...standard.facility_fields, ...(chosen?.fields ?? []));
  }
  if (ledger.with_common_fields) fields.push(...standard.common_fields);
  return fields;
}

/** Fields that any record of the ledger may have, of whatever class. */
export function everyFieldOf(standard: Standard, ledger: Ledger): Field[] {
  const classes = ledger.facility_group
    ? standard.facilities.filter(({ group }) => group === ledger.facility_group).flatMap(({ fields }) => fields)
    : [];
  return [...fieldsOf(standard, ledger, {}), ...classes];
}

/** What a select field offers; `@…` names one of the standard's own lists. */
export function choicesOf(standard: Standard, ledger: Ledger, field: Field): readonly Choice[] {
  const titled = (items: readonly { id: string; title: Choice["label"] }[]): Choice[] =>
    items.map(({ id, title }) => ({ id, label: title }));
  switch (field.choices) {
    case null:
    case undefined:
      return [];
    case "@classes":
      return titled(
        standard.facilities.filter(({ group }) => !ledger.facility_group || group === ledger.facility_group),
      );
    case "@drills":
      return titled(standard.drills);
    case "@training":
      return titled(standard.training);
    case "@duties":
      return titled(standard.duties);
    case "@letters":
      return titled(standard.letters);
    default:
      return standard.choices.find(({ id }) => id === field.choices)?.choices ?? [];
  }
}

/** Sections of the checklist a field asks for: only the named items, or all. */
export function checklistOf(standard: Standard, field: Field): CheckSection[] {
  const wanted = field.items ?? [];
  const asked = ({ id }: CheckItem) => wanted.length === 0 || wanted.includes(id);
  return standard.checklist
    .map((section) => ({ ...section, items: section.items.filter(asked) }))
    .filter(({ items }) => items.length > 0);
}

/** Kinds whose values are short words of a list, good for filters. */
export function isSelect(kind: FieldKind): boolean {
  return kind === "select_one" || kind === "select_multiple";
}

/** Whether an institution of this level keeps the book. */
export function keeps(ledger: Ledger, level: Level): boolean {
  return ledger.levels.includes(level);
}

/** The ledgers of an institution, in the standard's order: those of its level; a superior also sees those below. */
export function ledgersOf(standard: Standard, institution: Pick<InstitutionBrief, "level">): Ledger[] {
  return institution.level === "outlet"
    ? standard.ledgers.filter((ledger) => keeps(ledger, "outlet"))
    : [...standard.ledgers];
}

/** Address of a ledger: facilities and the profile stand in the archive, all else among the ledgers. */
export function ledgerBase(standard: Standard, id: string): [room: string, ledger: string] {
  return [ledgerOf(standard, id)?.group === "archive" ? "archive" : "ledgers", id];
}
