/** The input of each kind of field: one table, so that a new kind is one line here. */
import { DatePicker, Input, InputNumber, Radio, Select, TimePicker } from "antd";
import dayjs from "dayjs";
import type { ComponentType } from "react";

import type { Field, FieldKind } from "../generated/core";
import { Lines } from "../parts/Lines";
import { choicesOf, useStandard, useText } from "../standard";
import { AttachmentInput } from "./Attachments";
import { ChecklistInput, type Verdicts } from "./ChecklistInput";
import { useFormScope } from "./FormScope";
import { LookupMany, LookupPicker } from "./LookupPicker";
import type { Values } from "./model";
import { RepeatInput } from "./RepeatInput";
import { addDays, dayOf, wallOf, written } from "./time";

export interface InputProps {
  id: string;
  field: Field;
  /** Where the value stands in the form: `plan`, `steps/2/time`. */
  place: string;
  value: unknown;
  onChange: (value: unknown) => void;
  faulty: boolean;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const status = (faulty: boolean) => (faulty ? { status: "error" as const } : {});

/** Written forms that people type for a date; the first is shown. */
export const dayFormats = ["YYYY-MM-DD", "YYYY.M.D", "YYYY/M/D", "YYYYMMDD", "YYYY年M月D日"];
export const momentFormats = ["YYYY-MM-DD HH:mm", "YYYY.M.D H:mm", "YYYY/M/D H:mm", "YYYYMMDD HHmm", "YYYYMMDDHHmm"];

/** Fewer choices than this are shown side by side, one key press away. */
const SIDE_BY_SIDE = 5;
const NARROW = 34;

function LineInput({ id, field, value, onChange, faulty }: InputProps) {
  const most = field.limits?.max_length;
  return (
    <Input
      id={id}
      {...status(faulty)}
      {...(most ? { maxLength: most } : {})}
      value={text(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function LinesInput({ id, field, value, onChange, faulty }: InputProps) {
  const most = field.limits?.max_length;
  return (
    <Lines
      id={id}
      {...status(faulty)}
      {...(most ? { maxLength: most } : {})}
            least={2}
            most={10}
      value={text(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function NumberInput({ id, field, value, onChange, faulty }: InputProps) {
  const { min, max } = field.limits ?? {};
  return (
    <InputNumber<number>
      id={id}
      {...status(faulty)}
      {...(min === undefined || min === null ? {} : { min })}
      {...(max === undefined || max === null ? {} : { max })}
      {...(field.kind === "integer" ? { precision: 0 } : {})}
      changeOnWheel={false}
      value={typeof value === "number" ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

function useLatest(field: Field): { maxDate?: dayjs.Dayjs } {
  const { today } = useFormScope();
  return field.limits?.not_future ? { maxDate: dayjs(addDays(today, 1)).subtract(1, "minute") } : {};
}

function DayInput({ id, field, value, onChange, faulty }: InputProps) {
  const latest = useLatest(field);
  const day = text(value);
  return (
    <DatePicker
      id={id}
      {...status(faulty)}
      {...latest}
      format={dayFormats}
      value={day === "" ? null : dayjs(dayOf(day))}
      onChange={(next) => onChange(next ? next.format("YYYY-MM-DD") : undefined)}
    />
  );
}

function MomentInput({ id, field, value, onChange, faulty }: InputProps) {
  const latest = useLatest(field);
  const moment = text(value);
  return (
    <DatePicker
      id={id}
      {...status(faulty)}
      {...latest}
      showTime={{ format: "HH:mm" }}
      needConfirm={false}
      format={momentFormats}
      value={moment === "" ? null : dayjs(wallOf(moment))}
      onChange={(next) => onChange(next ? written(next.format("YYYY-MM-DDTHH:mm")) : undefined)}
    />
  );
}

function ClockInput({ id, value, onChange, faulty }: InputProps) {
  const time = text(value);
  return (
    <TimePicker
      id={id}
      {...status(faulty)}
      needConfirm={false}
      format={["HH:mm", "H:mm", "HHmm", "HH：mm"]}
      value={time === "" ? null : dayjs(`2000-01-01T${time}`)}
      onChange={(next) => onChange(next ? next.format("HH:mm") : undefined)}
    />
  );
}

function useChoices(field: Field): { value: string; label: string }[] {
  const standard = useStandard();
  const say = useText();
  const { ledger } = useFormScope();
  return choicesOf(standard, ledger, field).map(({ id, label }) => ({ value: id, label: say(label) }));
}

/** What the search box of a list matches: the wording and the identifier. */
const search = {
  filterOption: (typed: string, option?: { value?: unknown; label?: unknown }) =>
    option !== undefined && `${String(option.value)} ${String(option.label)}`.toLowerCase().includes(typed.trim().toLowerCase()),
};

function OneInput({ id, field, value, onChange, faulty }: InputProps) {
  const choices = useChoices(field);
  const chosen = text(value);
  const width = choices.reduce((sum, { label }) => sum + Array.from(label).length + 2, 0);
  if (choices.length <= SIDE_BY_SIDE && choices.length > 0 && width <= NARROW)
    return (
      <Radio.Group
        id={id}
        name={id}
        aria-labelledby={`${id}-label`}
        options={choices}
        value={chosen === "" ? null : chosen}
        onChange={(event) => onChange(event.target.value as string)}
      />
    );
  return (
    <Select<string>
      id={id}
      {...status(faulty)}
      showSearch={search}
      allowClear={!field.required}
      options={choices}
      {...(chosen === "" ? {} : { value: chosen })}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}

function ManyInput({ id, field, value, onChange, faulty }: InputProps) {
  const choices = useChoices(field);
  return (
    <Select<string[]>
      id={id}
      {...status(faulty)}
      mode="multiple"
      showSearch={search}
      allowClear
      options={choices}
      value={texts(value)}
      onChange={onChange}
    />
  );
}

function PostInput({ id, value, onChange, faulty }: InputProps) {
  const standard = useStandard();
  const say = useText();
  const chosen = text(value);
  return (
    <Select<string>
      id={id}
      {...status(faulty)}
      showSearch={search}
      allowClear
      options={standard.posts.map((post) => ({ value: post.id, label: say(post.title) }))}
      {...(chosen === "" ? {} : { value: chosen })}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}

function LookupInput({ id, field, value, onChange }: InputProps) {
  const { names, learn, institution } = useFormScope();
  const kind =
    field.kind === "facility" || field.kind === "institution" || field.kind === "record" ? field.kind : "person";
  return (
    <LookupPicker
      id={id}
      kind={kind}
      names={names}
      learn={learn}
      institution={kind === "institution" ? undefined : institution}
      ledgers={field.ledgers}
      value={text(value) || undefined}
      onChange={onChange}
    />
  );
}

function PeopleInput({ id, field, value, onChange }: InputProps) {
  const { names, learn, institution } = useFormScope();
  return (
    <LookupMany
      id={id}
      kind="person"
      names={names}
      learn={learn}
      institution={institution}
      max={field.limits?.max_items ?? undefined}
      value={texts(value)}
      onChange={onChange}
    />
  );
}

function FilesInput({ field, place, value, onChange }: InputProps) {
  return <AttachmentInput field={field} place={place} value={texts(value)} onChange={onChange} />;
}

function ItemsInput({ field, place, value, onChange }: InputProps) {
  return <ChecklistInput field={field} place={place} value={(value ?? {}) as Verdicts} onChange={onChange} />;
}

function RowsInput({ field, place, value, onChange }: InputProps) {
  return (
    <RepeatInput field={field} place={place} value={Array.isArray(value) ? (value as Values[]) : []} onChange={onChange} />
  );
}

export const inputs: Readonly<Record<FieldKind, ComponentType<InputProps>>> = {
  text: LineInput,
  multiline: LinesInput,
  integer: NumberInput,
  decimal: NumberInput,
  date: DayInput,
  time: ClockInput,
  dateTime: MomentInput,
  select_one: OneInput,
  select_multiple: ManyInput,
  image: FilesInput,
  file: FilesInput,
  person: LookupInput,
  people: PeopleInput,
  post: PostInput,
  facility: LookupInput,
  institution: LookupInput,
  record: LookupInput,
  checklist: ItemsInput,
  repeat: RowsInput,
};

export function FieldInput(props: InputProps) {
  const Input = inputs[props.field.kind];
  return <Input {...props} />;
}
