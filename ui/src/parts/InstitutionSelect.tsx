/** Which institution is looked at; nothing to choose where there is only one. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import type { InstitutionBrief } from "../generated/core";
import { useText } from "../standard";

export interface InstitutionSelectProps {
  institutions: readonly InstitutionBrief[];
  value: string;
  onChange: (code: string) => void;
}

export function InstitutionSelect({ institutions, value, onChange }: InstitutionSelectProps) {
  const { t } = useTranslation();
  const say = useText();
  if (institutions.length < 2) return null;
  return (
    <Select<string>
      className="institution-select"
      aria-label={t("parts.institution")}
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      options={institutions.map(({ code, name }) => ({ value: code, label: `${say(name)} ${code}` }))}
    />
  );
}
