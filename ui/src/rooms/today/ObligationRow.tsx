/** One thing to do: what, by when, for whom, how it stands; and the one button that opens its form. */
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { ObligationView } from "../../generated/core";
import { address } from "../../layout/route";
import { daysBetween, useObligationForm, writeList } from "../../record";
import { useSession } from "../../session/Session";
import { ledgerBase, useStandard, useText } from "../../standard";

/** What may still be done about an obligation. */
const waiting: readonly ObligationView["state"][] = ["overdue", "due_soon", "due", "upcoming", "missed"];

export function ObligationState({ obligation, today }: { obligation: ObligationView; today: string }) {
  const { t } = useTranslation();
  const { state, due } = obligation;
  const left = daysBetween(today, due);
  const days = Math.abs(left);
  const key = left === 0 && (state === "due" || state === "due_soon") ? "due_today" : state;
  return <span className={`ob-state ${state}`}>{t(`obligation.${key}`, { days })}</span>;
}

export interface ObligationRowProps {
  obligation: ObligationView;
  today: string;
  /** Under a heading that names the duty already, a row is named by its period. */
  underDuty?: boolean;
}

export function ObligationRow({ obligation, today, underDuty = false }: ObligationRowProps) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { institution, superior } = useSession();
  const formFor = useObligationForm();
  const { title, target_name, frequency, from, due, grace_until, needed, done, evidence, holders, vacant, ledger } = obligation;
  const evidenceList = address(ledgerBase(standard, ledger), writeList({ ids: evidence }));
  const mine = obligation.institution === institution.code;
  const period = from === due ? due : t("obligation.period", { from, due });
  return (
    <li className={`ob ${obligation.state}`} data-obligation={obligation.key}>
      <div className="ob-what">
        <div className="ob-title">
          {underDuty ? period : say(title)}
          {target_name ? <span className="ob-target"> · {target_name}</span> : null}
          {needed > 1 && <span className="ob-count">{t("obligation.times", { done, needed })}</span>}
        </div>
        <div className="ob-how quiet">
          {underDuty ? say(frequency) : `${say(frequency)} · ${period}`}
          {grace_until > due ? ` · ${t("obligation.grace", { day: grace_until })}` : ""} ·{" "}
          {vacant ? <span className="state bad">{t("obligation.vacant")}</span> : holders.join(t("record.and"))}
          {superior && !mine ? ` · ${obligation.institution}` : ""}
        </div>
      </div>
      <ObligationState obligation={obligation} today={today} />
      {evidence.length > 0 && (
        <a className="ob-evidence" href={evidenceList}>
          {t("obligation.evidence", { count: evidence.length })}
        </a>
      )}
      {mine && waiting.includes(obligation.state) ? (
        <Button size="large" type={obligation.state === "upcoming" ? "default" : "primary"} href={formFor(obligation)}>
          {t("today.go")}
        </Button>
      ) : (
        <span className="ob-none" />
      )}
    </li>
  );
}
