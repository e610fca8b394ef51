/** People, facilities and institutions by a few letters; works with the keyboard alone. */
import { Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { LookupKind, LookupRow } from "../generated/core";
import { call } from "../platform/client";
import type { Names } from "./fieldText";

const REST = 180;

export interface PickerProps {
  id?: string;
  kind: LookupKind;
  /** Names of what is chosen already. */
  names: Names;
  /** Told the names of what was chosen. */
  learn?: (names: Names) => void;
  institution?: string | undefined;
  /** Of a record: the ledgers it may be of. */
  ledgers?: readonly string[] | undefined;
  placeholder?: string;
  autoFocus?: boolean;
}

interface Option {
  value: string;
  label: string;
  detail: string;
}

const optionOf = ({ id, label, detail }: LookupRow): Option => ({ value: id, label, detail });

function useOptions(kind: LookupKind, institution: string | undefined, ledgers: readonly string[] | undefined) {
  const [options, setOptions] = useState<Option[]>([]);
  const [searching, setSearching] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text: string, rest = REST) => {
    clearTimeout(timer.current);
    turn.current += 1;
    const mine = turn.current;
    setSearching(true);
    timer.current = setTimeout(() => {
      call("lookup", {
        kind,
        text: text.trim(),
        ...(institution === undefined ? {} : { institution }),
        ...(ledgers === undefined ? {} : { ledgers: [...ledgers] }),
      }).then(
        (rows) => {
          if (mine !== turn.current) return;
          setOptions(rows.map(optionOf));
          setSearching(false);
        },
        () => {
          if (mine === turn.current) setSearching(false);
        },
      );
    }, rest);
  };
  return { options, searching, search };
}

function OptionLine({ label, detail }: { label: string; detail: string }) {
  return (
    <span className="picker-option">
      <span>{label}</span>
      {detail !== "" && <span className="quiet">{detail}</span>}
    </span>
  );
}

export interface LookupPickerProps extends PickerProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One of them. */
export function LookupPicker({ value, onChange, kind, names, learn, institution, ledgers, ...rest }: LookupPickerProps) {
  const { t } = useTranslation();
  const { options, searching, search } = useOptions(kind, institution, ledgers);
  const chosen = value ? { value, label: names[value] ?? value, detail: "" } : null;
  const offered = chosen && !options.some((option) => option.value === chosen.value) ? [...options, chosen] : options;
  return (
    <Select<string, Option>
      {...rest}
      allowClear
      {...(value ? { value } : {})}
      showSearch={{ filterOption: false, onSearch: (text) => search(text) }}
      options={offered}
      optionRender={({ data }) => <OptionLine {...data} />}
      notFoundContent={searching ? t("form.searching") : t(`form.none.${kind}`)}
      onOpenChange={(open) => {
        if (open) search("", 0);
      }}
      onChange={(next: string | undefined, option) => {
        if (next && option && !Array.isArray(option)) learn?.({ [next]: option.label });
        onChange(next);
      }}
    />
  );
}

export interface LookupManyProps extends PickerProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
  max?: number | undefined;
}

/** Several of them. */
export function LookupMany({ value, onChange, kind, names, learn, institution, ledgers, max, ...rest }: LookupManyProps) {
  const { t } = useTranslation();
  const { options, searching, search } = useOptions(kind, institution, ledgers);
  const missing = value.filter((id) => !options.some((option) => option.value === id));
  const offered = [...options, ...missing.map((id) => ({ value: id, label: names[id] ?? id, detail: "" }))];
  return (
    <Select<string[], Option>
      {...rest}
      mode="multiple"
      allowClear
      value={[...value]}
      {...(max === undefined ? {} : { maxCount: max })}
      showSearch={{ filterOption: false, onSearch: (text) => search(text), autoClearSearchValue: true }}
      options={offered}
      optionRender={({ data }) => <OptionLine {...data} />}
      notFoundContent={searching ? t("form.searching") : t(`form.none.${kind}`)}
      onOpenChange={(open) => {
        if (open) search("", 0);
      }}
      onChange={(next, chosen) => {
        const list = Array.isArray(chosen) ? chosen : chosen ? [chosen] : [];
        learn?.(Object.fromEntries(list.map(({ value: id, label }) => [id, label])));
        onChange(next);
      }}
    />
  );
}

/** A person of the institution. */
export function PersonPicker(props: Omit<LookupPickerProps, "kind">) {
  return <LookupPicker {...props} kind="person" />;
}
