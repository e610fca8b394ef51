/** The default standard as the core would put it together, read from its real files. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Standard } from "../generated/core";

export function defaultStandard(folder = join(import.meta.dirname, "../../../assets/standard")): Standard {
  const read = (name: string): unknown => {
    const path = join(folder, name);
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
  };
  const under = (name: string): unknown[] =>
    existsSync(join(folder, name))
      ? readdirSync(join(folder, name))
          .sort()
          .map((file) => read(join(name, file)))
      : [];
  const { common, facility } = read("fields.json") as { common: unknown; facility: unknown };
  return {
    ...(read("standard.json") as object),
    posts: read("posts.json"),
    duties: read("duties.json"),
    facility_fields: facility,
    facilities: under("facilities").flat(),
    common_fields: common,
    ledgers: under("ledgers"),
    choices: read("choices.json"),
    drills: read("drills.json"),
    training: read("training.json"),
    checklist: read("checklist.json"),
    letters: read("letters.json"),
    deadlines: { late_after_days: 1, silent_after_days: 7, expiry_lead_days: 30, hazard_days: {}, ...(read("deadlines.json") as object) },
    retention: read("retention.json"),
    calendar: read("calendar.json"),
  } as Standard;
}
