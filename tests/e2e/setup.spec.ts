/** First run in both languages: set up, keep the recovery code, lock, be refused, wait, unlock, recover. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { answerPath, expect, picture, test } from "./host";

const password = "Anquan-2026";

async function recoveryCode(page: Page): Promise<string> {
  const code = await page.locator(".groups").getAttribute("data-code");
  if (code === null) throw new Error("no recovery code on screen");
  return code;
}

test("in Chinese: errors at their fields, recovery code printed and kept, wrong password, recovery", async ({ page, host }) => {
  await page.goto(host.url);
  await page.getByRole("button", { name: /我是网点/ }).click();
  await page.getByRole("button", { name: "建立台账" }).click();
  await expect(page.getByText("请填写这一项。")).toHaveCount(4);
  await page.getByLabel("机构号").fill("杭州一号");
  await expect(page.getByText("只能用字母、数字和短横线", { exact: false })).toBeVisible();
  await page.getByLabel("机构号").fill("330100001");
  await page.getByLabel("中文名称").fill("杭州市西湖区文三路第二支行营业部（原古荡储蓄所）");
  await page.getByLabel("姓名").fill("龚䶮𠮷");
  await page.getByLabel("岗位").click();
  await page.locator(".ant-select-dropdown:visible").getByText("网点负责人", { exact: true }).click();
  await page.getByLabel("登录名").fill("gong");
  await page.getByLabel("口令", { exact: true }).fill("short");
  await page.getByLabel("再输一遍口令").fill("other");
  await page.getByRole("button", { name: "建立台账" }).click();
  await expect(page.getByText("口令太短，至少 8 个字符。")).toBeVisible();
  await expect(page.getByText("两次输入的口令不一样。")).toBeVisible();
  await page.getByLabel("口令", { exact: true }).fill(password);
  await page.getByLabel("再输一遍口令").fill(password);
  await picture(page, "setup-zh");
  // Another language keeps what was typed.
  await page.getByText("English", { exact: true }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("龚䶮𠮷");
  await page.getByText("中文", { exact: true }).click();
  await page.getByRole("button", { name: "建立台账" }).click();

  await expect(page.getByRole("heading", { name: "恢复码" })).toBeVisible();
  const code = await recoveryCode(page);
  await expect(page.getByRole("button", { name: "开始使用" })).toBeDisabled();
  const sheet = join(host.folder, "恢复码.pdf");
  answerPath(page, sheet);
  await page.getByRole("button", { name: "打印恢复码" }).click();
  await expect(page.getByText(`已写到 ${sheet}`)).toBeVisible();
  expect(existsSync(sheet) && statSync(sheet).size > 1000).toBe(true);
  await picture(page, "recovery-code-zh");
  await page.getByText("恢复码已打印或抄好，并妥善保管").click();
  await page.getByRole("button", { name: "开始使用" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /今日/ })).toBeVisible();
  await picture(page, "today-first-zh");

  await page.getByRole("button", { name: /锁定/ }).click();
  await expect(page.getByRole("heading", { name: "解锁" })).toBeVisible();
  await page.getByLabel("口令").fill("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByText("用户名或口令不对。", { exact: false })).toBeVisible();
  await expect(page.getByLabel("口令")).toHaveValue("");
  await picture(page, "wrong-password-zh");
  await page.getByLabel("口令").fill(password);
  // A wrong password costs a second before the next one is looked at; a person does not type that fast.
  await expect(async () => {
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: /今日/ })).toBeVisible({ timeout: 2000 });
  }).toPass();

  await page.getByRole("button", { name: /锁定/ }).click();
  await page.getByRole("button", { name: /使用恢复码/ }).click();
  await page.getByLabel("恢复码").fill("1234-5678");
  await page.getByLabel("新口令").fill("Xin-kouling-1");
  await page.getByLabel("再输一遍口令").fill("Xin-kouling-1");
  await page.getByRole("button", { name: "设定新口令并开启" }).click();
  await expect(page.getByText("恢复码不对。", { exact: false })).toBeVisible();
  await page.getByLabel("恢复码").fill(code.toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "设定新口令并开启" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /今日/ })).toBeVisible();
});

test("in English, as a superior bank; many wrong passwords have to wait", async ({ page, host }) => {
  await page.goto(host.url);
  await page.getByText("English", { exact: true }).click();
  await page.getByRole("button", { name: /I am a superior bank/ }).click();
  await page.getByLabel("Level").click();
  await page.locator(".ant-select-dropdown:visible").getByText("Sub-branch", { exact: true }).click();
  await page.getByLabel("Institution code").fill("330100");
  await page.getByLabel("Name in English").fill("Hangzhou West Lake Sub-branch");
  await page.getByLabel("Name", { exact: true }).fill("Li Ya");
  await page.getByLabel("Login name").fill("li");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(password);
  await picture(page, "setup-en");
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByRole("heading", { name: "Recovery code" })).toBeVisible();
  await picture(page, "recovery-code-en");
  await page.getByText("The code is printed or copied down", { exact: false }).click();
  await page.getByRole("button", { name: "Start working" }).click();
  await expect(page.getByText("Hangzhou West Lake Sub-branch")).toBeVisible();
  await expect(page.getByRole("menuitem")).toHaveCount(9);

  await page.getByRole("button", { name: /Lock/ }).click();
  for (let turn = 0; turn < 12; turn += 1) {
    if ((await page.getByText(/Wrong password: wait/).count()) > 0) break;
    await page.getByLabel("Password").fill(`wrong ${turn}`);
    const answer = page.waitForResponse(/\/api\/call\/unlock$/);
    await page.getByRole("button", { name: "Unlock" }).click();
    await answer;
    await page.waitForTimeout(100);
  }
  await expect(page.getByText(/Wrong password: wait \d+ seconds/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Unlock" })).toBeDisabled();
  await picture(page, "slow-down-en");
  await expect(page.getByRole("button", { name: "Unlock" })).toBeEnabled({ timeout: 90_000 });
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Today/ })).toBeVisible();
});

test("a window left alone locks itself, and what was being written waits as a draft", async ({ page, host }) => {
  await page.clock.install();
  await page.goto(host.url);
  const created = await page.request.post(`${host.url}/api/call/setup_create`, {
    data: {
      lang: "zh",
      level: "outlet",
      code: "330100001",
      name_zh: "文三路网点",
      name_en: "",
      opened: null,
      person_name: "龚䶮",
      post: "P09",
      user: "gong",
      password,
    },
  });
  expect(created.ok()).toBe(true);
  await page.goto(`${host.url}/#/ledgers/L18/new`);
  await page.reload();
  const field = page.locator("form textarea").first();
  await field.fill("本月安全例会，内容写到一半");
  await page.clock.runFor(3_000);
  await expect(page.getByText(/草稿已保存/)).toBeVisible();
  await page.clock.fastForward(11 * 60_000);
  await expect(page.getByRole("heading", { name: "解锁" })).toBeVisible();
  await page.getByLabel("口令").fill(password);
  await page.keyboard.press("Enter");
  await page.goto(`${host.url}/#/today`);
  await expect(page.getByText(/草稿/).first()).toBeVisible();
});
