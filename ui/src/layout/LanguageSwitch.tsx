/** Switches the language of the whole program at once; each language is named in itself. */
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";

import { currentLanguage, languages, switchLanguage, type Language } from "../i18n";

export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Segmented<Language>
      aria-label={t("app.language")}
      value={currentLanguage()}
      onChange={switchLanguage}
      options={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
    />
  );
}
