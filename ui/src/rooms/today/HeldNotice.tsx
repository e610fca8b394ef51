/** How far the superior holds this account. Nothing is called sent that has no receipt. */
import { useTranslation } from "react-i18next";

import type { ExchangeState, HeldState } from "../../generated/core";
import { address } from "../../layout/route";
import { shownTime, writeList } from "../../record";
import { useText } from "../../standard";

export function HeldNotice({ held }: { held: HeldState }) {
  const { t } = useTranslation();
  const say = useText();
  const { enrolled, superior, size, receipted, receipt_time, not_receipted, records_saved, records_bundled } = held;
  const listOf = (exchange: ExchangeState) => address(["ledgers", "all"], writeList({ exchange }));
  return (
    <section className="sheet side" aria-labelledby="held">
      <h2 id="held">{t("today.held")}</h2>
      {enrolled ? (
        <>
          <p>
            {receipted > 0
              ? t("today.heldUpTo", { superior: say(superior), count: receipted, time: shownTime(receipt_time) })
              : t("today.heldNone", { superior: say(superior) })}
          </p>
          <p className={not_receipted > 0 ? "state open" : "state settled"}>
            {not_receipted > 0
              ? t("today.notHeld", { count: not_receipted })
              : t("today.allHeld")}
          </p>
          <p>
            <a href={listOf("saved")}>{t("today.onlySaved", { count: records_saved })}</a>
            {" · "}
            <a href={listOf("bundled")}>{t("today.onlyBundled", { count: records_bundled })}</a>
          </p>
        </>
      ) : (
        <p>{t("today.notEnrolled", { count: size })}</p>
      )}
      <a href={address(["exchange"])}>{t("rooms.exchange.name")}</a>
    </section>
  );
}
