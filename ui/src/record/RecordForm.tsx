/**
 * The one form of all ledgers: one column, required answers first, the rest folded under its headings. It keeps a
 * draft by itself and never asks before it is left.
 */
import { CheckOutlined, DownOutlined, RightOutlined } from "@ant-design/icons";
import { Alert, Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { memo, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Attachment, DraftView, Field, Ledger, RecordDetail, Saved } from "../generated/core";
import { useErrorText } from "../i18n/errors";
import { useShortcut } from "../keys";
import { ErrorNotice } from "../parts/ErrorNotice";
import { Lines } from "../parts/Lines";
import { call, readError } from "../platform/client";
import { useNow, useSession } from "../session/Session";
import { fieldsOf, useStandard, useText } from "../standard";
import type { DraftState } from "./draft";
import { DraftOffer } from "./DraftOffer";
import { Fault, useFaultText } from "./Fault";
import { FieldRow } from "./FieldRow";
import type { Names } from "./fieldText";
import { FormScopeProvider, type FormScope } from "./FormScope";
import { dayFormats, momentFormats } from "./inputs";
import {
  bodyOf,
  contentOf,
  faultsByPlace,
  faultyWithin,
  homeless,
  isEmpty,
  isLate,
  newContent,
  placeOf,
  readContent,
  sectionsOf,
  visibleFields,
  type Content,
  type Faults,
  type Section,
  type Values,
} from "./model";
import { FormStore, useContent } from "./store";
import { dayOf, minuteOf, wallClock, wallOf, written } from "./time";
import { useDraft } from "./useDraft";

export interface RecordFormProps {
  ledger: Ledger;
  /** Record that is corrected; none = a new one. */
  record?: RecordDetail | undefined;
  /** Draft that is continued. */
  draft?: DraftView | undefined;
  /** Answers that the place it was opened from knows already. */
  prefill?: Values | undefined;
  /** Names behind the identifiers among them. */
  names?: Names | undefined;
  /** What the entry is for, said above the form. */
  purpose?: ReactNode;
  onSaved: (saved: Saved) => void;
  onClose: () => void;
}

const noFaults: Faults = new Map();

function start(props: RecordFormProps, standard: Parameters<typeof newContent>[0]): Content {
  const { ledger, record, draft, prefill, names } = props;
  if (draft) return readContent(draft.content);
  // All versions that were on screen: when two of them wait for a decision, the correction decides over both.
  return record ? contentOf(record.body, record.versions.map(({ reference }) => reference)) : { ...newContent(standard, ledger, prefill), names: names ?? {} };
}

const TopField = memo(function TopField({ field, value, store }: { field: Field; value: unknown; store: FormStore }) {
  const change = useCallback((next: unknown) => store.setField(field.id, next), [store, field.id]);
  return <FieldRow field={field} place={field.id} value={value} onChange={change} />;
});

export function RecordForm(props: RecordFormProps) {
  const { ledger, record, draft, purpose, onSaved, onClose } = props;
  const standard = useStandard();
  const { institution } = useSession();
  const { t } = useTranslation();
  const say = useText();
  const now = useNow();
  const today = wallClock(now).slice(0, 10);

  const kept = useDraft({ ledger: ledger.id, record: record?.row.id, draft: draft?.id });
  const { keeper } = kept;
  const [store] = useState(() => new FormStore(start(props, standard), (content) => keeper.change(content)));
  const content = useContent(store);
  const [faults, setFaults] = useState<Faults>(noFaults);
  const [error, setError] = useState<unknown>();
  const [saving, setSaving] = useState(false);
  const [folded, setFolded] = useState<Readonly<Record<string, boolean>>>({});
  const form = useRef<HTMLFormElement>(null);

  const every = useMemo(() => fieldsOf(standard, ledger, content.fields), [standard, ledger, content.fields]);
  const fields = useMemo(() => visibleFields(every, content.fields), [every, content.fields]);
  const sections = useMemo(() => sectionsOf(fields), [fields]);
  const entered = record ? dayOf(record.row.recorded) : today;
  const late =
    (content.occurred !== "" && isLate(standard.deadlines, content.occurred, entered)) || faults.has("late");

  const names = useMemo(
    () => ({ [institution.code]: say(institution.name), ...record?.names, ...content.names }),
    [institution, say, record, content.names],
  );
  const learn = useCallback(
    (more: Names) => store.edit((now) => ({ ...now, names: { ...now.names, ...more } })),
    [store],
  );
  const addFile = useCallback(
    (file: Attachment) =>
      store.edit((now) =>
        now.files.some(({ sha256 }) => sha256 === file.sha256) ? now : { ...now, files: [...now.files, file] },
      ),
    [store],
  );
  const scope: FormScope = useMemo(
    () => ({ ledger, faults, names, learn, files: content.files, addFile, institution: institution.code, today }),
    [ledger, faults, names, learn, content.files, addFile, institution.code, today],
  );

  const save = async () => {
    if (saving) return;
    setSaving(true);
    setError(undefined);
    await keeper.flush();
    keeper.close();
    try {
      const saved = await call("record_save", {
        ledger: ledger.id,
        ...(record ? { id: record.row.id } : {}),
        base: [...content.base],
        body: bodyOf(standard, ledger, content, { late, correction: record !== undefined }),
        ...(keeper.id === undefined ? {} : { draft: keeper.id }),
      });
      onSaved(saved);
    } catch (raw) {
      keeper.reopen();
      const refused = readError(raw);
      setFaults(faultsByPlace(refused.faults));
      setError(refused);
      setSaving(false);
    }
  };

  // The first fault is where the person goes on.
  useEffect(() => {
    if (faults.size === 0) return;
    const at = form.current?.querySelector<HTMLElement>(".fault")?.closest<HTMLElement>("[data-place]");
    at?.scrollIntoView({ block: "center" });
    at?.querySelector<HTMLElement>("input, textarea, button, [tabindex]")?.focus();
  }, [faults]);

  useShortcut("Ctrl+S", () => void save());
  useShortcut("Escape", onClose);

  const toggle = (section: Section, open: boolean) => setFolded((now) => ({ ...now, [section.key]: open }));
  const isOpen = (section: Section) =>
    section.fields.some(({ id }) => faultyWithin(faults, id)) ||
    (folded[section.key] ?? (section.title === null || section.fields.some(({ id }) => !isEmpty(content.fields[id]))));

  return (
    <form
      ref={form}
      className="record-form"
      noValidate
      aria-label={say(ledger.title)}
      onSubmit={(event) => event.preventDefault()}
      onBlur={() => void keeper.flush()}
    >
      <FormScopeProvider value={scope}>
        {draft === undefined && (
          <DraftOffer
            ledger={ledger.id}
            record={record?.row.id}
            current={keeper.id}
            onContinue={(waiting) => {
              keeper.continue(waiting.id);
              store.restart(readContent(waiting.content));
            }}
          />
        )}
        {purpose}
        {error !== undefined && <SaveError error={error} faults={homeless(faults, fields)} />}
        <div className="sheet form-sheet">
          <TimesOfAct ledger={ledger} store={store} content={content} record={record} now={now} fault={faults.get("occurred")} />
          {late && (
            <div className={`field${faults.has("late") ? " faulty" : ""}`} data-place="late">
              <label className="field-label" htmlFor="field-late">
                <span className="tag late">{t("state.late")}</span> {t("form.lateReason")}
                <span className="required">*</span>
              </label>
              <div className="field-input">
                <Lines
                  id="field-late"
            least={1}
            most={4}
                  value={content.late}
                  onChange={(event) => store.edit((now) => ({ ...now, late: event.target.value }))}
                />
                <div className="field-hint">{t("form.lateHint", { days: standard.deadlines.late_after_days })}</div>
                <Fault fault={faults.get("late")} label={t("form.lateReason")} />
              </div>
            </div>
          )}
          {sections.map((section) => (
            <FormSection
              key={section.key}
              section={section}
              content={content}
              store={store}
              open={isOpen(section)}
              onToggle={(open) => toggle(section, open)}
            />
          ))}
          {record && (
            <div className={`field${faults.has("change") ? " faulty" : ""}`} data-place="change">
              <label className="field-label" htmlFor="field-change">
                {t("form.changeReason")}
                <span className="required">*</span>
              </label>
              <div className="field-input">
                <Lines
                  id="field-change"
            least={1}
            most={4}
                  value={content.change}
                  onChange={(event) => store.edit((now) => ({ ...now, change: event.target.value }))}
                />
                <div className="field-hint">{t("form.changeHint")}</div>
                <Fault fault={faults.get("change")} label={t("form.changeReason")} />
              </div>
            </div>
          )}
        </div>
        <div className="form-foot">
          <Button type="primary" icon={<CheckOutlined />} loading={saving} onClick={() => void save()}>
            {t(record ? "form.saveCorrection" : "form.save")}
          </Button>
          <Button onClick={onClose}>{t("form.close")}</Button>
          <DraftSign state={kept.state} />
          <span className="quiet keys">{t("form.keys")}</span>
        </div>
      </FormScopeProvider>
    </form>
  );
}

function SaveError({ error, faults }: { error: unknown; faults: ReturnType<typeof homeless> }) {
  const { t } = useTranslation();
  const sentence = useFaultText();
  const { faults: all } = readError(error);
  if (all.length === 0) return <ErrorNotice error={error} />;
  const lines = faults.map((fault) => <div key={placeOf(fault.path)}>{sentence(fault)}</div>);
  return (
    <Alert
      type="error"
      showIcon
      title={t("form.faults", { count: all.length })}
      {...(lines.length > 0 ? { description: lines } : {})}
    />
  );
}

function DraftSign({ state }: { state: DraftState }) {
  const { t } = useTranslation();
  const sentence = useErrorText();
  switch (state.kind) {
    case "none":
      return null;
    case "pending":
      return <span className="draft-sign quiet">{t("form.draftPending")}</span>;
    case "saved":
      return (
        <span className="draft-sign quiet" role="status">
          {t("form.draftSaved", { time: minuteOf(state.at) })}
        </span>
      );
    case "failed":
      return (
        <span className="draft-sign failed" role="alert">
          {t("form.draftFailed", { reason: sentence(state.error).text })}
        </span>
      );
  }
}

interface TimesOfActProps {
  ledger: Ledger;
  store: FormStore;
  content: Content;
  record: RecordDetail | undefined;
  now: Date;
  fault: Parameters<typeof Fault>[0]["fault"];
}

/** When it happened and when it is entered, always side by side. The first is never filled in for anybody. */
function TimesOfAct({ ledger, store, content, record, now, fault }: TimesOfActProps) {
  const { t } = useTranslation();
  const say = useText();
  const precise = ledger.occurred === "dateTime";
  const clock = wallClock(now);
  const label = ledger.occurred_label ? say(ledger.occurred_label) : t("form.occurred");
  const set = (occurred: string) => store.edit((before) => ({ ...before, occurred }));
  return (
    <div className={`field times${fault ? " faulty" : ""}`} data-place="occurred">
      <label className="field-label" htmlFor="field-occurred">
        {label}
        <span className="required" aria-label={t("form.required")}>
          *
        </span>
      </label>
      <div className="field-input">
        <div className="times-line">
          <DatePicker
            id="field-occurred"
            autoFocus={record === undefined && content.occurred === ""}
            {...(fault ? { status: "error" as const } : {})}
            {...(precise ? { showTime: { format: "HH:mm" }, needConfirm: false } : {})}
            format={precise ? momentFormats : dayFormats}
            value={content.occurred === "" ? null : dayjs(precise ? wallOf(content.occurred) : dayOf(content.occurred))}
            onChange={(next) =>
              set(next ? (precise ? written(next.format("YYYY-MM-DDTHH:mm")) : next.format("YYYY-MM-DD")) : "")
            }
          />
          <Button size="small" onClick={() => set(precise ? written(clock) : clock.slice(0, 10))}>
            {t(precise ? "form.now" : "form.today")}
          </Button>
          <span className="entry-time">
            {record
              ? t("form.enteredThen", { time: wallOf(record.row.recorded).replace("T", " ") })
              : t("form.entered", { time: clock.replace("T", " ") })}
          </span>
        </div>
        <Fault fault={fault} label={label} />
      </div>
    </div>
  );
}

interface FormSectionProps {
  section: Section;
  content: Content;
  store: FormStore;
  open: boolean;
  onToggle: (open: boolean) => void;
}

function FormSection({ section, content, store, open, onToggle }: FormSectionProps) {
  const { t } = useTranslation();
  const say = useText();
  const rows = section.fields.map((field) => (
    <TopField key={field.id} field={field} value={content.fields[field.id]} store={store} />
  ));
  if (section.key === "required") return rows;
  const filled = section.fields.filter(({ id }) => !isEmpty(content.fields[id])).length;
  const title = section.title ? say(section.title) : t("form.more");
  return (
    <section className="form-section">
      <button type="button" className="form-section-head" aria-expanded={open} onClick={() => onToggle(!open)}>
        {open ? <DownOutlined /> : <RightOutlined />}
        <span className="form-section-title">{title}</span>
        <span className="quiet">
          {open ? "" : section.fields.map(({ label }) => say(label)).join(t("record.and"))}
        </span>
        <span className="form-section-count quiet">{t("form.filled", { filled, all: section.fields.length })}</span>
      </button>
      {open && rows}
    </section>
  );
}
