/** Heat table of outlets and duties: the figure says it, the shade lets the eye find it. */
import { Spin } from "antd";
import { useTranslation } from "react-i18next";

import type { ComplianceView, OutletDuty } from "../../generated/core";
import { address, go, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { wallClock } from "../../record";
import { useNow } from "../../session/Session";
import { useText } from "../../standard";
import { readSpan, shade, share, type Span } from "./span";
import { SpanPicker } from "./SpanPicker";

export function DutiesTab() {
  const { t } = useTranslation();
  const say = useText();
  const { query } = useRoute();
  const today = wallClock(useNow()).slice(0, 10);
  const span = readSpan(query, today);
  const { data, error } = useLoad(JSON.stringify(span), () => call("overview", span));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("outlets.byDuty")}</h1>
        <span className="quiet">{t("outlets.span")}</span>
        <SpanPicker span={span} today={today} onChange={(next) => go(["outlets", "duties"], { ...next })} />
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && (
        <div className="sheet">
          <p className="quiet">{t("outlets.heatWhat")}</p>
          <div className="heat-wrap">
            <table className="heat">
              <thead>
                <tr>
                  <th scope="col">{t("outlets.name")}</th>
                  {data.compliance.map((duty) => (
                    <th key={duty.duty} scope="col" title={say(duty.title)}>
                      {duty.duty}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.outlets.map(({ institution, duties }) => {
                  const own = new Map(duties.map((duty) => [duty.duty, duty]));
                  return (
                    <tr key={institution.code}>
                      <th scope="row" title={say(institution.name)}>
                        <a href={address(["outlets", institution.code], { ...span })}>{say(institution.name)}</a>
                      </th>
                      {data.compliance.map((duty) => (
                        <Cell key={duty.duty} code={institution.code} duty={duty} own={own.get(duty.duty)} span={span} />
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
          <div className="heat-key" aria-hidden="true">
            <span className="all">{t("outlets.heat.all")}</span>
            <span className="most">{t("outlets.heat.most")}</span>
            <span className="few">{t("outlets.heat.few")}</span>
          </div>
          <h2>{t("outlets.dutyTitles")}</h2>
          <table className="lines">
            <tbody>
              {data.compliance.map((duty) => (
                <tr key={duty.duty}>
                  <td className="quiet">{duty.duty}</td>
                  <td>{say(duty.title)}</td>
                  <td>{t("obligation.sums", { due: duty.due, done: duty.done, late: duty.late, missing: duty.missing })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface CellProps {
  code: string;
  duty: ComplianceView;
  own: OutletDuty | undefined;
  span: Span;
}

function Cell({ code, duty, own, span }: CellProps) {
  const { t } = useTranslation();
  const percent = own ? share(own) : null;
  if (!own || percent === null) return <td className="quiet">–</td>;
  const { due, done, late, missing } = own;
  return (
    <td className={shade(percent)}>
      <a
        href={address(["outlets", code, "duties"], { ...span, what: "due", duty: duty.duty })}
        title={t("obligation.sums", { due, done, late, missing })}
      >
        {percent}%
      </a>
    </td>
  );
}
