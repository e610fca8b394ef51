/** Frequencies of the standard in words, as the core writes them on paper. */
import { useTranslation } from "react-i18next";

import type { Frequency } from "../generated/core";

/** `每月一次`, `once a month`, `within 10 working days of an appointment`. */
export function useFrequency(): (frequency: Frequency) => string {
  const { t } = useTranslation();
  return (frequency) => {
    switch (frequency.type) {
      case "periodic": {
        const period = t(`frequency.every.${frequency.every}`);
        const often =
          frequency.times === 1 ? t("frequency.once", { period }) : t("frequency.times", { period, times: frequency.times });
        return frequency.before_holidays === true ? t("frequency.beforeHolidays", { often }) : often;
      }
      case "within": {
        const event = t(`frequency.event.${frequency.trigger}`);
        const within = t(`frequency.within.${frequency.day_kind}`, { days: frequency.days, event });
        if (!frequency.and_every) return within;
        const often = t("frequency.once", { period: t(`frequency.every.${frequency.and_every}`) });
        return t("frequency.and", { within, often });
      }
      case "on_event":
        return t("frequency.onEvent", { event: t(`frequency.event.${frequency.trigger}`) });
    }
  };
}
