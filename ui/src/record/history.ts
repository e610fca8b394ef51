/** What changed from one version of a record to the next. */
import type { Field, RecordBody, RecordVersion } from "../generated/core";
import { isEmpty } from "./model";

export interface Change {
  /** `occurred`, `late`, `withdrawn`, or a field's identifier. */
  place: string;
  /** The field's definition, when this standard knows it. */
  field: Field | undefined;
  before: unknown;
  after: unknown;
}

/** Equality of values that came as JSON, whatever the order of an object's keys. */
export function same(a: unknown, b: unknown): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  const keys = new Set([...left.map(([key]) => key), ...Object.keys(right)]);
  return [...keys].every((key) => same((a as Record<string, unknown>)[key], right[key]));
}

/** Differences in the order of the form; fields this standard does not know come last. */
export function changes(before: RecordBody, after: RecordBody, fields: readonly Field[]): Change[] {
  const found: Change[] = [];
  const look = (place: string, field: Field | undefined, was: unknown, is: unknown) => {
    if (!same(was, is)) found.push({ place, field, before: was, after: is });
  };
  look("occurred", undefined, before.occurred, after.occurred);
  const known = new Map(fields.map((field) => [field.id, field]));
  const ids = [...known.keys(), ...Object.keys(before.fields), ...Object.keys(after.fields)];
  for (const id of new Set(ids)) look(id, known.get(id), before.fields[id], after.fields[id]);
  look("late", undefined, before.late?.reason, after.late?.reason);
  look("withdrawn", undefined, before.withdrawn ?? false, after.withdrawn ?? false);
  return found;
}

export interface Step {
  version: RecordVersion;
  /** From 1, the oldest. */
  number: number;
  /** What it changed; empty for the first version. */
  changes: Change[];
}

/** Versions newest first, each with what it changed. */
export function stepsOf(versions: readonly RecordVersion[], fields: readonly Field[]): Step[] {
  return versions.map((version, at) => {
    const before = versions[at + 1];
    return {
      version,
      number: versions.length - at,
      changes: before ? changes(before.body, version.body, fields) : [],
    };
  });
}
