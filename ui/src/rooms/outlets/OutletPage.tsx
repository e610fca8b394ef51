/** One institution below: its news, its duties, what is overdue, its books down to the single record. */
import { Button, Spin, Table } from "antd";
import { useTranslation } from "react-i18next";

import type { ComplianceView, LedgerBrief, OutletDetail } from "../../generated/core";
import { address, go, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { shownTime, wallClock, writeList } from "../../record";
import { useNow } from "../../session/Session";
import { ledgerBase, useStandard, useText } from "../../standard";
import { ObligationRow } from "../today/ObligationRow";
import { Figure } from "./OverviewTab";
import { readSpan, shade, share, type Counted, type Span } from "./span";
import { SpanPicker } from "./SpanPicker";

export function OutletPage({ code }: { code: string }) {
  const { t } = useTranslation();
  const say = useText();
  const { query } = useRoute();
  const today = wallClock(useNow()).slice(0, 10);
  const span = readSpan(query, today);
  const asked = { institution: code, ...span };
  const { data, error } = useLoad(JSON.stringify(asked), () => call("overview_outlet", asked));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <Button type="link" size="small" href={address(["outlets"])}>
          {t("rooms.outlets.name")}
        </Button>
        <h1 id="room-name">
          {data ? say(data.row.institution.name) : code} <span className="head-note quiet">{code}</span>
        </h1>
        <SpanPicker span={span} today={today} onChange={(next) => go(["outlets", code], { ...next })} />
        <Button href={address(["responsibility", "posts"], { institution: code })}>{t("responsibility.posts")}</Button>
        <Button href={address(["responsibility", "letters"], { institution: code })}>{t("responsibility.letters")}</Button>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && <Detail detail={data} code={code} span={span} today={today} />}
    </section>
  );
}

interface DetailProps {
  detail: OutletDetail;
  code: string;
  span: Span;
  today: string;
}

function Detail({ detail, code, span, today }: DetailProps) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { row, compliance, overdue, ledgers } = detail;
  const duties = (duty: string, what: Counted) => address(["outlets", code, "duties"], { ...span, what, duty });
  const figure = (title: string, key: "due" | "done" | "late" | "missing") => ({
    title,
    width: 76,
    align: "right" as const,
    render: (_: unknown, line: ComplianceView) => <Figure value={line[key]} href={duties(line.duty, key)} bad={key === "missing"} />,
  });
  return (
    <>
      <div className="sheet">
        <div className="coverage">
          <span>
            {t("outlets.lastBundle", { time: row.last_bundle === null ? t("below.never") : shownTime(row.last_bundle) })}
            {row.silent && (
              <>
                {" "}
                <span className="state bad">{t("outlets.silentFor", { days: standard.deadlines.silent_after_days })}</span>
              </>
            )}
          </span>
          <span>{t("outlets.heldUpTo", { count: row.held })}</span>
          {row.missing && <span className="state bad">{t("outlets.gapWhat")}</span>}
        </div>
      </div>
      <div className="sheet more">
        <h2>{t("outlets.overdueTitle", { count: overdue.length })}</h2>
        {overdue.length === 0 ? (
          <p className="quiet">{t("outlets.noneOverdue")}</p>
        ) : (
          <ul className="obs">
            {overdue.map((obligation) => (
              <ObligationRow key={obligation.key} obligation={obligation} today={today} />
            ))}
          </ul>
        )}
      </div>
      <div className="outlet-columns">
        <div className="sheet more">
          <h2>{t("outlets.dutiesTitle")}</h2>
          <Table<ComplianceView>
            size="small"
            rowKey="duty"
            dataSource={compliance}
            pagination={false}
            columns={[
              {
                title: t("outlets.duty"),
                ellipsis: true,
                render: (_, { duty, title }) => (
                  <>
                    <span className="quiet">{duty}</span> {say(title)}
                  </>
                ),
              },
              figure(t("outlets.due"), "due"),
              figure(t("outlets.done"), "done"),
              figure(t("outlets.late"), "late"),
              figure(t("outlets.missing"), "missing"),
              {
                title: t("outlets.share"),
                width: 80,
                align: "right",
                render: (_, line) => {
                  const percent = share(line);
                  return percent === null ? <span className="quiet">–</span> : <span className={`share ${shade(percent)}`}>{percent}%</span>;
                },
              },
            ]}
          />
        </div>
        <div className="sheet more">
          <h2>{t("outlets.books")}</h2>
          <Table<LedgerBrief>
            size="small"
            rowKey="id"
            dataSource={ledgers}
            pagination={false}
            columns={[
              {
                title: t("outlets.book"),
                ellipsis: true,
                render: (_, { id, title }) => (
                  <a href={address(ledgerBase(standard, id), writeList({ institution: code }))}>{say(title)}</a>
                ),
              },
              {
                title: t("outlets.records"),
                width: 86,
                align: "right",
                render: (_, { id, count }) => (
                  <Figure value={count} href={address(ledgerBase(standard, id), writeList({ institution: code }))} />
                ),
              },
              {
                title: t("outlets.openRecords"),
                width: 76,
                align: "right",
                render: (_, { id, open }) => (
                  <Figure value={open} href={address(ledgerBase(standard, id), writeList({ institution: code, open: true }))} />
                ),
              },
            ]}
          />
        </div>
      </div>
    </>
  );
}
