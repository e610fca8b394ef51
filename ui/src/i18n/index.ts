/**
 * Words. The only source is `assets/messages`, one file per part and language (`zh-CN.json`, `records.zh-CN.json`,
 * …), merged here; `npm run messages` fails the build when the two languages or the keys used here disagree.
 * Placeholders are written `{name}`.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { merged, type Words } from "./words";

const zhCN = merged(import.meta.glob<Words>("../../../assets/messages/{zh-CN,*.zh-CN}.json", { eager: true, import: "default" }));
const en = merged(import.meta.glob<Words>("../../../assets/messages/{en,*.en}.json", { eager: true, import: "default" }));

export type Language = "zh-CN" | "en";
export const languages: readonly Language[] = ["zh-CN", "en"];

const remembered = "outlet-safety.language";

function isLanguage(value: string | null): value is Language {
  return value === "zh-CN" || value === "en";
}

/** Whether somebody has chosen a language on this PC. */
export function languageChosen(): boolean {
  return isLanguage(window.localStorage.getItem(remembered));
}

/** The language chosen on this PC, else the system's, else Chinese. */
export function startLanguage(): Language {
  const chosen = window.localStorage.getItem(remembered);
  if (isLanguage(chosen)) return chosen;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

export function switchLanguage(language: Language): void {
  window.localStorage.setItem(remembered, language);
  void i18next.changeLanguage(language);
}

/** The language shown now. */
export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh-CN";
}

i18next.on("languageChanged", (language) => {
  document.documentElement.lang = language;
  document.title = i18next.t("app.name");
});

await i18next.use(initReactI18next).init({
  lng: startLanguage(),
  fallbackLng: false,
  resources: { "zh-CN": { translation: zhCN }, en: { translation: en } },
  // React escapes what it shows; escaping here as well would show &amp; in names.
  interpolation: { prefix: "{", suffix: "}", escapeValue: false },
  returnNull: false,
});
