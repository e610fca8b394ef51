/** A form opened at an address: a new entry, a correction, or a draft to go on with; and what comes after saving. */
import { Button, Result, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Ledger, ObligationView, Saved } from "../generated/core";
import { address, go, useRoute } from "../layout/route";
import { ErrorNotice } from "../parts/ErrorNotice";
import { call } from "../platform/client";
import { useLoad } from "../platform/useLoad";
import { ledgerBase, useStandard, useText } from "../standard";
import type { Names } from "./fieldText";
import type { Values } from "./model";
import { RecordForm } from "./RecordForm";

/** What another place knows when it opens a form. */
export interface Opening {
  /** Answers known already: what kind of act it is, never its date or a verdict. */
  fields?: Values;
  /** Names behind identifiers among them. */
  names?: Names;
  /** What the entry is for, in words. */
  purpose?: string;
}

/** Address of a form for a new entry. */
export function newEntry(base: readonly string[], opening: Opening = {}): string {
  const { fields = {}, names = {}, purpose } = opening;
  return address([...base, "new"], {
    ...(Object.keys(fields).length > 0 ? { fields: JSON.stringify(fields) } : {}),
    ...(Object.keys(names).length > 0 ? { names: JSON.stringify(names) } : {}),
    ...(purpose === undefined ? {} : { purpose }),
  });
}

function readObject(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export interface FormPageProps {
  ledger: Ledger;
  base: readonly string[];
  /** Record that is corrected. */
  correct?: string;
  /** Draft that is continued. */
  draft?: string;
}

export function FormPage({ ledger, base, correct, draft }: FormPageProps) {
  const { t } = useTranslation();
  const say = useText();
  const { query } = useRoute();
  const [saved, setSaved] = useState<Saved | null>(null);
  const [turn, setTurn] = useState(0);
  const { data, error } = useLoad(`${correct ?? ""} ${draft ?? ""}`, async () => {
    const waiting = draft === undefined ? undefined : (await call("drafts_list")).find(({ id }) => id === draft);
    const record = correct ?? waiting?.record ?? undefined;
    return { draft: waiting, record: record === undefined ? undefined : await call("record_get", { id: record }) };
  });
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (!data) return <Spin className="waiting" />;
  const { record } = data;
  const purpose = query.get("purpose");
  const close = () => go(record ? [...base, record.row.id] : base);
  return (
    <section aria-labelledby="form-name">
      <div className="room-head">
        <Button type="link" size="small" onClick={close}>
          {say(ledger.title)}
        </Button>
        <h1 id="form-name">{t(record ? "form.correcting" : "form.adding", { ledger: say(ledger.title) })}</h1>
      </div>
      {saved ? (
        <SavedSheet
          saved={saved}
          base={base}
          corrected={record !== undefined}
          onAnother={() => {
            setSaved(null);
            setTurn((now) => now + 1);
            go([...base, "new"]);
          }}
        />
      ) : (
        <RecordForm
          key={turn}
          ledger={ledger}
          record={record}
          draft={data.draft}
          prefill={turn === 0 ? readObject(query.get("fields")) : {}}
          names={readObject(query.get("names")) as Names}
          purpose={purpose === null ? undefined : <div className="purpose">{purpose}</div>}
          onSaved={setSaved}
          onClose={close}
        />
      )}
    </section>
  );
}

interface SavedSheetProps {
  saved: Saved;
  base: readonly string[];
  corrected: boolean;
  onAnother: () => void;
}

/** After saving, the next thing to do is one key press away. */
function SavedSheet({ saved, base, corrected, onAnother }: SavedSheetProps) {
  const { t } = useTranslation();
  const say = useText();
  const formFor = useObligationForm();
  const { next } = saved;
  const see = () => go([...base, saved.id]);
  return (
    <div className="sheet">
      <Result
        status="success"
        title={t(corrected ? "saved.corrected" : "saved.title")}
        subTitle={
          <>
            <div>{t("saved.here", { reference: saved.reference })}</div>
            {saved.moved.length > 0 && <div>{t("saved.moved", { count: saved.moved.length })}</div>}
            {next && (
              <div className="next-thing">
                {t("saved.next", { title: say(next.title), due: next.due })}
                {next.target_name ? ` · ${next.target_name}` : ""}
              </div>
            )}
          </>
        }
        extra={[
          next && (
            <Button key="next" type="primary" size="large" autoFocus href={formFor(next)}>
              {t("today.go")}
            </Button>
          ),
          <Button key="see" {...(next ? {} : { type: "primary" as const, autoFocus: true })} onClick={see}>
            {t("saved.see")}
          </Button>,
          !corrected && (
            <Button key="another" onClick={onAnother}>
              {t("saved.another")}
            </Button>
          ),
          <Button key="today" onClick={() => go(["today"])}>
            {t("rooms.today.name")}
          </Button>,
        ]}
      />
    </div>
  );
}

/** Address of the form that meets an obligation. */
export function useObligationForm(): (obligation: ObligationView) => string {
  const standard = useStandard();
  const say = useText();
  const { t } = useTranslation();
  return ({ ledger, prefill, target, target_name, title, due }) => {
    const words = target_name ? `${say(title)} · ${target_name}` : say(title);
    return newEntry(ledgerBase(standard, ledger), {
      fields: prefill,
      names: target && target_name ? { [target]: target_name } : {},
      purpose: t("today.purpose", { title: words, due }),
    });
  };
}
