/** What the superior holds, and how entries get there: by folder or stick, signed and sealed, with a receipt back. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { go, useRoute } from "../../layout/route";
import { TabBar } from "../../parts/TabBar";
import { useSession } from "../../session/Session";
import { ApproveTab } from "./ApproveTab";
import { EnrolTab } from "./EnrolTab";
import { HistoryTab } from "./HistoryTab";
import { StandingTab } from "./StandingTab";

const ROOM = "exchange";

export function ExchangeRoom() {
  const { t } = useTranslation();
  const { path } = useRoute();
  const { superior, institution } = useSession();
  const place = path[1] ?? "standing";
  const outlet = place === "outlets" ? path[2] : undefined;
  useEffect(() => {
    // Outlets have a room of their own.
    if (place === "outlets") go(outlet === undefined ? ["outlets"] : ["outlets", outlet]);
  }, [place, outlet]);
  const tabs = [
    { id: "standing", label: t("exchangeRoom.standing"), path: [ROOM] },
    ...(superior ? [{ id: "below", label: t("exchangeRoom.below"), path: [ROOM, "below"] }] : []),
    ...(institution.level === "head_office" ? [] : [{ id: "enrol", label: t("exchangeRoom.enrol"), path: [ROOM, "enrol"] }]),
    { id: "history", label: t("exchangeRoom.history"), path: [ROOM, "history"] },
  ];
  return (
    <>
      <TabBar tabs={tabs} current={place} label={t("rooms.exchange.name")} />
      {place === "enrol" ? (
        <EnrolTab />
      ) : place === "below" && superior ? (
        <ApproveTab />
      ) : place === "history" ? (
        <HistoryTab />
      ) : (
        <StandingTab />
      )}
    </>
  );
}
