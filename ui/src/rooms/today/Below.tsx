/** At a superior: what is wrong below, the outlets with gaps first; every line opens the outlet. */
import { Spin } from "antd";
import { useTranslation } from "react-i18next";

import type { OutletRow } from "../../generated/core";
import { address } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { shownTime, writeList } from "../../record";
import { ledgerBase, useStandard, useText } from "../../standard";

const MOST = 12;

/** Whether anything of an outlet wants the superior's attention today. */
export function wantsAttention({ overdue, hazards_overdue, silent, missing }: OutletRow): boolean {
  return overdue > 0 || hazards_overdue > 0 || silent || missing;
}

export function Below() {
  const { t } = useTranslation();
  const { data, error } = useLoad("below", () => call("overview", {}));
  const rows = (data?.outlets ?? []).filter(wantsAttention);
  return (
    <section className="sheet" aria-labelledby="below">
      <h2 id="below">
        <a href={address(["outlets"])}>{t("todayBelow.title", { count: rows.length, all: data?.outlets.length ?? 0 })}</a>
      </h2>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && rows.length === 0 && <p className="quiet">{t("todayBelow.none")}</p>}
      {rows.length > 0 && (
        <table className="rows">
          <thead>
            <tr>
              <th>{t("list.institution")}</th>
              <th className="figure">{t("todayBelow.overdue")}</th>
              <th className="figure">{t("todayBelow.hazards")}</th>
              <th>{t("todayBelow.lastBundle")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST).map((row) => (
              <OutletLine key={row.institution.code} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length > MOST && <a href={address(["outlets"])}>{t("todayBelow.more", { count: rows.length - MOST })}</a>}
    </section>
  );
}

function OutletLine({ row }: { row: OutletRow }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const hazards = standard.ledgers.find(({ role }) => role === "hazard")?.id;
  const { institution, overdue, hazards_open, hazards_overdue, last_bundle, silent, missing } = row;
  const { code, name } = institution;
  return (
    <tr>
      <td>
        <a href={address(["outlets", code])}>{say(name)}</a>
      </td>
      <td className="figure">
        {overdue > 0 ? (
          <a className="state bad" href={address(["outlets", code, "duties"], { what: "overdue" })}>
            {overdue}
          </a>
        ) : (
          0
        )}
      </td>
      <td className="figure">
        {hazards === undefined ? (
          hazards_open
        ) : (
          <a
            className={hazards_overdue > 0 ? "state bad" : undefined}
            href={address(ledgerBase(standard, hazards), writeList({ open: true, institution: code, sort: "due" }))}
          >
            {t("todayBelow.hazardsOf", { open: hazards_open, overdue: hazards_overdue })}
          </a>
        )}
      </td>
      <td>
        {last_bundle === null ? t("todayBelow.never") : shownTime(last_bundle)}{" "}
        {silent && <span className="state bad">{t("todayBelow.silent")}</span>}
        {missing && <span className="state bad">{t("todayBelow.missing")}</span>}
      </td>
    </tr>
  );
}
