/** The outlets on a Monday morning: what does not move stands first. */
import { Button, Input, Spin, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { OutletRow } from "../../generated/core";
import { address, go, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { shownTime, wallClock, writeList } from "../../record";
import { useNow } from "../../session/Session";
import { ledgerBase, useStandard, useText } from "../../standard";
import { readSpan, type Counted } from "./span";
import { SpanPicker } from "./SpanPicker";

/** Whether something about the outlet does not move. */
function hasGap({ silent, missing, overdue, hazards_overdue, letters_signed, letters_wanted }: OutletRow): boolean {
  return silent || missing || overdue > 0 || hazards_overdue > 0 || letters_signed < letters_wanted;
}

/** A figure that opens what it counts; nothing opens where there is nothing. */
export function Figure({ value, href, bad = false }: { value: number; href: string; bad?: boolean }) {
  if (value === 0) return <span className="quiet">0</span>;
  return (
    <a href={href} className={bad ? "state bad" : ""} onClick={(event) => event.stopPropagation()}>
      {value}
    </a>
  );
}

export function OverviewTab() {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { query } = useRoute();
  const today = wallClock(useNow()).slice(0, 10);
  const span = readSpan(query, today);
  const { data, error, loading } = useLoad(JSON.stringify(span), () => call("overview", span));
  const [search, setSearch] = useState("");
  const onlyGaps = query.get("gaps") === "1";
  const hazards = standard.ledgers.find(({ role }) => role === "hazard");

  const show = (change: Record<string, string>) =>
    go(["outlets"], {
      ...Object.fromEntries(query),
      ...change,
    });
  const wanted = search.trim().toLowerCase();
  const rows = (data?.outlets ?? []).filter(
    (row) =>
      (!onlyGaps || hasGap(row)) &&
      (wanted === "" || `${row.institution.name.zh} ${row.institution.name.en} ${row.institution.code}`.toLowerCase().includes(wanted)),
  );
  const duties = (code: string, what: Counted) => address(["outlets", code, "duties"], { ...span, what });
  const hazardList = (code: string, due?: string) =>
    hazards
      ? address(
          ledgerBase(standard, hazards.id),
          writeList({ institution: code, open: true, sort: "due", ...(due === undefined ? {} : { dueBefore: due }) }),
        )
      : "";

  const columns: TableColumnsType<OutletRow> = [
    {
      title: t("outlets.name"),
      fixed: "left",
      width: 190,
      ellipsis: true,
      render: (_, { institution }) => (
        <a href={address(["outlets", institution.code])} title={`${say(institution.name)} ${institution.code}`}>
          {say(institution.name)}
        </a>
      ),
    },
    {
      title: t("outlets.news"),
      width: 200,
      render: (_, row) => (
        <>
          {row.last_bundle === null ? t("below.never") : shownTime(row.last_bundle)}{" "}
          {row.silent && <span className="state bad">{t("outlets.silent")}</span>}
        </>
      ),
    },
    {
      title: t("outlets.held"),
      width: 112,
      align: "right",
      render: (_, row) => (
        <>
          {row.missing && <span className="state bad">{t("outlets.gap")}</span>} {row.held}
        </>
      ),
    },
    {
      title: t("outlets.overdue"),
      width: 76,
      align: "right",
      render: (_, row) => <Figure value={row.overdue} href={duties(row.institution.code, "overdue")} bad />,
    },
    { title: t("outlets.due"), width: 70, align: "right", render: (_, row) => <Figure value={row.due} href={duties(row.institution.code, "due")} /> },
    { title: t("outlets.done"), width: 76, align: "right", render: (_, row) => <Figure value={row.done} href={duties(row.institution.code, "done")} /> },
    { title: t("outlets.late"), width: 70, align: "right", render: (_, row) => <Figure value={row.late} href={duties(row.institution.code, "late")} /> },
    {
      title: t("outlets.missing"),
      width: 76,
      align: "right",
      render: (_, row) => <Figure value={row.missing_duties} href={duties(row.institution.code, "missing")} />,
    },
    {
      title: t("outlets.hazards"),
      width: 120,
      align: "right",
      render: (_, row) => (
        <>
          <Figure value={row.hazards_open} href={hazardList(row.institution.code)} />
          {row.hazards_overdue > 0 && (
            <>
              {" / "}
              <a className="state bad" href={hazardList(row.institution.code, today)}>
                {t("outlets.overdueHazards", { count: row.hazards_overdue })}
              </a>
            </>
          )}
        </>
      ),
    },
    {
      title: t("outlets.letters"),
      width: 100,
      align: "right",
      render: (_, row) => (
        <a
          className={row.letters_signed < row.letters_wanted ? "state open" : "state settled"}
          href={address(["responsibility", "letters"], { institution: row.institution.code })}
        >
          {row.letters_signed}/{row.letters_wanted}
        </a>
      ),
    },
  ];
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">
          {t("rooms.outlets.name")} {data && <span className="head-note quiet">{t("outlets.count", { count: data.outlets.length })}</span>}
        </h1>
        <span className="quiet">{t("outlets.span")}</span>
        <SpanPicker span={span} today={today} onChange={(next) => show({ ...next })} />
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && (
        <div className="sheet">
          <div className="filters">
            <Input.Search className="search" allowClear placeholder={t("outlets.search")} value={search} onChange={(event) => setSearch(event.target.value)} />
            <Button
              shape="round"
              type={onlyGaps ? "primary" : "default"}
              aria-pressed={onlyGaps}
              onClick={() => show({ gaps: onlyGaps ? "0" : "1" })}
            >
              {t("outlets.onlyGaps", { count: data.outlets.filter(hasGap).length })}
            </Button>
          </div>
          <Table<OutletRow>
            size="small"
            rowKey={(row) => row.institution.code}
            columns={columns}
            dataSource={rows}
            loading={{ spinning: loading, delay: 250 }}
            tableLayout="fixed"
            scroll={{ x: 1090 }}
            sticky={{ offsetHeader: -14 }}
            pagination={rows.length > 100 ? { pageSize: 100, showTotal: (total) => t("list.total", { count: total }) } : false}
            locale={{
              emptyText: (
                <div className="empty">
                  <p>{data.outlets.length === 0 ? t("outlets.empty") : t("list.nothingMatches")}</p>
                  {data.outlets.length === 0 && (
                    <Button type="primary" href={address(["exchange", "below"])}>
                      {t("below.approve")}
                    </Button>
                  )}
                </div>
              ),
            }}
          />
        </div>
      )}
    </section>
  );
}
