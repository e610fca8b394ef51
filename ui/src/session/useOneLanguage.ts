/**
 * One language for window and paper. The desktop window begins in the core's language (chosen at set-up, else the
 * system's) until somebody chooses another; the core prints in the language of the window.
 */
import i18next from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { AppStatus } from "../generated/core";
import { languageChosen, type Language } from "../i18n";
import { call, onDesktop } from "../platform/client";

const windowLanguage = (lang: AppStatus["lang"]): Language => (lang === "en" ? "en" : "zh-CN");

export function useOneLanguage(status: AppStatus | undefined, changed: (status: AppStatus) => void): void {
  const { i18n } = useTranslation();
  const shown: Language = i18n.language === "en" ? "en" : "zh-CN";
  const phase = status?.phase;
  const lang = status?.lang;
  useEffect(() => {
    if (lang === undefined || windowLanguage(lang) === shown) return;
    if (onDesktop && !languageChosen()) {
      void i18next.changeLanguage(windowLanguage(lang));
      return;
    }
    if (phase !== "unlocked") return;
    // Until this is done the core prints in its former language; nothing else depends on it.
    call("settings_get")
      .then((settings) => call("settings_set", { ...settings, lang: shown === "en" ? "en" : "zh" }))
      .then(() => call("app_status"))
      .then(changed, () => undefined);
  }, [phase, lang, shown, changed]);
}
