/** One field of a form: label, input, a word of help, and its fault. */
import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { Field } from "../generated/core";
import { useText } from "../standard";
import { Fault } from "./Fault";
import { useFormScope } from "./FormScope";
import { FieldInput } from "./inputs";

export interface FieldRowProps {
  field: Field;
  place: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Kinds that are groups of inputs: their label names the group instead of one input. */
const groups: readonly Field["kind"][] = ["checklist", "repeat", "image", "file"];

export const FieldRow = memo(function FieldRow({ field, place, value, onChange }: FieldRowProps) {
  const { t } = useTranslation();
  const say = useText();
  const { faults } = useFormScope();
  const fault = faults.get(place);
  const id = `field-${place.replaceAll("/", "-")}`;
  const label = say(field.label);
  const words = (
    <>
      {label}
      {field.required && (
        <span className="required" aria-label={t("form.required")}>
          *
        </span>
      )}
    </>
  );
  const group = groups.includes(field.kind);
  return (
    <div
      className={`field field-${field.kind}${fault ? " faulty" : ""}`}
      data-place={place}
      {...(group ? { role: "group", "aria-labelledby": `${id}-label` } : {})}
    >
      {group ? (
        <div className="field-label" id={`${id}-label`}>
          {words}
        </div>
      ) : (
        <label className="field-label" htmlFor={id} id={`${id}-label`}>
          {words}
        </label>
      )}
      <div className="field-input">
        <FieldInput id={id} field={field} place={place} value={value} onChange={onChange} faulty={fault !== undefined} />
        {field.hint && <div className="field-hint">{say(field.hint)}</div>}
        <Fault fault={fault} label={label} id={`${id}-fault`} />
      </div>
    </div>
  );
});
