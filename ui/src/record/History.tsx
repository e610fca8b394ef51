/** All versions of a record: who, when, what differs, and between which two instants it was written. */
import { useTranslation } from "react-i18next";

import type { Field, Ledger, RecordDetail, RecordVersion } from "../generated/core";
import { useText } from "../standard";
import { FieldValue } from "./FieldValue";
import { stepsOf, type Change } from "./history";
import { shownTime } from "./time";

export interface HistoryProps {
  ledger: Ledger;
  record: RecordDetail;
  fields: readonly Field[];
}

/** The bounds that countersignatures prove, in words. */
export function Bounds({ version }: { version: RecordVersion }) {
  const { t } = useTranslation();
  const { not_before, not_after } = version;
  const key = not_before && not_after ? "both" : not_after ? "after" : not_before ? "before" : "none";
  return (
    <div className="bounds quiet">
      {t(`history.bounds.${key}`, { before: shownTime(not_before), after: shownTime(not_after) })}
    </div>
  );
}

export function History({ ledger, record, fields }: HistoryProps) {
  const { t } = useTranslation();
  const steps = stepsOf(record.versions, fields);
  return (
    <ol className="history" reversed>
      {steps.map(({ version, number, changes }) => (
        <li key={version.reference}>
          <div className="history-head">
            <strong>{t("history.version", { number })}</strong>
            <span>{shownTime(version.at)}</span>
            <span>{version.author}</span>
            {version.body.withdrawn && <span className="tag withdrawn">{t("state.withdrawn")}</span>}
            {version.body.late && number === 1 && <span className="tag late">{t("state.late")}</span>}
          </div>
          {version.body.change && (
            <div>
              {t(version.body.withdrawn ? "history.withdrawnBecause" : "history.because", { reason: version.body.change })}
            </div>
          )}
          {number === 1 && version.body.late && <div>{t("history.lateBecause", { reason: version.body.late.reason })}</div>}
          {number > 1 && <Changes changes={changes} ledger={ledger} record={record} version={version} />}
          <Bounds version={version} />
          <details className="quiet">
            <summary>{t("history.proof")}</summary>
            <div>{t("history.standard", { standard: version.standard })}</div>
            <div>
              {t("history.reference")} <code>{version.reference}</code>
            </div>
            <div>
              {t("history.leaf")} <code>{version.leaf}</code>
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}

interface ChangesProps {
  changes: readonly Change[];
  ledger: Ledger;
  record: RecordDetail;
  version: RecordVersion;
}

function Changes({ changes, ledger, record, version }: ChangesProps) {
  const { t } = useTranslation();
  const shown = changes.filter(({ place }) => place !== "withdrawn");
  if (shown.length === 0) return version.body.withdrawn ? null : <div className="quiet">{t("history.nothing")}</div>;
  return (
    <table className="rows changes">
      <thead>
        <tr>
          <th>{t("history.what")}</th>
          <th>{t("history.before")}</th>
          <th>{t("history.after")}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((change) => (
          <tr key={change.place}>
            <td>
              <Place change={change} ledger={ledger} />
            </td>
            <td className="was">
              <Side change={change} value={change.before} ledger={ledger} record={record} />
            </td>
            <td>
              <Side change={change} value={change.after} ledger={ledger} record={record} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Place({ change, ledger }: { change: Change; ledger: Ledger }) {
  const { t } = useTranslation();
  const say = useText();
  if (change.field) return <>{say(change.field.label)}</>;
  if (change.place === "occurred") return <>{ledger.occurred_label ? say(ledger.occurred_label) : t("list.occurred")}</>;
  if (change.place === "late") return <>{t("form.lateReason")}</>;
  return <>{change.place}</>;
}

function Side({ change, value, ledger, record }: { change: Change; value: unknown; ledger: Ledger; record: RecordDetail }) {
  const { t } = useTranslation();
  if (change.field) {
    const files = record.versions.flatMap(({ body }) => body.files ?? []);
    return <FieldValue ledger={ledger} field={change.field} value={value} names={record.names} files={files} />;
  }
  if (change.place === "occurred") return <>{shownTime(typeof value === "string" ? value : "")}</>;
  if (value === undefined || value === null) return <span className="quiet">{t("record.blank")}</span>;
  return <>{typeof value === "string" ? value : JSON.stringify(value)}</>;
}
