/** The page of the day: what is overdue, due, coming and done; hazards, drafts, and what the superior holds. */
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";

import type { ObligationView, RecordRow, TodayPage } from "../../generated/core";
import { address, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { daysBetween, writeList } from "../../record";
import { useSession } from "../../session/Session";
import { ledgerBase, useStandard, useText } from "../../standard";
import { Below } from "./Below";
import { DraftList } from "./DraftList";
import { DraftsPage } from "./DraftsPage";
import { HeldNotice } from "./HeldNotice";
import { ObligationRow } from "./ObligationRow";
import { ObligationsPage } from "./ObligationsPage";

export function TodayRoom() {
  const { path } = useRoute();
  if (path[1] === "obligations") return <ObligationsPage />;
  return path[1] === "drafts" ? <DraftsPage /> : <Day />;
}

function Day() {
  const { t } = useTranslation();
  const say = useText();
  const { superior } = useSession();
  const { data: page, error, reload } = useLoad("today", () => call("today_page"));
  if (error !== undefined && !page) return <ErrorNotice error={error} />;
  if (!page) return <Spin className="waiting" />;
  const groups = [
    { key: "overdue", rows: page.overdue },
    { key: "today", rows: page.today },
    { key: "week", rows: page.week },
    { key: "coming", rows: page.coming },
    { key: "done", rows: page.done },
  ];
  const nothing = groups.every(({ rows }) => rows.length === 0);
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">
          {t("rooms.today.name")}{" "}
          <span className="today-date">
            {page.date} {t(`weekday.${new Date(`${page.date}T00:00:00Z`).getUTCDay()}`)}
          </span>
          {page.holiday ? <span className="tag">{say(page.holiday)}</span> : null}
          {!page.business_day && !page.holiday && <span className="tag">{t("today.noBusiness")}</span>}
        </h1>
        <span className="quiet">
          {page.officers.length > 0 && t("today.officers", { names: page.officers.join(t("record.and")) })}
          {page.officers.length === 0 && !superior && t("today.noOfficer")}
        </span>
        <Button href={address(["today", "obligations"])}>{t("today.month")}</Button>
      </div>
      <div className="today">
        <div className="today-main">
          {nothing && (
            <div className="sheet empty">
              <p>{t("rooms.today.empty")}</p>
              <Button type="primary" href={address(["ledgers"])}>
                {t("today.toLedgers")}
              </Button>
            </div>
          )}
          {groups.map(({ key, rows }) => (
            <Group key={key} group={key} rows={rows} today={page.date} />
          ))}
          {superior && <Below />}
        </div>
        <div className="today-side">
          <HeldNotice held={page.exchange} />
          <Hazards page={page} />
          {page.drafts.length > 0 && (
            <section className="sheet side" aria-labelledby="drafts">
              <h2 id="drafts">
                <a href={address(["today", "drafts"])}>{t("today.drafts", { count: page.drafts.length })}</a>
              </h2>
              <DraftList drafts={page.drafts} onChanged={reload} />
            </section>
          )}
          {page.letters_missing > 0 && (
            <section className="sheet side">
              <a href={address(["responsibility", "letters"])}>{t("today.letters", { count: page.letters_missing })}</a>
            </section>
          )}
          <Silent page={page} />
        </div>
      </div>
    </section>
  );
}

function Group({ group, rows, today }: { group: string; rows: readonly ObligationView[]; today: string }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  const list = (
    <ul className="obs">
      {rows.map((row) => (
        <ObligationRow key={row.key} obligation={row} today={today} />
      ))}
    </ul>
  );
  const title = t(`today.groups.${group}`, { count: rows.length });
  if (group === "done")
    return (
      <details className="sheet ob-group group-done">
        <summary>{title}</summary>
        {list}
      </details>
    );
  return (
    <section className={`sheet ob-group group-${group}`} aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>{title}</h2>
      {list}
    </section>
  );
}

function Hazards({ page }: { page: TodayPage }) {
  const { t } = useTranslation();
  const standard = useStandard();
  const ledger = standard.ledgers.find(({ role }) => role === "hazard");
  if (!ledger) return null;
  const base = ledgerBase(standard, ledger.id);
  return (
    <section className="sheet side" aria-labelledby="hazards">
      <h2 id="hazards">
        {t("today.hazards")}{" "}
        <a href={address(base, writeList({ open: true, sort: "due" }))}>{t("today.hazardsOpen", { count: page.hazards_open })}</a>
      </h2>
      {page.hazards.length === 0 ? (
        <p className="quiet">{t("today.noHazards")}</p>
      ) : (
        <ul className="hazards">
          {page.hazards.map((row) => (
            <li key={row.id}>
              <a href={address([...base, row.id])} title={row.title}>
                {row.title}
              </a>
              <HazardDue row={row} today={page.date} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function HazardDue({ row, today }: { row: RecordRow; today: string }) {
  const { t } = useTranslation();
  if (row.due === null) return null;
  const left = daysBetween(today, row.due);
  const sign = left < 0 ? "bad" : left <= 3 ? "open" : "settled";
  const key = left < 0 ? "late" : left === 0 ? "now" : "left";
  return <span className={`state ${sign}`}>{t(`today.deadline.${key}`, { day: row.due, days: Math.abs(left) })}</span>;
}

function Silent({ page }: { page: TodayPage }) {
  const { t } = useTranslation();
  const say = useText();
  const { superior } = useSession();
  const standard = useStandard();
  if (!superior) return null;
  return (
    <section className="sheet side" aria-labelledby="silent">
      <h2 id="silent">{t("today.silent", { count: page.silent.length })}</h2>
      {page.silent.length === 0 ? (
        <p className="quiet">{t("today.noneSilent", { days: standard.deadlines.silent_after_days })}</p>
      ) : (
        <ul className="silent">
          {page.silent.map(({ code, name }) => (
            <li key={code}>
              <a href={address(["outlets", code])}>{say(name)}</a> <span className="quiet">{code}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
