/** A month of obligations by duty, in words: what was due, what became of it. */
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Select, Spin } from "antd";
import { useTranslation } from "react-i18next";

import type { ObligationStateView, ObligationView } from "../../generated/core";
import { address, go, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { addDays, wallClock } from "../../record";
import { useNow, useSession } from "../../session/Session";
import { useStandard, useText } from "../../standard";
import { ObligationRow } from "./ObligationRow";

const states: readonly ObligationStateView[] = [
  "overdue",
  "due_soon",
  "due",
  "upcoming",
  "done",
  "done_late",
  "missed",
  "not_applicable",
];

/** First and last day of a month `YYYY-MM`, and the months beside it. */
export function monthOf(month: string): { from: string; until: string; before: string; after: string } {
  const from = `${month}-01`;
  const after = addDays(`${month}-28`, 4).slice(0, 7);
  return { from, until: addDays(`${after}-01`, -1), before: addDays(from, -1).slice(0, 7), after };
}

/** By duty, in the order of the first that is due. */
function byDuty(rows: readonly ObligationView[]): Map<string, ObligationView[]> {
  const groups = new Map<string, ObligationView[]>();
  for (const row of rows) groups.set(row.duty, [...(groups.get(row.duty) ?? []), row]);
  return groups;
}

export function ObligationsPage() {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { institution } = useSession();
  const { query } = useRoute();
  const today = wallClock(useNow()).slice(0, 10);
  const month = /^\d{4}-\d{2}$/.exec(query.get("month") ?? "")?.[0] ?? today.slice(0, 7);
  const duty = query.get("duty");
  const wanted = states.filter((state) => (query.get("states") ?? "").split(",").includes(state));
  const { from, until, before, after } = monthOf(month);
  const asked = { from, until, states: wanted, ...(duty === null ? {} : { duty }) };
  const { data, error, loading } = useLoad(JSON.stringify(asked), () => call("obligations_list", asked));

  const show = (change: Record<string, string>) => {
    const now = { month, duty: duty ?? "", states: wanted.join(","), ...change };
    go(["today", "obligations"], Object.fromEntries(Object.entries(now).filter(([, value]) => value !== "")));
  };
  const groups = byDuty(data?.obligations ?? []);
  const compliance = new Map((data?.compliance ?? []).map((row) => [row.duty, row]));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <Button type="link" size="small" href={address(["today"])}>
          {t("rooms.today.name")}
        </Button>
        <h1 id="room-name">{t("obligation.title", { month })}</h1>
        <Button icon={<LeftOutlined />} aria-label={t("obligation.before")} onClick={() => show({ month: before })} />
        <Button onClick={() => show({ month: today.slice(0, 7) })}>{t("obligation.thisMonth")}</Button>
        <Button icon={<RightOutlined />} aria-label={t("obligation.after")} onClick={() => show({ month: after })} />
      </div>
      <div className="sheet">
        <div className="filters">
          <Select<string[]>
            mode="multiple"
            className="filter-wide"
            allowClear
            aria-label={t("obligation.states")}
            placeholder={t("obligation.states")}
            value={[...wanted]}
            onChange={(next) => show({ states: next.join(",") })}
            options={states.map((value) => ({ value, label: t(`obligation.names.${value}`) }))}
          />
          <Select<string>
            className="filter-wide"
            allowClear
            aria-label={t("obligation.duty")}
            placeholder={t("obligation.duty")}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: "label" }}
            {...(duty === null ? {} : { value: duty })}
            onChange={(next: string | undefined) => show({ duty: next ?? "" })}
            options={standard.duties
              .filter(({ levels }) => levels.includes(institution.level))
              .map(({ id, title }) => ({ value: id, label: `${id} ${say(title)}` }))}
          />
          <span className="quiet">{t("obligation.found", { count: data?.obligations.length ?? 0, duties: groups.size })}</span>
        </div>
        {error !== undefined && <ErrorNotice error={error} />}
        {loading && !data && <Spin className="waiting" />}
        {data && groups.size === 0 && <div className="empty">{t("obligation.none")}</div>}
        {[...groups].map(([id, rows]) => {
          const sums = compliance.get(id);
          return (
            <section key={id} className="duty" aria-labelledby={`duty-${id}`}>
              <h2 id={`duty-${id}`}>
                {id} {say(rows[0]?.title)}
                {sums && (
                  <span className="quiet duty-sums">
                    {t("obligation.sums", { due: sums.due, done: sums.done, late: sums.late, missing: sums.missing })}
                  </span>
                )}
              </h2>
              <ul className="obs">
                {rows.map((row) => (
                  <ObligationRow key={row.key} obligation={row} today={today} underDuty />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </section>
  );
}
