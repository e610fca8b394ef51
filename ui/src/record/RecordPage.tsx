/** One record: what it says, how it came to say it, and what can be done with it. */
import { EditOutlined, PrinterOutlined, StopOutlined } from "@ant-design/icons";
import { Alert, Button, Spin } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Ledger, RecordDetail } from "../generated/core";
import { useShortcut } from "../keys";
import { go } from "../layout/route";
import { ErrorNotice } from "../parts/ErrorNotice";
import { call } from "../platform/client";
import { useLoad } from "../platform/useLoad";
import { useSession } from "../session/Session";
import { fieldsOf, ledgerBase, ledgerOf, useStandard, useText } from "../standard";
import { AttachmentList } from "./Attachments";
import { FieldValue } from "./FieldValue";
import { History } from "./History";
import { isEmpty, sectionsOf, visibleFields } from "./model";
import { printTo } from "./print";
import { ExchangeWord, StateTags } from "./StateTags";
import { shownTime } from "./time";
import { WithdrawDialog } from "./WithdrawDialog";

export interface RecordPageProps {
  ledger: Ledger;
  base: readonly string[];
  id: string;
}

export function RecordPage({ ledger, base, id }: RecordPageProps) {
  const standard = useStandard();
  const { data, error, reload } = useLoad(id, () => call("record_get", { id }));
  useShortcut("Escape", () => go(base));
  if (error !== undefined && !data) return <ErrorNotice error={error} />;
  if (!data) return <Spin className="waiting" />;
  // An address may name another ledger than the record's own: a facility found by its name alone.
  const own = ledgerOf(standard, data.row.ledger) ?? ledger;
  const place = own === ledger ? base : ledgerBase(standard, own.id);
  return <RecordSheet ledger={own} base={place} record={data} onChanged={reload} />;
}

interface RecordSheetProps {
  ledger: Ledger;
  base: readonly string[];
  record: RecordDetail;
  onChanged: () => void;
}

function RecordSheet({ ledger, base, record, onChanged }: RecordSheetProps) {
  const { t } = useTranslation();
  const say = useText();
  const { superior } = useSession();
  const standard = useStandard();
  const { row, body, names } = record;
  const [withdrawing, setWithdrawing] = useState(false);
  const [printError, setPrintError] = useState<unknown>();
  const every = fieldsOf(standard, ledger, body.fields);

  const print = async () => {
    setPrintError(undefined);
    try {
      const title = row.title === "" ? say(ledger.title) : row.title;
      await printTo(title, t("record.printTo"), (path) => call("record_print", { id: row.id, path }));
    } catch (raw) {
      setPrintError(raw);
    }
  };
  const correct = () => go([...base, row.id, "correct"]);
  useShortcut("Ctrl+P", () => void print());

  return (
    <section aria-labelledby="record-name">
      <div className="room-head">
        <Button type="link" size="small" onClick={() => go(base)}>
          {say(ledger.title)}
        </Button>
        <h1 id="record-name">{row.title === "" ? say(ledger.title) : row.title}</h1>
        <Button icon={<PrinterOutlined />} onClick={() => void print()}>
          {t("list.print")}
        </Button>
        {record.editable && !row.withdrawn && (
          <>
            <Button icon={<StopOutlined />} onClick={() => setWithdrawing(true)}>
              {t("withdraw.do")}
            </Button>
            <Button type="primary" icon={<EditOutlined />} onClick={correct}>
              {t("record.correct")}
            </Button>
          </>
        )}
      </div>
      {printError !== undefined && <ErrorNotice error={printError} />}
      {row.conflict && (
        <Alert type="warning" showIcon title={t("record.conflictTitle")} description={t("record.conflictText")} />
      )}
      <div className="record-page">
        <div className="sheet">
          <dl className="facts">
            <Fact label={ledger.occurred_label ? say(ledger.occurred_label) : t("list.occurred")}>
              {shownTime(body.occurred)}
            </Fact>
            <Fact label={t("list.recorded")}>
              {shownTime(row.recorded)} {row.author}
            </Fact>
            {superior && <Fact label={t("list.institution")}>{names[row.institution] ?? row.institution}</Fact>}
            <Fact label={t("list.states")}>
              <span className="states">
                <ExchangeWord state={row.exchange} />
                <StateTags row={row} />
              </span>
            </Fact>
            {body.late && <Fact label={t("form.lateReason")}>{body.late.reason}</Fact>}
          </dl>
          <Facts ledger={ledger} record={record} />
          <Loose record={record} known={every.map(({ id }) => id)} />
        </div>
        <aside className="sheet" aria-label={t("history.title")}>
          <h2>{t("history.title")}</h2>
          <History ledger={ledger} record={record} fields={every} />
        </aside>
      </div>
      {withdrawing && (
        <WithdrawDialog
          row={row}
          onClose={() => setWithdrawing(false)}
          onDone={() => {
            setWithdrawing(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The answers by heading. Optional ones left blank are named once, at the end, instead of filling the page. */
function Facts({ ledger, record }: { ledger: Ledger; record: RecordDetail }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { body, names } = record;
  const asked = visibleFields(fieldsOf(standard, ledger, body.fields), body.fields);
  const given = asked.filter(({ id, required }) => required || !isEmpty(body.fields[id]));
  const blank = asked.filter((field) => !given.includes(field));
  return (
    <>
      {sectionsOf(given).map((section) => (
        <section key={section.key}>
          {section.title && <h2>{say(section.title)}</h2>}
          <dl className="facts">
            {section.fields.map((field) => (
              <Fact key={field.id} label={say(field.label)}>
                <FieldValue ledger={ledger} field={field} value={body.fields[field.id]} names={names} files={body.files ?? []} />
              </Fact>
            ))}
          </dl>
        </section>
      ))}
      {blank.length > 0 && (
        <p className="quiet blanks">{t("record.blanks", { fields: blank.map(({ label }) => say(label)).join(t("record.and")) })}</p>
      )}
    </>
  );
}

/** What the standard in force does not describe: fields of another version, attachments of no field. Shown as it is. */
function Loose({ record, known }: { record: RecordDetail; known: readonly string[] }) {
  const { t } = useTranslation();
  const { body } = record;
  const others = Object.entries(body.fields).filter(([id]) => !known.includes(id));
  const named = new Set(Object.values(body.fields).flat().map(String));
  const files = (body.files ?? []).filter(({ sha256 }) => !named.has(sha256));
  if (others.length === 0 && files.length === 0) return null;
  return (
    <section>
      <h2>{t("record.loose")}</h2>
      <dl className="facts">
        {others.map(([id, value]) => (
          <Fact key={id} label={id}>
            {typeof value === "string" ? value : JSON.stringify(value)}
          </Fact>
        ))}
      </dl>
      <AttachmentList files={files} />
    </section>
  );
}
