/** The one list of all ledgers: columns from the definition, paged, sorted and filtered by the core. */
import { Button, Dropdown, Table, type TableColumnType } from "antd";
import { useMemo, useState, type Key, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Field, InstitutionBrief, Ledger, RecordRow, RecordsPage } from "../generated/core";
import { settled } from "../keys";
import { ErrorNotice } from "../parts/ErrorNotice";
import { useSession } from "../session/Session";
import { everyFieldOf, useStandard, useText } from "../standard";
import { FieldLine } from "./FieldValue";
import type { ListState } from "./query";
import { ExchangeWord, StateTags } from "./StateTags";
import { daysBetween, shownTime } from "./time";
import { useWidth } from "./useWidth";

export interface RecordTableProps {
  ledger: Ledger;
  page: RecordsPage | undefined;
  loading: boolean;
  error: unknown;
  state: ListState;
  onChange: (change: Partial<ListState>) => void;
  onOpen: (row: RecordRow) => void;
  /** Institutions by code, at a superior. */
  institutions: readonly InstitutionBrief[];
  today: string;
  empty: ReactNode;
}

/** Pixels below which a column of a kind says nothing; dates and times are shown whole or not at all. */
const narrowest: Partial<Record<Field["kind"], number>> = { date: 94, dateTime: 132, time: 58, integer: 56, decimal: 64, text: 106, multiline: 120, people: 100 };
const NARROWEST = 72;
/** The mark before a state or a deadline. */
const MARK = 16;
/** A state is what a list of open matters is read for: five Chinese characters without the mark. */
const STATE = 92;

/** Pixels of a letter in a column's heading, and of what stands beside the words. */
const LETTER = 9;
const BESIDE = 20;

/** A heading breaks between words and between Chinese characters, never within a word. */
function headingWidth(heading: string): number {
  const longest = Math.max(0, ...(heading.match(/[\w()'-]+/g) ?? []).map(({ length }) => length));
  return longest * LETTER + BESIDE;
}

function leastWidth({ id, kind, label }: Field, ledger: Ledger, say: (label: Field["label"]) => string): number {
  const state = id === ledger.state_field;
  const least = state ? STATE : (narrowest[kind] ?? NARROWEST);
  return Math.max(headingWidth(say(label)), least + (state || id === ledger.due_field ? MARK : 0));
}

/** How far the definition's widths are pressed or stretched. */
const TIGHTEST = 0.62;
const WIDEST = 1.6;

function widthOf(columns: readonly { width?: unknown }[]): number {
  return columns.reduce((sum, { width }) => sum + (typeof width === "number" ? width : 100), 0);
}

function Cell({ children }: { children: ReactNode }) {
  return <div className="cell">{children}</div>;
}

/** Kinds whose order in SQL is the order people expect. */
const sortable: readonly Field["kind"][] = ["text", "integer", "decimal", "date", "time", "dateTime", "select_one"];
const figures: readonly Field["kind"][] = ["integer", "decimal"];

/** Columns a person took away, by ledger. Kept on this PC only. */
function hiddenKey(ledger: string): string {
  return `outlet-safety.columns.${ledger}`;
}

/** None as long as nobody chose: then as many columns are shown as there is room for. */
function readHidden(ledger: string): string[] | undefined {
  return window.localStorage.getItem(hiddenKey(ledger))?.split(",").filter(Boolean);
}

/** The columns for which there is no room any more, in the order of the definition; the first is always shown. */
export function withoutRoom(columns: readonly { id: string; least: number }[], room: number): string[] {
  let used = 0;
  const full = columns.findIndex(({ least }, at) => {
    used += least;
    return at > 0 && used > room;
  });
  return full < 0 ? [] : columns.slice(full).map(({ id }) => id);
}

export function columnFields(standard: Parameters<typeof everyFieldOf>[0], ledger: Ledger): Field[] {
  const once = new Set<string>();
  return everyFieldOf(standard, ledger).filter(({ id, column }) => {
    if (!column || once.has(id)) return false;
    once.add(id);
    return true;
  });
}

/** A deadline is the same order under its own name and under `due`. */
function sortKey(field: string, sort: string, ledger: Ledger): string {
  return field === ledger.due_field && sort.endsWith("due") ? "due" : field;
}

function orderOf(sort: string, key: string): "ascend" | "descend" | null {
  if (sort === key) return "ascend";
  return sort === `-${key}` ? "descend" : null;
}

export function RecordTable(props: RecordTableProps) {
  const { ledger, page, loading, error, state, onChange, onOpen, institutions, today, empty } = props;
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { superior } = useSession();
  const [box, room] = useWidth();
  const [chosen, setChosen] = useState(() => readHidden(ledger.id));
  const fields = useMemo(() => columnFields(standard, ledger), [standard, ledger]);
  const names = page?.names ?? {};
  const places = new Map(institutions.map(({ code, name }) => [code, say(name)]));

  const hide = (next: string[]) => {
    setChosen(next);
    window.localStorage.setItem(hiddenKey(ledger.id), next.join(","));
  };
  const sorted = (key: string) => ({ key, sorter: true, sortOrder: orderOf(state.sort, key) });

  const occurred: TableColumnType<RecordRow> = {
    ...sorted("occurred"),
    title: ledger.occurred_label ? say(ledger.occurred_label) : t("list.occurred"),
    width: ledger.occurred === "dateTime" ? 136 : 106,
    fixed: "left",
    render: (_, row) => shownTime(row.occurred),
  };
  const institution: TableColumnType<RecordRow> = {
    key: "institution",
    title: t("list.institution"),
    width: 130,
    render: (_, row) => <Cell>{places.get(row.institution) ?? row.institution}</Cell>,
  };
  const entry: TableColumnType<RecordRow> = {
    ...sorted("recorded"),
    title: t("list.recorded"),
    width: 132,
    fixed: "left",
    className: "entry",
    render: (_, row) => shownTime(row.recorded),
  };
  const author: TableColumnType<RecordRow> = {
    key: "author",
    title: t("list.author"),
    width: 76,
    render: (_, row) => <Cell>{row.author}</Cell>,
  };
  const states: TableColumnType<RecordRow> = {
    key: "states",
    title: t("list.states"),
    width: 142,
    fixed: "right",
    render: (_, row) => (
      <span className="states">
        <ExchangeWord state={row.exchange} />
        <StateTags row={row} />
      </span>
    ),
  };
  const before = superior ? [occurred, entry, institution] : [occurred, entry];
  const left = room - widthOf([...before, author, states]);
  const least = (field: Field) =>
    Math.max(leastWidth(field, ledger, say), Math.round((field.column?.width ?? 100) * TIGHTEST));
  const hidden = chosen ?? withoutRoom(fields.map((field) => ({ id: field.id, least: least(field) })), left);
  // The definition's widths are shares of what is left; below a limit the list scrolls instead.
  const shown = fields.filter(({ id }) => !hidden.includes(id));
  const wanted = widthOf(shown.map(({ column }) => ({ width: column?.width ?? 100 })));
  const scale = wanted === 0 ? 1 : Math.min(WIDEST, Math.max(TIGHTEST, left / wanted));
  const own = shown.map(
      (field): TableColumnType<RecordRow> => ({
        ...(sortable.includes(field.kind) && !field.sensitive ? sorted(sortKey(field.id, state.sort, ledger)) : { key: field.id }),
        title: say(field.label),
        width: Math.max(leastWidth(field, ledger, say), Math.round((field.column?.width ?? 100) * scale)),
        ...(figures.includes(field.kind) ? { align: "right" as const } : {}),
        render: (_, row) => {
          const overdue = field.id === ledger.due_field && row.open && row.due !== null && row.due < today;
          const line = <FieldLine ledger={ledger} field={field} value={row.fields[field.id]} names={names} />;
          return (
            <Cell>
              {overdue && row.due !== null ? (
                <span className="state bad" title={t("list.overdueBy", { days: daysBetween(row.due, today) })}>
                  {line}
                </span>
              ) : (
                line
              )}
            </Cell>
          );
        },
      }),
    );
  const columns = [...before, ...own, author, states];
  const width = widthOf(columns);

  /** Arrow keys walk over the rows, Enter opens. */
  const walk = settled<HTMLElement>((event) => {
    const rows = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>("tr[data-row-key]") ?? [])];
    const at = rows.indexOf(event.currentTarget);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      rows[at + step]?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.currentTarget.click();
    }
  });

  return (
    <div className="record-table" ref={box}>
      {error !== undefined && <ErrorNotice error={error} />}
      <Table<RecordRow>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={page?.rows ?? []}
        loading={{ spinning: loading, delay: 250 }}
        tableLayout="fixed"
        sticky={{ offsetHeader: -14 }}
        scroll={{ x: width }}
        showSorterTooltip={false}
        locale={{ emptyText: loading ? " " : empty }}
        onRow={(row) => ({
          tabIndex: 0,
          className: row.withdrawn ? "withdrawn" : "",
          onClick: () => onOpen(row),
          onKeyDown: walk,
        })}
        pagination={{
          current: state.page,
          pageSize: state.size,
          total: page?.total ?? 0,
          showSizeChanger: true,
          pageSizeOptions: [20, 50, 100, 200],
          hideOnSinglePage: false,
          showTotal: (total) => t("list.total", { count: total }),
        }}
        onChange={(paging, _filters, sorter, { action }) => {
          if (action === "paginate") {
            onChange({ page: paging.current ?? 1, size: paging.pageSize ?? state.size });
          } else if (action === "sort" && !Array.isArray(sorter)) {
            const key: Key | undefined = sorter.columnKey;
            const sign = sorter.order === "descend" ? "-" : "";
            onChange({ sort: sorter.order && key !== undefined ? `${sign}${String(key)}` : "-occurred", page: 1 });
          }
        }}
        footer={() => (
          <Dropdown
            trigger={["click"]}
            menu={{
              selectable: true,
              multiple: true,
              selectedKeys: fields.map(({ id }) => id).filter((id) => !hidden.includes(id)),
              items: fields.map(({ id, label }) => ({ key: id, label: say(label) })),
              onClick: ({ key }) => hide(hidden.includes(key) ? hidden.filter((id) => id !== key) : [...hidden, key]),
            }}
          >
            <Button type="link" size="small">
              {t("list.columns", { shown: own.length, all: fields.length })}
            </Button>
          </Dropdown>
        )}
      />
    </div>
  );
}
