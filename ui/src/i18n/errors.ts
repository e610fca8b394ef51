/** Sentences for the core's errors. */
import { useTranslation } from "react-i18next";

import { readError } from "../platform/client";

/** What went wrong, and what to do next, both as sentences. */
export interface ErrorText {
  text: string;
  next: string | null;
}

/**
 * Turns an error into sentences: the code's own text, and the next step the core named. A code without a sentence
 * is shown as a code: never hidden.
 */
export function useErrorText(): (error: unknown) => ErrorText {
  const { t, i18n } = useTranslation();
  return (raw) => {
    const { code, fields, next } = readError(raw);
    const key = `errors.${code}.text`;
    if (!i18n.exists(key)) {
      const detail = Object.values(fields).join(", ");
      return { text: t("errors.unknown.text", { code, detail }), next: t("errors.unknown.next") };
    }
    return { text: t(key, fields), next: i18n.exists(next) ? t(next, fields) : null };
  };
}
