/** The shelf: every book by group, with what it holds; and each book's own pages. */
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";

import type { Group, Ledger, LedgerBrief } from "../../generated/core";
import { address, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { LedgerPages, writeList } from "../../record";
import { useSession } from "../../session/Session";
import { keeps, ledgerBase, ledgersOf, useStandard, useText } from "../../standard";
import { AllRecords } from "./AllRecords";

const shelves: readonly Group[] = ["daily", "periodic", "events", "people", "system"];

export function LedgersRoom({ room }: { room: string }) {
  const { path } = useRoute();
  const ledger = path[1];
  if (ledger === "all") return <AllRecords />;
  return ledger === undefined ? <Shelf /> : <LedgerPages key={ledger} room={room} ledger={ledger} />;
}

function Shelf() {
  const { t } = useTranslation();
  const standard = useStandard();
  const { institution } = useSession();
  const { data, error } = useLoad("ledgers", () => call("ledgers_list"));
  if (error !== undefined && !data) return <ErrorNotice error={error} />;
  if (!data) return <Spin className="waiting" />;
  const briefs = new Map(data.map((brief) => [brief.id, brief]));
  const books = ledgersOf(standard, institution);
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("rooms.ledgers.name")}</h1>
        <span className="quiet">{t("ledgers.find")}</span>
        <Button href={address(["ledgers", "all"])}>{t("ledgers.all")}</Button>
      </div>
      {shelves.map((group) => {
        const here = books.filter((ledger) => ledger.group === group);
        if (here.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`shelf-${group}`} className="shelf">
            <h2 id={`shelf-${group}`}>{t(`ledgers.groups.${group}`)}</h2>
            <div className="sheet shelf-books">
              {here.map((ledger) => (
                <Book key={ledger.id} ledger={ledger} brief={briefs.get(ledger.id)} />
              ))}
            </div>
          </section>
        );
      })}
    </section>
  );
}

/** One book in a line; every figure opens exactly what it counts. */
export function Book({ ledger, brief }: { ledger: Ledger; brief: LedgerBrief | undefined }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { institution } = useSession();
  const base = ledgerBase(standard, ledger.id);
  const { count = 0, open = 0, drafts = 0 } = brief ?? {};
  return (
    <div className="book">
      <span className="quiet book-id">{/^L\d+$/.test(ledger.id) ? ledger.id : ""}</span>
      <a className="book-title" href={address(base)} title={say(ledger.purpose)}>
        {say(ledger.title)}
      </a>
      <span className="book-purpose quiet" title={say(ledger.purpose)}>
        {say(ledger.purpose)}
      </span>
      <a className="book-figure" href={address(base)}>
        {t("ledgers.count", { count })}
      </a>
      <span className="book-figure">
        {ledger.state_field && open > 0 && (
          <a className="state open" href={address(base, writeList({ open: true }))}>
            {t("ledgers.open", { count: open })}
          </a>
        )}
      </span>
      <span className="book-figure">
        {drafts > 0 && <a href={address(["today", "drafts"], { ledger: ledger.id })}>{t("ledgers.drafts", { count: drafts })}</a>}
      </span>
      {keeps(ledger, institution.level) && !(ledger.single && count > 0) ? (
        <Button size="small" href={address([...base, "new"])} aria-label={t("list.first", { ledger: say(ledger.title) })}>
          {t("list.new")}
        </Button>
      ) : (
        <span />
      )}
    </div>
  );
}
