/** A value as people read it: in a line for lists, or in full on a record's page. */
import { EyeInvisibleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import type { Attachment, Field, Ledger } from "../generated/core";
import { choicesOf, useStandard, useText } from "../standard";
import { AttachmentList, filesNamed } from "./Attachments";
import { isMasked, tally, useFieldText, type Names } from "./fieldText";
import { isEmpty, type Values } from "./model";
import type { Verdicts } from "./ChecklistInput";

export interface FieldValueProps {
  ledger: Ledger;
  field: Field;
  value: unknown;
  names: Names;
}

/** Sign and word of a state: never a colour alone. */
export function StateWord({ ledger, field, value }: Omit<FieldValueProps, "names">) {
  const standard = useStandard();
  const say = useText();
  const choice = choicesOf(standard, ledger, field).find(({ id }) => id === value);
  if (!choice) return <>{String(value)}</>;
  const sign = choice.bad ? "bad" : choice.open ? "open" : "settled";
  return <span className={`state ${sign}`}>{say(choice.label)}</span>;
}

/** One line, for a cell. */
export function FieldLine({ ledger, field, value, names }: FieldValueProps) {
  const { t } = useTranslation();
  const describe = useFieldText();
  if (isEmpty(value)) return null;
  if (field.sensitive && isMasked(value))
    return (
      <span className="masked" title={t("record.masked")}>
        {String(value)}
      </span>
    );
  if (field.kind === "select_one" && hasStates(field, ledger)) return <StateWord ledger={ledger} field={field} value={value} />;
  if (field.kind === "checklist") {
    const { pass, fail, na } = tally(value);
    return (
      <span className={fail > 0 ? "state bad" : undefined}>{t("record.tally", { pass, fail, na })}</span>
    );
  }
  const text = describe(ledger, field, value, names);
  return <span title={text}>{text}</span>;
}

function hasStates(field: Field, ledger: Ledger): boolean {
  return field.id === ledger.state_field;
}

export interface FullValueProps extends FieldValueProps {
  files: readonly Attachment[];
}

/** In full, for a record's page. */
export function FieldValue({ ledger, field, value, names, files }: FullValueProps) {
  const { t } = useTranslation();
  const standard = useStandard();
  const say = useText();
  const describe = useFieldText();
  if (isEmpty(value)) return <span className="quiet">{t("record.blank")}</span>;
  if (field.sensitive && isMasked(value))
    return (
      <span className="masked">
        <EyeInvisibleOutlined /> {String(value)}
      </span>
    );
  switch (field.kind) {
    case "image":
    case "file":
      return <AttachmentList files={filesNamed(value, files)} />;
    case "checklist":
      return <ChecklistValue standard={standard} value={value as Verdicts} />;
    case "repeat": {
      const columns = field.fields ?? [];
      const rows = value as Values[];
      return (
        <table className="rows">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id}>{say(column.label)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {columns.map((column) => (
                  <td key={column.id}>{describe(ledger, column, row[column.id], names)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    }
    case "multiline":
      return <div className="lines">{String(value)}</div>;
    case "select_one":
      return hasStates(field, ledger) ? (
        <StateWord ledger={ledger} field={field} value={value} />
      ) : (
        <>{describe(ledger, field, value, names)}</>
      );
    default:
      return <>{describe(ledger, field, value, names)}</>;
  }
}

/** Items that failed stand first; the others are one line of figures and a list. */
function ChecklistValue({ standard, value }: { standard: ReturnType<typeof useStandard>; value: Verdicts }) {
  const { t } = useTranslation();
  const say = useText();
  const order = { fail: 0, na: 2, pass: 1 } as Readonly<Record<string, number>>;
  const items = standard.checklist
    .flatMap((section) => section.items)
    .filter(({ id }) => value[id]?.verdict)
    .sort((a, b) => (order[value[a.id]?.verdict ?? ""] ?? 3) - (order[value[b.id]?.verdict ?? ""] ?? 3));
  return (
    <details className="verdicts" open={tally(value).fail > 0 || items.length <= 12}>
      <summary>{t("record.tally", { ...tally(value) })}</summary>
      <table className="rows">
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td>{item.id}</td>
              <td>
                {say(item.text)}
                {value[item.id]?.remark && <div className="quiet">{value[item.id]?.remark}</div>}
              </td>
              <td>
                <span className={value[item.id]?.verdict === "fail" ? "state bad" : "state settled"}>
                  {t(`verdict.${value[item.id]?.verdict ?? ""}`)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
