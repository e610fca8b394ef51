/** A fault at its field: what is wrong, and what to do. */
import { useTranslation } from "react-i18next";

import type { FieldFaultView } from "../generated/core";

export function useFaultText(): (fault: FieldFaultView, label?: string) => string {
  const { t, i18n } = useTranslation();
  return ({ code, fields }, label) => {
    const values = { label: label ?? "", ...fields };
    const text = `errors.${code}.text`;
    const next = `errors.${code}.next`;
    if (!i18n.exists(text)) return t("form.unknownFault", { code });
    // A sentence ends with its full stop; Chinese sets none between sentences, other languages a blank.
    const gap = i18n.language === "en" ? " " : "";
    return i18n.exists(next) ? `${t(text, values)}${gap}${t(next, values)}` : t(text, values);
  };
}

export function Fault({ fault, label, id }: { fault: FieldFaultView | undefined; label?: string; id?: string }) {
  const sentence = useFaultText();
  if (!fault) return null;
  return (
    <div className="fault" role="alert" {...(id ? { id } : {})}>
      {sentence(fault, label)}
    </div>
  );
}
