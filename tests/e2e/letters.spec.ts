/** Letters of the year: appoint, see who has not signed, print, record the signature, see the coverage move. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { answerPath, expect, picture, test, type Host } from "./host";

async function command<T>(page: Page, host: Host, name: string, args: unknown): Promise<T> {
  const response = await page.request.post(`${host.url}/api/call/${name}`, { data: args });
  expect(response.ok(), await response.text()).toBe(true);
  return (await response.json()) as T;
}

const people = ["吉野𠮷", "李㛃", "王䶮"];

/** An outlet with a head and people to be appointed. */
async function outlet(page: Page, host: Host): Promise<void> {
  await command(page, host, "setup_create", {
    lang: "zh",
    level: "outlet",
    code: "330100001",
    name_zh: "文三路网点",
    name_en: "Wensan Road Outlet",
    opened: null,
    person_name: "龚晓燕",
    post: "P09",
    user: "gong",
    password: "Anquan-2026",
  });
  const { today } = await command<{ today: string }>(page, host, "app_status", {});
  const posts = ["P10", "P11", "P13"];
  for (const [at, name] of people.entries()) {
    const body = { occurred: today, fields: { name, employee_no: `00${at + 1}`, status: "active" } };
    const person = await command<{ id: string }>(page, host, "record_save", { ledger: "person", base: [], body });
    if (at < 2)
      await command(page, host, "record_save", {
        ledger: "appointment",
        base: [],
        body: { occurred: today, fields: { person: person.id, post: posts[at], institution: "330100001" } },
      });
  }
}

test("posts show vacancies, an appointment fills one, letters are printed and signed", async ({ page, host }) => {
  await outlet(page, host);
  await page.goto(`${host.url}/#/responsibility/posts`);
  const teller = page.getByRole("row", { name: /柜员/ });
  await expect(teller).toContainText("空缺");
  await picture(page, "posts-zh");
  await teller.getByText("柜员").click();
  await expect(page.getByText("签订责任书")).toBeVisible();
  await teller.getByRole("link", { name: "任命" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /登记：任职/ })).toBeVisible();
  await page.getByRole("combobox", { name: /人员|姓名|任职人/ }).first().fill("王䶮");
  await page.locator(".ant-select-dropdown:visible").getByText("王䶮").first().click();
  await page.getByRole("button", { name: "今天" }).click();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("已保存", { exact: true })).toBeVisible();
  await page.goto(`${host.url}/#/responsibility/posts`);
  await expect(page.getByRole("row", { name: /柜员/ })).toContainText("王䶮");

  await page.goto(`${host.url}/#/responsibility/letters`);
  await expect(page.getByText("已签 0 / 应签 4")).toBeVisible();
  // The head answers to a post at the superior that nobody holds on this PC.
  await expect(page.getByRole("row", { name: /龚晓燕/ }).first()).toContainText("空缺");
  await page.getByRole("button", { name: "选择全部未签（3）" }).click();
  await page.getByRole("button", { name: "打印责任书（3）" }).click();
  await page.getByRole("textbox").last().fill(host.folder);
  await page.getByText("每人一个文件").click();
  await picture(page, "letters-print-zh");
  await page.getByRole("button", { name: "打印 3 份" }).click();
  await expect(page.getByText(/已打印 3 份责任书：3 个文件/)).toBeVisible();
  await picture(page, "letters-printed-zh");
  const first = page.locator(".printed").getByRole("button", { name: /\.pdf$/ }).first();
  const name = (await first.textContent())?.trim() ?? "";
  expect(readFileSync(join(host.folder, name)).subarray(0, 5).toString()).toBe("%PDF-");
  await expect(page.getByRole("row", { name: /已打印，待签/ })).toHaveCount(3);

  await page.getByRole("row", { name: /王䶮/ }).getByRole("button", { name: "登记签订" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(dialog.getByText("请填写签订日期。")).toBeVisible();
  const { today } = await command<{ today: string }>(page, host, "app_status", {});
  await dialog.getByLabel("签订日期").fill(today);
  await dialog.getByLabel("签订日期").press("Enter");
  await dialog.getByLabel("签订地点").fill("网点会议室");
  answerPath(page, join(host.folder, name));
  await dialog.getByRole("button", { name: "选择文件…" }).click();
  await expect(dialog.getByText(name)).toBeVisible();
  await picture(page, "letter-signed-zh");
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByText("已签 1 / 应签 4")).toBeVisible();
  await expect(page.getByRole("row", { name: /王䶮/ })).toContainText(`已签 ${today}`);

  await page.goto(`${host.url}/#/responsibility/network`);
  await expect(page.getByText(`已签 ${today}`)).toBeVisible();
  await picture(page, "network-zh");
  await page.getByText("English", { exact: true }).click();
  await expect(page.getByText(`signed ${today}`)).toBeVisible();
  await picture(page, "network-en");
});

test("letters in English, merged for the printer", async ({ page, host }) => {
  await outlet(page, host);
  await page.goto(`${host.url}/#/responsibility/letters`);
  await page.getByText("English", { exact: true }).first().click();
  await page.getByRole("button", { name: "Choose all unsigned (2)" }).click();
  await page.getByRole("button", { name: "Print letters (2)" }).click();
  await page.getByRole("textbox").last().fill(host.folder);
  await picture(page, "letters-print-en");
  await page.getByRole("button", { name: "Print 2", exact: true }).click();
  await expect(page.getByText(/Letters printed: 2; files: 1;/)).toBeVisible();
  await picture(page, "letters-printed-en");
});
