/** Inspections and hazards: the two books side by side; open hazards by deadline first. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { Standard } from "../../generated/core";
import { go, useRoute } from "../../layout/route";
import { TabBar } from "../../parts/TabBar";
import { LedgerPages, writeList } from "../../record";
import { useStandard, useText } from "../../standard";

const ROOM = "inspections";
const openByDeadline = writeList({ open: true, sort: "due" });

/** The hazard book and the books in which checklists are gone through, but for those of every day. */
function books(standard: Standard) {
  const hazard = standard.ledgers.filter(({ role }) => role === "hazard");
  const inspections = standard.ledgers.filter(
    ({ group, fields }) => group !== "daily" && fields.some(({ kind }) => kind === "checklist"),
  );
  return [...hazard, ...inspections];
}

export function InspectionsRoom() {
  const { t } = useTranslation();
  const say = useText();
  const { path } = useRoute();
  const standard = useStandard();
  const shown = books(standard);
  const first = shown[0];
  const current = path[1];
  useEffect(() => {
    if (current === undefined && first) go([ROOM, first.id], openByDeadline);
  }, [current, first]);
  return (
    <>
      <TabBar
        tabs={shown.map(({ id, title, role }) => ({
          id,
          label: say(title),
          path: [ROOM, id],
          ...(role === "hazard" ? { query: openByDeadline } : {}),
        }))}
        current={current ?? ""}
        label={t("rooms.inspections.name")}
      />
      {current !== undefined && <LedgerPages key={current} room={ROOM} ledger={current} />}
    </>
  );
}
