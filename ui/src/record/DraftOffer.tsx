/** Drafts that wait for this form: continued or thrown away by a click, never by themselves. */
import { Alert, Button, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DraftView } from "../generated/core";
import { ErrorNotice } from "../parts/ErrorNotice";
import { call } from "../platform/client";
import { useLoad } from "../platform/useLoad";
import { shownTime } from "./time";

export interface DraftOfferProps {
  ledger: string;
  record: string | undefined;
  /** The draft of this form itself, which is not offered. */
  current: string | undefined;
  onContinue: (draft: DraftView) => void;
}

export function DraftOffer({ ledger, record, current, onContinue }: DraftOfferProps) {
  const { t } = useTranslation();
  const { data } = useLoad(`drafts ${ledger}`, () => call("drafts_list"));
  const [gone, setGone] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>();
  const waiting = (data ?? []).filter(
    (draft) =>
      draft.ledger === ledger && (draft.record ?? undefined) === record && draft.id !== current && !gone.includes(draft.id),
  );
  const first = waiting[0];
  if (!first) return null;
  const leave = (id: string) => setGone((now) => [...now, id]);
  const discard = async (id: string) => {
    try {
      await call("draft_discard", { id });
      leave(id);
    } catch (raw) {
      setError(raw);
    }
  };
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <Alert
        type="info"
        showIcon
        className="draft-offer"
        title={t("draft.waiting", { time: shownTime(first.updated), count: waiting.length })}
        action={
          <Space>
            <Button
              type="primary"
              onClick={() => {
                leave(first.id);
                onContinue(first);
              }}
            >
              {t("draft.continue")}
            </Button>
            <Button onClick={() => void discard(first.id)}>{t("draft.discard")}</Button>
          </Space>
        }
      />
    </>
  );
}
