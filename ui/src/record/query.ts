/** A list's filters live in its address, so that a number elsewhere can open exactly what it counts. */
import type { ExchangeState, RecordsQuery } from "../generated/core";

export const PAGE_SIZE = 50;
const LARGEST_PAGE = 500;

/** What a list shows, as far as a person chooses it. */
export interface ListState {
  text: string;
  open: boolean | undefined;
  late: boolean | undefined;
  withdrawn: boolean;
  /** Only those whose newest version stands like this with the superior. */
  exchange: ExchangeState | undefined;
  dueBefore: string | undefined;
  from: string | undefined;
  until: string | undefined;
  institution: string | undefined;
  /** Wanted values by select field. */
  fields: Readonly<Record<string, string>>;
  /** Exactly these records. */
  ids: readonly string[];
  sort: string;
  /** From 1. */
  page: number;
  size: number;
}

export const wholeList: ListState = {
  text: "",
  open: undefined,
  late: undefined,
  withdrawn: false,
  exchange: undefined,
  dueBefore: undefined,
  from: undefined,
  until: undefined,
  institution: undefined,
  fields: {},
  ids: [],
  sort: "-occurred",
  page: 1,
  size: PAGE_SIZE,
};

const FIELD = "f.";

/** How far a record may have come, in the order in which it goes. */
export const exchangeStates: readonly ExchangeState[] = ["saved", "bundled", "receipted", "received"];

function flag(value: string | null): boolean | undefined {
  if (value === "1") return true;
  if (value === "0") return false;
  return undefined;
}

function count(value: string | null, otherwise: number, most: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, most) : otherwise;
}

export function readList(query: URLSearchParams): ListState {
  const fields: Record<string, string> = {};
  for (const [key, value] of query) if (key.startsWith(FIELD) && value !== "") fields[key.slice(FIELD.length)] = value;
  const given = (key: string) => query.get(key) ?? undefined;
  return {
    text: query.get("text") ?? "",
    open: flag(query.get("open")),
    late: flag(query.get("late")),
    withdrawn: query.get("withdrawn") === "1",
    exchange: exchangeStates.find((state) => state === query.get("exchange")),
    dueBefore: given("due_before"),
    from: given("from"),
    until: given("until"),
    institution: given("institution"),
    fields,
    ids: query.get("ids")?.split(",").filter(Boolean) ?? [],
    sort: query.get("sort") ?? wholeList.sort,
    page: count(query.get("page"), 1, Number.MAX_SAFE_INTEGER),
    size: count(query.get("size"), PAGE_SIZE, LARGEST_PAGE),
  };
}

/** The address of a list; what is as usual is left out. */
export function writeList(state: Partial<ListState>): Record<string, string> {
  const query: Record<string, string> = {};
  const put = (key: string, value: string | undefined) => {
    if (value !== undefined && value !== "") query[key] = value;
  };
  const sign = (value: boolean | undefined) => (value === undefined ? undefined : value ? "1" : "0");
  put("text", state.text);
  put("open", sign(state.open));
  put("late", sign(state.late));
  if (state.withdrawn) put("withdrawn", "1");
  put("exchange", state.exchange);
  put("due_before", state.dueBefore);
  put("from", state.from);
  put("until", state.until);
  put("institution", state.institution);
  for (const [field, value] of Object.entries(state.fields ?? {})) put(`${FIELD}${field}`, value);
  put("ids", state.ids?.join(","));
  if (state.sort !== wholeList.sort) put("sort", state.sort);
  if (state.page !== 1) put("page", state.page === undefined ? undefined : String(state.page));
  if (state.size !== PAGE_SIZE) put("size", state.size === undefined ? undefined : String(state.size));
  return query;
}

/** What is asked of the core. */
export function queryOf(ledgers: readonly string[], state: ListState): RecordsQuery {
  return {
    ledgers: [...ledgers],
    institutions: state.institution === undefined ? [] : [state.institution],
    ...(state.open === undefined ? {} : { open: state.open }),
    ...(state.late === undefined ? {} : { late: state.late }),
    ...(state.exchange === undefined ? {} : { exchange: state.exchange }),
    ...(state.dueBefore === undefined ? {} : { due_before: state.dueBefore }),
    ...(state.from === undefined ? {} : { from: state.from }),
    ...(state.until === undefined ? {} : { until: state.until }),
    ...(state.text.trim() === "" ? {} : { text: state.text.trim() }),
    fields: { ...state.fields },
    ids: [...state.ids],
    withdrawn: state.withdrawn,
    sort: state.sort,
    offset: (state.page - 1) * state.size,
    limit: state.size,
  };
}

/** Whether anything narrows the list. */
export function narrowed(state: ListState): boolean {
  const { sort: _sort, page: _page, size: _size, ...rest } = writeList(state);
  return Object.keys(rest).length > 0;
}
