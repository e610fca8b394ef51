/** What narrows a list: full text, state, dates, late entries, and the ledger's own choices. */
import { CloseOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, DatePicker, Input, Select, type InputRef } from "antd";
import dayjs from "dayjs";
import { useEffect, useRef, useState, type CompositionEvent } from "react";
import { useTranslation } from "react-i18next";

import type { Field, InstitutionBrief, Ledger } from "../generated/core";
import { useShortcut } from "../keys";
import { choicesOf, everyFieldOf, useStandard, useText } from "../standard";
import { dayFormats } from "./inputs";
import { exchangeStates, narrowed, wholeList, type ListState } from "./query";

const REST = 300;

export interface ListFiltersProps {
  ledger: Ledger;
  state: ListState;
  onChange: (change: Partial<ListState>) => void;
  /** Institutions to choose from, at a superior. */
  institutions: readonly InstitutionBrief[];
}

/** Search as typed, but not while an input method is still choosing the characters. */
export function SearchBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [before, setBefore] = useState(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const box = useRef<InputRef>(null);
  if (before !== value) {
    // The address changed from outside: a chip was closed, or another list opened.
    setBefore(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useShortcut("Ctrl+F", () => box.current?.focus({ cursor: "all" }));
  const later = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text), REST);
  };
  return (
    <Input
      ref={box}
      className="search"
      allowClear
      prefix={<SearchOutlined />}
      placeholder={t("list.search")}
      aria-label={t("list.search")}
      value={typed}
      onCompositionStart={() => {
        composing.current = true;
        clearTimeout(timer.current);
      }}
      onCompositionEnd={(event: CompositionEvent<HTMLInputElement>) => {
        composing.current = false;
        later(event.currentTarget.value);
      }}
      onChange={(event) => {
        setTyped(event.target.value);
        if (!composing.current) later(event.target.value);
      }}
    />
  );
}

export interface ExchangeFilterProps {
  value: ListState["exchange"];
  onChange: (value: ListState["exchange"]) => void;
}

/** How far the superior holds a record. */
export function ExchangeFilter({ value, onChange }: ExchangeFilterProps) {
  const { t } = useTranslation();
  return (
    <Select<NonNullable<ListState["exchange"]>>
      aria-label={t("list.states")}
      placeholder={t("list.states")}
      allowClear
      popupMatchSelectWidth={false}
      {...(value === undefined ? {} : { value })}
      onChange={(next: ListState["exchange"]) => onChange(next)}
      options={exchangeStates.map((state) => ({ value: state, label: t(`exchange.${state}`) }))}
    />
  );
}

function selects(fields: readonly Field[]): Field[] {
  const once = new Set<string>();
  return fields.filter(({ id, kind, choices }) => {
    if (kind !== "select_one" || !choices || once.has(id)) return false;
    once.add(id);
    return true;
  });
}

export function ListFilters({ ledger, state, onChange, institutions }: ListFiltersProps) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const offered = selects(everyFieldOf(standard, ledger));
  const inColumns = offered.filter(({ column, id }) => column || id in state.fields);
  const change = (part: Partial<ListState>) => onChange({ ...part, page: 1 });
  const setField = (id: string, value: string | undefined) => {
    const { [id]: _gone, ...rest } = state.fields;
    change({ fields: value === undefined ? rest : { ...rest, [id]: value } });
  };
  return (
    <div className="filters" role="search">
      <SearchBox value={state.text} onChange={(text) => change({ text })} />
      {ledger.state_field && (
        <Select<string>
          aria-label={t("list.state")}
          popupMatchSelectWidth={false}
          value={state.open === undefined ? "all" : state.open ? "open" : "closed"}
          onChange={(value) => change({ open: value === "all" ? undefined : value === "open" })}
          options={["all", "open", "closed"].map((value) => ({ value, label: t(`list.${value}`) }))}
        />
      )}
      <DatePicker.RangePicker
        aria-label={t("list.between")}
        allowEmpty={[true, true]}
        format={dayFormats}
        placeholder={[t("list.from"), t("list.until")]}
        value={[state.from ? dayjs(state.from) : null, state.until ? dayjs(state.until) : null]}
        onChange={(range) =>
          change({ from: range?.[0]?.format("YYYY-MM-DD"), until: range?.[1]?.format("YYYY-MM-DD") })
        }
      />
      {inColumns.map((field) => (
        <Select<string>
          key={field.id}
          className="filter-select"
          aria-label={say(field.label)}
          placeholder={say(field.label)}
          allowClear
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: "label" }}
          {...(state.fields[field.id] === undefined ? {} : { value: state.fields[field.id] ?? "" })}
          onChange={(value: string | undefined) => setField(field.id, value)}
          options={choicesOf(standard, ledger, field).map(({ id, label }) => ({ value: id, label: say(label) }))}
        />
      ))}
      {institutions.length > 1 && (
        <Select<string>
          className="filter-select"
          aria-label={t("list.institution")}
          placeholder={t("list.institution")}
          allowClear
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: "label" }}
          {...(state.institution === undefined ? {} : { value: state.institution })}
          onChange={(value: string | undefined) => change({ institution: value })}
          options={institutions.map(({ code, name }) => ({ value: code, label: say(name) }))}
        />
      )}
      <ExchangeFilter value={state.exchange} onChange={(exchange) => change({ exchange })} />
      <button
        type="button"
        className={`chip${state.late ? " on" : ""}`}
        aria-pressed={state.late === true}
        onClick={() => change({ late: state.late ? undefined : true })}
      >
        {t("list.lateOnly")}
      </button>
      <button
        type="button"
        className={`chip${state.withdrawn ? " on" : ""}`}
        aria-pressed={state.withdrawn}
        onClick={() => change({ withdrawn: !state.withdrawn })}
      >
        {t("list.withWithdrawn")}
      </button>
      {state.dueBefore && (
        <button type="button" className="chip on" onClick={() => change({ dueBefore: undefined })}>
          {t("list.dueBefore", { day: state.dueBefore })} <CloseOutlined />
        </button>
      )}
      {state.ids.length > 0 && (
        <button type="button" className="chip on" onClick={() => change({ ids: [] })}>
          {t("list.exactly", { count: state.ids.length })} <CloseOutlined />
        </button>
      )}
      {narrowed(state) && (
        <Button type="link" size="small" onClick={() => onChange({ ...wholeList, sort: state.sort, size: state.size })}>
          {t("list.clear")}
        </Button>
      )}
    </div>
  );
}
