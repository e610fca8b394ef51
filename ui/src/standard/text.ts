/** Wording of the standard and of the institution, in the language shown. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { Text } from "../generated/core";

/** A phrase in a language; the other one where it is missing, never nothing. */
export function wording(text: Text, english: boolean): string {
  return (english ? text.en || text.zh : text.zh || text.en).trim();
}

/** `say(ledger.title)` in the language shown. */
export function useText(): (text: Text | null | undefined) => string {
  const { i18n } = useTranslation();
  const english = i18n.language === "en";
  return useCallback((text) => (text ? wording(text, english) : ""), [english]);
}
