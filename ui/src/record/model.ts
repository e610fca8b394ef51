/**
 * What is in a form, and how it becomes the body of a record. The form keeps more than the body: answers that a
 * condition hides for the moment stay typed, so that a wrong choice put right loses nothing.
 */
import type {
  Attachment,
  Condition,
  Deadlines,
  Field,
  FieldFaultView,
  Ledger,
  RecordBody,
  Standard,
  Text,
} from "../generated/core";
import { fieldsOf } from "../standard/lists";
import { daysBetween } from "./time";

export type Values = Readonly<Record<string, unknown>>;

/** Everything a form holds; this is also what a draft keeps. */
export interface Content {
  /** Time of the act; empty until the person says it: it is never filled in for them. */
  occurred: string;
  fields: Values;
  /** Reason of a late entry. */
  late: string;
  /** Reason of a correction. */
  change: string;
  /** Attachments brought in so far, whether or not a field still names them. */
  files: readonly Attachment[];
  /** Versions a correction was made from. */
  base: readonly string[];
  /** Names of the people and things chosen, so that a draft can be shown as it was. */
  names: Readonly<Record<string, string>>;
}

export const emptyContent: Content = { occurred: "", fields: {}, late: "", change: "", files: [], base: [], names: {} };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Reads a draft's content; whatever an older program left out is empty. */
export function readContent(raw: unknown): Content {
  if (!isRecord(raw)) return emptyContent;
  return {
    occurred: text(raw["occurred"]),
    fields: isRecord(raw["fields"]) ? raw["fields"] : {},
    late: text(raw["late"]),
    change: text(raw["change"]),
    files: Array.isArray(raw["files"]) ? (raw["files"] as Attachment[]) : [],
    base: Array.isArray(raw["base"]) ? (raw["base"] as string[]) : [],
    names: isRecord(raw["names"]) ? (raw["names"] as Record<string, string>) : {},
  };
}

/** A form for a new record: the definition's defaults, then what the place it was opened from knows. */
export function newContent(standard: Standard, ledger: Ledger, prefill: Values = {}): Content {
  const fields: Record<string, unknown> = {};
  for (const field of fieldsOf(standard, ledger, prefill))
    if (field.default !== undefined && field.default !== null) fields[field.id] = field.default;
  return { ...emptyContent, fields: { ...fields, ...prefill } };
}

/** A form that corrects a record. */
export function contentOf(body: RecordBody, base: readonly string[]): Content {
  return {
    occurred: body.occurred,
    fields: body.fields,
    late: body.late?.reason ?? "",
    change: "",
    files: body.files ?? [],
    base,
    names: {},
  };
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

/** Whether a field is asked for, given the other answers. */
export function holds(condition: Condition | null | undefined, values: Values): boolean {
  if (!condition) return true;
  const value = values[condition.field];
  const given: unknown[] = Array.isArray(value) ? value : [value];
  return given.some((one) => condition.is.includes(typeof one === "string" ? one : JSON.stringify(one)));
}

/** The fields asked for now. A field whose condition hangs on a hidden field is hidden with it. */
export function visibleFields(fields: readonly Field[], values: Values): Field[] {
  const shown = new Set(fields.filter(({ when }) => !when).map(({ id }) => id));
  // Conditions may hang on one another; each round settles at least one more field.
  for (let settled = -1; settled !== shown.size; ) {
    settled = shown.size;
    for (const { id, when } of fields)
      if (when && holds(when, values) && (shown.has(when.field) || !fields.some((other) => other.id === when.field)))
        shown.add(id);
  }
  return fields.filter(({ id }) => shown.has(id));
}

function tidyRow(fields: readonly Field[], row: unknown): Record<string, unknown> {
  const values = isRecord(row) ? row : {};
  const kept: Record<string, unknown> = {};
  for (const field of visibleFields(fields, values)) {
    const value = tidy(field, values[field.id]);
    if (!isEmpty(value)) kept[field.id] = value;
  }
  return kept;
}

/** A value as it is written down: nothing empty in it. */
function tidy(field: Field, value: unknown): unknown {
  if (typeof value === "string") return field.kind === "multiline" ? value.trimEnd() : value.trim();
  if (field.kind === "repeat" && Array.isArray(value))
    return value.map((row) => tidyRow(field.fields ?? [], row)).filter((row) => !isEmpty(row));
  if (field.kind === "checklist" && isRecord(value))
    return Object.fromEntries(Object.entries(value).filter(([, one]) => isRecord(one) && !isEmpty(one["verdict"])));
  return value;
}

/** Hashes named by the file fields among these values. */
function named(fields: readonly Field[], values: Values): Set<string> {
  const hashes = new Set<string>();
  for (const field of fields) {
    const value = values[field.id];
    if (!Array.isArray(value)) continue;
    if (field.kind === "image" || field.kind === "file") for (const one of value) hashes.add(String(one));
    else if (field.kind === "repeat")
      for (const row of value) if (isRecord(row)) for (const one of named(field.fields ?? [], row)) hashes.add(one);
  }
  return hashes;
}

export interface BodyOptions {
  late: boolean;
  correction: boolean;
}

/**
 * The body to save. Hidden and empty answers are left out; values of fields this standard does not know (an older or
 * newer one's) are kept as they are.
 */
export function bodyOf(standard: Standard, ledger: Ledger, content: Content, options: BodyOptions): RecordBody {
  const fields = fieldsOf(standard, ledger, content.fields);
  const asked = visibleFields(fields, content.fields);
  const ours = new Set(fields.map(({ id }) => id));
  for (const one of standard.facilities.flatMap((facility) => facility.fields))
    if (ledger.facility_group) ours.add(one.id);
  const kept: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(content.fields)) if (!ours.has(id) && !isEmpty(value)) kept[id] = value;
  for (const field of asked) {
    const value = tidy(field, content.fields[field.id]);
    if (!isEmpty(value)) kept[field.id] = value;
  }
  const wanted = named(asked, kept);
  const fileFields = new Set(fields.filter(({ kind }) => kind === "image" || kind === "file").map(({ id }) => id));
  const files = content.files.filter(
    ({ sha256, field }) => wanted.has(sha256) || (field !== undefined && field !== null && !fileFields.has(field.split("/")[0] ?? "")),
  );
  return {
    occurred: content.occurred,
    fields: kept,
    ...(options.late ? { late: { reason: content.late.trim() } } : {}),
    ...(options.correction ? { change: content.change.trim() } : {}),
    ...(files.length > 0 ? { files } : {}),
  };
}

/** Whether an entry made on `today` about an act of `occurred` is a late one (补录). */
export function isLate(deadlines: Deadlines, occurred: string, today: string): boolean {
  return daysBetween(occurred, today) > deadlines.late_after_days;
}

export interface Section {
  /** `required`, `more`, or the heading's Chinese wording; stable while the form is open. */
  key: string;
  title: Text | null;
  fields: Field[];
}

/** Required answers first; the rest under its headings in the order of the definition. */
export function sectionsOf(fields: readonly Field[]): Section[] {
  const required: Section = { key: "required", title: null, fields: [] };
  const rest = new Map<string, Section>();
  for (const field of fields) {
    if (field.required) {
      required.fields.push(field);
      continue;
    }
    const key = field.section ? field.section.zh || field.section.en : "more";
    const section = rest.get(key) ?? { key, title: field.section ?? null, fields: [] };
    section.fields.push(field);
    rest.set(key, section);
  }
  // What has no heading of its own stays next to what is required, before the headed parts.
  const more = rest.get("more");
  rest.delete("more");
  return [required, ...(more ? [more] : []), ...rest.values()].filter((section) => section.fields.length > 0);
}

/** Faults by place: `occurred`, `late`, `change`, `plan`, `steps/2/minutes`, `items/C31/verdict`. */
export type Faults = ReadonlyMap<string, FieldFaultView>;

/** One spelling for the places that faults name. */
export function placeOf(path: string): string {
  return path
    .replace(/\[(\d+)\]/g, "/$1")
    .replace(/\./g, "/")
    .replace(/^fields\//, "")
    .replace(/^(late|change)\/.*$/, "$1");
}

export function faultsByPlace(faults: readonly FieldFaultView[]): Faults {
  const places = new Map<string, FieldFaultView>();
  for (const fault of faults) {
    const place = placeOf(fault.path);
    if (!places.has(place)) places.set(place, fault);
  }
  return places;
}

/** Whether a fault lies at a place or within it. */
export function faultyWithin(faults: Faults, place: string): boolean {
  return [...faults.keys()].some((key) => key === place || key.startsWith(`${place}/`));
}

/** Faults that belong to no place the form shows; they are said above it. */
export function homeless(faults: Faults, fields: readonly Field[]): FieldFaultView[] {
  const homes = new Set(["occurred", "late", "change", ...fields.map(({ id }) => id)]);
  return [...faults].filter(([place]) => !homes.has(place.split("/")[0] ?? "")).map(([, fault]) => fault);
}
