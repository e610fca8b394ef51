/** Rows of sub-fields, each input as anywhere else in the form. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Field } from "../generated/core";
import { useText } from "../standard";
import { FieldRow } from "./FieldRow";
import { visibleFields, type Values } from "./model";

export interface RepeatInputProps {
  field: Field;
  place: string;
  value: readonly Values[];
  onChange: (value: Values[]) => void;
}

export function RepeatInput({ field, place, value, onChange }: RepeatInputProps) {
  const { t } = useTranslation();
  const say = useText();
  const fields = field.fields ?? [];
  const most = field.limits?.max_items ?? Number.POSITIVE_INFINITY;
  const blank: Values = Object.fromEntries(
    fields.filter((sub) => sub.default !== undefined && sub.default !== null).map((sub) => [sub.id, sub.default]),
  );
  const setRow = (at: number, id: string, next: unknown) =>
    onChange(value.map((row, index) => (index === at ? { ...row, [id]: next } : row)));
  return (
    <div className="repeat">
      {value.map((row, at) => (
        // Rows have no identity of their own; removing one rewrites those after it.
        <div className="repeat-row" key={at} role="group" aria-label={t("form.row", { label: say(field.label), row: at + 1 })}>
          <span className="repeat-number">{at + 1}</span>
          <div className="repeat-fields">
            {visibleFields(fields, row).map((sub) => (
              <FieldRow
                key={sub.id}
                field={sub}
                place={`${place}/${at}/${sub.id}`}
                value={row[sub.id]}
                onChange={(next) => setRow(at, sub.id, next)}
              />
            ))}
          </div>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("form.removeRow", { row: at + 1 })}
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        disabled={value.length >= most}
        onClick={() => onChange([...value, blank])}
      >
        {t("form.addRow", { label: say(field.label) })}
      </Button>
    </div>
  );
}
