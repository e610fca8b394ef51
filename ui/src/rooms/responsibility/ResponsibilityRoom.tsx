/** Who answers for what: posts and people, the institution, the year's letters, and the whole as one net. */
import { useTranslation } from "react-i18next";

import { useRoute } from "../../layout/route";
import { TabBar } from "../../parts/TabBar";
import { LedgerPages } from "../../record";
import { useStandard, useText } from "../../standard";
import { InstitutionsTab } from "./InstitutionsTab";
import { LettersTab } from "./LettersTab";
import { NetworkTab } from "./NetworkTab";
import { PostsTab } from "./PostsTab";
import { systemLedger } from "./systemLedger";

const ROOM = "responsibility";

export function ResponsibilityRoom() {
  const { t } = useTranslation();
  const say = useText();
  const { path } = useRoute();
  const standard = useStandard();
  const person = systemLedger(standard, "person");
  const place = path[1] ?? "posts";
  const ledger = standard.ledgers.find(({ id }) => id === place);
  const tabs = [
    { id: "posts", label: t("responsibility.posts"), path: [ROOM, "posts"] },
    ...(person ? [{ id: person.id, label: say(person.title), path: [ROOM, person.id] }] : []),
    { id: "letters", label: t("responsibility.letters"), path: [ROOM, "letters"] },
    { id: "network", label: t("responsibility.network"), path: [ROOM, "network"] },
    { id: "institutions", label: t("responsibility.institutions"), path: [ROOM, "institutions"] },
  ];
  const current =
    ledger === undefined ? place : ({ appointment: "posts", institution: "institutions", letter: "letters" } as Record<string, string>)[ledger.role ?? ""] ?? ledger.id;
  return (
    <>
      <TabBar tabs={tabs} current={current} label={t("rooms.responsibility.name")} />
      {ledger ? (
        <LedgerPages key={ledger.id} room={ROOM} ledger={ledger.id} />
      ) : place === "letters" ? (
        <LettersTab />
      ) : place === "network" ? (
        <NetworkTab />
      ) : place === "institutions" ? (
        <InstitutionsTab />
      ) : (
        <PostsTab />
      )}
    </>
  );
}
