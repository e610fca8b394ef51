/** What the palette offers for a few letters. */
import type { InstitutionBrief, Standard, Text } from "../generated/core";
import { call } from "../platform/client";
import { queryOf, wholeList } from "../record";
import { ledgerBase, ledgersOf } from "../standard";

export interface Found {
  kind: "room" | "ledger" | "new" | "record" | "person" | "facility";
  id: string;
  label: string;
  detail: string;
  day?: string;
  path: readonly string[];
}

const MOST = 8;

const contains = (text: string, wanted: string) => text.toLowerCase().includes(wanted.toLowerCase());

/** Rooms and ledgers whose name, in either language, has these letters. */
export function placesFound(
  standard: Standard,
  institution: Pick<InstitutionBrief, "level">,
  rooms: readonly { id: string; name: string }[],
  wanted: string,
  say: (text: Text) => string,
): Found[] {
  const found: Found[] = rooms
    .filter(({ id, name }) => contains(name, wanted) || contains(id, wanted))
    .map(({ id, name }) => ({ kind: "room", id, label: name, detail: "", path: [id] }));
  if (wanted === "") return found;
  for (const ledger of ledgersOf(standard, institution)) {
    const { id, title } = ledger;
    if (![id, title.zh, title.en].some((text) => contains(text, wanted))) continue;
    const base = ledgerBase(standard, id);
    found.push({ kind: "ledger", id, label: say(title), detail: id, path: base });
    if (ledger.levels.includes(institution.level) && !ledger.single)
      found.push({ kind: "new", id, label: say(title), detail: "", path: [...base, "new"] });
  }
  return found;
}

/** Records, people and facilities. What one of them refuses, the others still find. */
export async function entriesFound(standard: Standard, wanted: string): Promise<Found[]> {
  const people = standard.ledgers.find(({ role }) => role === "person")?.id;
  const none = () => [];
  const [persons, facilities, records] = await Promise.all([
    call("lookup", { kind: "person", text: wanted }).catch(none),
    call("lookup", { kind: "facility", text: wanted }).catch(none),
    call("records_list", queryOf([], { ...wholeList, text: wanted, size: MOST * 2 })).then(
      (page) => page.rows,
      none,
    ),
  ]);
  const seen = new Set<string>();
  const found: Found[] = [];
  for (const { id, label, detail } of persons.slice(0, MOST)) {
    if (people === undefined) break;
    seen.add(id);
    found.push({ kind: "person", id, label, detail, path: [...ledgerBase(standard, people), id] });
  }
  const ledgerOfRow = new Map(records.map(({ id, ledger }) => [id, ledger]));
  for (const { id, label, detail } of facilities.slice(0, MOST)) {
    const ledger = ledgerOfRow.get(id) ?? standard.ledgers.find(({ facility_group }) => facility_group)?.id;
    if (ledger === undefined) continue;
    seen.add(id);
    found.push({ kind: "facility", id, label, detail, path: [...ledgerBase(standard, ledger), id] });
  }
  for (const { id, ledger, title, occurred } of records) {
    if (seen.has(id)) continue;
    const named = standard.ledgers.find((one) => one.id === ledger);
    found.push({
      kind: "record",
      id,
      label: title === "" ? (named?.title.zh ?? ledger) : title,
      detail: ledger,
      day: occurred,
      path: [...ledgerBase(standard, ledger), id],
    });
  }
  return found;
}
