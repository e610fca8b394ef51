/** Drafts that wait: gone on with, or thrown away. */
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DraftView } from "../../generated/core";
import { address } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { shownTime, useFieldText } from "../../record";
import { readContent } from "../../record/model";
import { fieldsOf, ledgerBase, ledgerOf, useStandard, useText } from "../../standard";

export interface DraftListProps {
  drafts: readonly DraftView[];
  onChanged: () => void;
}

export function DraftList({ drafts, onChanged }: DraftListProps) {
  const [error, setError] = useState<unknown>();
  const discard = async (id: string) => {
    setError(undefined);
    try {
      await call("draft_discard", { id });
      onChanged();
    } catch (raw) {
      setError(raw);
    }
  };
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <ul className="draft-list">
        {drafts.map((draft) => (
          <DraftLine key={draft.id} draft={draft} onDiscard={() => void discard(draft.id)} />
        ))}
      </ul>
    </>
  );
}

function DraftLine({ draft, onDiscard }: { draft: DraftView; onDiscard: () => void }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const describe = useFieldText();
  const ledger = ledgerOf(standard, draft.ledger);
  const content = readContent(draft.content);
  const about = ledger
    ? fieldsOf(standard, ledger, content.fields)
        .filter(({ id }) => ledger.summary.includes(id))
        .map((field) => describe(ledger, field, content.fields[field.id], content.names))
        .filter((text) => text !== "")
        .join(" · ")
    : "";
  return (
    <li>
      <div className="draft-what">
        <div>
          {ledger ? say(ledger.title) : draft.ledger}
          {draft.record !== null && <span className="tag corrected">{t("draft.correction")}</span>}
        </div>
        <div className="quiet draft-about" title={about}>
          {about === "" ? t("draft.blank") : about}
        </div>
        <div className="quiet">{t("draft.since", { time: shownTime(draft.updated) })}</div>
      </div>
      <Button href={address([...ledgerBase(standard, draft.ledger), "draft", draft.id])}>{t("draft.continue")}</Button>
      <Button type="text" onClick={onDiscard}>
        {t("draft.discard")}
      </Button>
    </li>
  );
}
