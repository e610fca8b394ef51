/** A checklist is answered item by item. There is no "all passed": a verdict is written only by looking. */
import { Input, Radio } from "antd";
import { useTranslation } from "react-i18next";

import type { Field } from "../generated/core";
import { checklistOf, useStandard, useText } from "../standard";
import { tally } from "./fieldText";
import { Fault } from "./Fault";
import { useFormScope } from "./FormScope";

export interface Verdict {
  verdict?: string;
  remark?: string;
}

export type Verdicts = Readonly<Record<string, Verdict>>;

export interface ChecklistInputProps {
  field: Field;
  place: string;
  value: Verdicts;
  onChange: (value: Verdicts) => void;
}

export function ChecklistInput({ field, place, value, onChange }: ChecklistInputProps) {
  const standard = useStandard();
  const say = useText();
  const { t } = useTranslation();
  const { faults } = useFormScope();
  const sections = checklistOf(standard, field);
  const asked = sections.reduce((sum, { items }) => sum + items.length, 0);
  const { pass, fail, na } = tally(value);
  const verdicts = ["pass", "fail", "na"].map((id) => ({ value: id, label: t(`verdict.${id}`) }));
  const set = (id: string, change: Verdict) => onChange({ ...value, [id]: { ...value[id], ...change } });
  return (
    <div className="checklist">
      <div className="checklist-count" aria-live="polite">
        {t("form.checked", { done: pass + fail + na, asked, fail })}
      </div>
      {sections.map((section) => (
        <table key={section.id} className="checklist-section">
          <caption>{say(section.title)}</caption>
          <tbody>
            {section.items.map((item) => {
              const { verdict, remark } = value[item.id] ?? {};
              const label = `${item.id} ${say(item.text)}`;
              return (
                <tr key={item.id} data-place={`${place}/${item.id}`} className={verdict === "fail" ? "failed" : undefined}>
                  <td className="checklist-id">{item.id}</td>
                  <td>
                    {say(item.text)}
                    {verdict === "fail" || (remark ?? "") !== "" ? (
                      <Input
                        size="small"
                        aria-label={t("form.remarkOf", { item: label })}
                        placeholder={t("form.remark")}
                        value={remark ?? ""}
                        onChange={(event) => set(item.id, { remark: event.target.value })}
                      />
                    ) : null}
                    <Fault fault={faults.get(`${place}/${item.id}`) ?? faults.get(`${place}/${item.id}/verdict`)} />
                  </td>
                  <td className="checklist-verdict">
                    <Radio.Group
                      size="small"
                      optionType="button"
                      aria-label={label}
                      name={`${place}/${item.id}`}
                      options={verdicts}
                      value={verdict ?? null}
                      onChange={(event) => set(item.id, { verdict: event.target.value as string })}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ))}
    </div>
  );
}
