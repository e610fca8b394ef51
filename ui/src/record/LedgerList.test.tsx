import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { LedgerPrintArgs, RecordsQuery } from "../generated/core";
import { switchLanguage } from "../i18n";
import { go } from "../layout/route";
import type { FakeCore } from "../test/fakeCore";
import { showInside } from "../test/inside";
import { LedgerPages } from "./LedgerPages";

beforeEach(() => {
  switchLanguage("zh-CN");
  window.localStorage.clear();
});

const hazards = (core: FakeCore) => {
  const add = (description: string, due: string, more = {}) =>
    core.add("L09", "2026-11-10", { description, deadline: due, state: "registered" }, { open: true, due, title: description, ...more });
  add("二号柜按钮失灵", "2026-11-18");
  add("灭火器压力不足", "2026-12-05", { late: true, exchange: "receipted" });
};

function open(query: Record<string, string> = {}, prepare = hazards): FakeCore {
  go(["ledgers", "L09"], query);
  return showInside(<LedgerPages room="ledgers" ledger="L09" />, prepare);
}

const lastQuery = (core: FakeCore) => core.called("records_list").at(-1) as RecordsQuery;

test("both times, the state of exchange and the late entry are words in every row", async () => {
  open();
  const row = (await screen.findByText("灭火器压力不足")).closest("tr");
  if (!row) throw new Error("no row");
  expect(within(row).getByText("2026-11-10")).toBeVisible();
  expect(within(row).getByText("2026-11-23 08:31")).toBeVisible();
  expect(within(row).getByText("上级已收")).toBeVisible();
  expect(within(row).getByText("补录")).toBeVisible();
  expect(screen.getByText("共 2 条")).toBeVisible();
});

test("an overdue deadline says by how much", async () => {
  open();
  expect(await screen.findByTitle("已超期 5 天")).toHaveTextContent("2026-11-18");
});

test("the search waits for the input method", async () => {
  const core = open();
  const box = await screen.findByRole("textbox", { name: /全文查找/ });
  fireEvent.compositionStart(box);
  fireEvent.change(box, { target: { value: "mie" } });
  fireEvent.compositionEnd(box, { target: { value: "灭火" } });
  fireEvent.change(box, { target: { value: "灭火" } });
  await waitFor(() => expect(lastQuery(core).text).toBe("灭火"));
  expect(core.called("records_list").map((query) => (query as RecordsQuery).text)).not.toContain("mie");
  await waitFor(() => expect(screen.getByText("共 1 条")).toBeVisible());
});

test("filters stand in the address, and an address opens exactly its list", async () => {
  const user = userEvent.setup();
  const core = open({ late: "1", due_before: "2026-12-31" });
  await screen.findByText("共 1 条");
  expect(lastQuery(core)).toMatchObject({ ledgers: ["L09"], late: true, due_before: "2026-12-31" });
  await user.click(screen.getByRole("button", { name: "清除筛选" }));
  await screen.findByText("共 2 条");
  expect(window.location.hash).toBe("#/ledgers/L09");
});

test("rows are walked and opened with the keyboard, Ctrl+N begins a new one", async () => {
  const user = userEvent.setup();
  open();
  const first = (await screen.findByText("二号柜按钮失灵")).closest("tr");
  first?.focus();
  await user.keyboard("{ArrowDown}");
  const focused = document.activeElement;
  await user.keyboard("{Enter}");
  expect(window.location.hash).toBe(`#/ledgers/L09/${focused?.getAttribute("data-row-key") ?? ""}`);
  go(["ledgers", "L09"]);
  await screen.findByText("共 2 条");
  await user.keyboard("{Control>}n{/Control}");
  expect(window.location.hash).toBe("#/ledgers/L09/new");
});

test("what is printed is what is listed", async () => {
  const user = userEvent.setup();
  const core = open({ late: "1" });
  await screen.findByText("共 1 条");
  await user.click(screen.getByRole("button", { name: /打印/ }));
  await waitFor(() => expect(core.called("ledger_print")).toHaveLength(1));
  const { query, path } = core.called("ledger_print")[0] as LedgerPrintArgs;
  expect(query).toMatchObject({ ledgers: ["L09"], late: true });
  expect(path).toBe("/tmp/list.pdf");
});

test("an empty ledger says what it is for and how to begin", async () => {
  open({}, () => undefined);
  expect(await screen.findByText(/一条隐患从头记到尾/)).toBeVisible();
  expect(screen.getByRole("button", { name: /登记隐患整改台账/ })).toBeVisible();
});
