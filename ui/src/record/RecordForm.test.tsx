import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { SaveArgs } from "../generated/core";
import { switchLanguage } from "../i18n";
import { go } from "../layout/route";
import { showInside } from "../test/inside";
import type { FakeCore } from "../test/fakeCore";
import { LedgerPages } from "./LedgerPages";

beforeEach(() => {
  switchLanguage("zh-CN");
});

function open(path: string[], prepare?: (core: FakeCore) => void): FakeCore {
  go(path);
  return showInside(<LedgerPages room="ledgers" ledger={path[1] ?? ""} />, prepare);
}

const saved = (core: FakeCore) => core.called("record_save") as SaveArgs[];

test("the act's date is never filled in by itself; Ctrl+S saves what was typed", async () => {
  const user = userEvent.setup();
  const core = open(["ledgers", "L09", "new"]);
  const hazard = await screen.findByLabelText(/隐患情况/);
  expect(screen.getByLabelText(/发现日期/)).toHaveValue("");
  expect(screen.getByText(/录入时间 2026-11-23/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "今天" }));
  await user.type(hazard, "二号柜按钮失灵");
  await user.keyboard("{Control>}s{/Control}");
  expect(await screen.findByText("已保存")).toBeVisible();
  expect(saved(core)[0]?.body).toMatchObject({ occurred: "2026-11-23", fields: { description: "二号柜按钮失灵", state: "registered" } });
});

test("an old act asks why it is entered late", async () => {
  const core = open(["ledgers", "L09", "new"]);
  const day = await screen.findByLabelText(/发现日期/);
  const user = userEvent.setup();
  await user.type(day, "2026-11-01{Enter}");
  await user.type(await screen.findByLabelText(/补录原因/), "停电");
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(saved(core)[0]?.body.late).toEqual({ reason: "停电" }));
});

test("no key acts while an input method is composing", async () => {
  const core = open(["ledgers", "L09", "new"]);
  const hazard = await screen.findByLabelText(/隐患情况/);
  fireEvent.keyDown(hazard, { key: "s", ctrlKey: true, isComposing: true });
  fireEvent.keyDown(hazard, { key: "Escape", keyCode: 229 });
  expect(saved(core)).toHaveLength(0);
  expect(window.location.hash).toBe("#/ledgers/L09/new");
});

test("refused answers are shown at their fields, everything typed stays", async () => {
  const user = userEvent.setup();
  const core = open(["ledgers", "L12", "new"], (made) => {
    made.refuse = [
      { path: "fields.scenario", code: "required-missing", fields: {} },
      { path: "fields.roles[0].role", code: "required-missing", fields: {} },
    ];
  });
  await user.type(await screen.findByLabelText(/所用预案/), "防抢预案");
  await user.click(screen.getByRole("button", { name: /过程/ }));
  await user.click(screen.getByRole("button", { name: /加一行角色分工/ }));
  await user.keyboard("{Control>}s{/Control}");
  const row = await screen.findByRole("group", { name: "角色分工 第 1 行" });
  expect(within(row).getByRole("alert")).toBeVisible();
  expect(screen.getByLabelText(/所用预案/)).toHaveValue("防抢预案");
  await waitFor(() => expect(document.activeElement?.closest("[data-place]")).toHaveAttribute("data-place", "scenario"));
  expect(core.records.size).toBe(0);
});

test("a draft is kept while typing and offered on return", async () => {
  const user = userEvent.setup();
  const core = open(["ledgers", "L12", "new"]);
  const plan = await screen.findByLabelText(/所用预案/);
  await user.type(plan, "防抢");
  expect(await screen.findByText(/草稿已保存 08:31/)).toBeVisible();
  expect(core.drafts.size).toBe(1);
  go(["ledgers", "L12"]);
  await screen.findByRole("heading", { name: /应急演练/ });
  go(["ledgers", "L12", "new"]);
  expect(await screen.findByLabelText(/所用预案/)).toHaveValue("");
  await user.click(await screen.findByRole("button", { name: "继续" }));
  expect(screen.getByLabelText(/所用预案/)).toHaveValue("防抢");
  await user.keyboard("{Control>}s{/Control}");
  await screen.findByText("已保存");
  expect(core.drafts.size).toBe(0);
});

test("a correction asks why, names the version it was made from, and shows what it changed", async () => {
  const user = userEvent.setup();
  const ids: string[] = [];
  const core = open(["ledgers", "L12"], (made) => {
    ids.push(made.add("L12", "2026-11-23T09:00:00+08:00", { plan: "旧预案" }));
  });
  const base = core.records.get(ids[0] ?? "")?.versions[0]?.reference;
  go(["ledgers", "L12", ids[0] ?? "", "correct"]);
  const plan = await screen.findByLabelText(/所用预案/);
  await user.clear(plan);
  await user.type(plan, "新预案");
  await user.type(screen.getByLabelText(/更正原因/), "写错");
  await user.click(screen.getByRole("button", { name: /保存更正/ }));
  expect(await screen.findByText("更正已保存")).toBeVisible();
  expect(saved(core)[0]).toMatchObject({ id: ids[0], base: [base], body: { change: "写错" } });
  await user.click(screen.getByRole("button", { name: "查看这条" }));
  const history = await screen.findByRole("complementary", { name: "历史" });
  expect(within(history).getByText("旧预案")).toBeVisible();
  expect(within(history).getByText("更正原因：写错")).toBeVisible();
});

test("dropped photos are attached once each", async () => {
  const core = open(["ledgers", "person", "new"]);
  await screen.findByLabelText(/姓名/);
  const zone = document.querySelector("[data-files='photo']");
  if (!zone) throw new Error("no place for photos");
  const file = new File(["photo"], "照片.png", { type: "image/png" });
  fireEvent.drop(zone, { dataTransfer: { files: [file] } });
  expect(await screen.findByRole("button", { name: "移去 照片.png" })).toBeVisible();
  await userEvent.setup().keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(saved(core)[0]?.body.files).toMatchObject([{ name: "照片.png", field: "photo" }]));
});

test("withdrawing says what will happen and who will be named", async () => {
  const user = userEvent.setup();
  const ids: string[] = [];
  open(["ledgers", "L12"], (made) => {
    ids.push(made.add("L12", "2026-11-23T09:00:00+08:00", { plan: "旧预案" }));
  });
  go(["ledgers", "L12", ids[0] ?? ""]);
  await screen.findByRole("complementary", { name: "历史" });
  await user.click(screen.getByRole("button", { name: /作废/ }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("作废人写明为 龚䶮");
  await user.type(within(dialog).getByLabelText("作废原因"), "重复登记");
  await user.click(within(dialog).getByRole("button", { name: /^作 ?废$/ }));
  expect(await screen.findByText("作废原因：重复登记")).toBeVisible();
});
