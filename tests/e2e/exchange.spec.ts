/** An outlet and its superior, two programs, one stick: enrol, hand over, receive, and take the receipt back. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "@playwright/test";

import { expect, picture, startHost, test, watch, type Host } from "./host";

interface Side {
  host: Host;
  page: Page;
  faults: string[];
  close(): Promise<void>;
}

const sides: Side[] = [];

test.afterEach(async () => {
  for (const one of sides.splice(0)) await one.close();
});

async function side(browser: Browser, setup: Record<string, unknown>): Promise<Side> {
  const folder = mkdtempSync(join(tmpdir(), "outlet-safety-"));
  const host = await startHost(folder);
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = watch(page);
  const response = await page.request.post(`${host.url}/api/call/setup_create`, {
    data: { lang: "zh", opened: null, user: "head", password: "Anquan-2026", ...setup },
  });
  expect(response.ok(), await response.text()).toBe(true);
  const one: Side = {
    host,
    page,
    faults,
    async close() {
      await context.close();
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  sides.push(one);
  return one;
}

const visit = ({ page, host }: Side, place: string) => page.goto(`${host.url}/#/${place}`);
const bundles = (stick: string) => readdirSync(stick).filter((name) => name.endsWith(".osbundle"));

function only(stick: string, ending: string): string {
  const found = readdirSync(stick).find((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`nothing ends in ${ending} on the stick`);
  return join(stick, found);
}

async function importFrom(one: Side, path: string): Promise<void> {
  await visit(one, "exchange");
  const panel = one.page.locator("section[aria-labelledby=import]");
  await panel.getByRole("textbox").first().fill(path);
  await panel.getByRole("button", { name: "导入", exact: true }).click();
  await expect(panel.locator("[data-outcome]").first()).toBeVisible();
}

test("the outlet enrols, exports, and learns what its superior holds", async ({ browser }) => {
  const outlet = await side(browser, {
    level: "outlet",
    code: "330100001",
    name_zh: "文三路网点",
    name_en: "Wensan Road Outlet",
    person_name: "龚䶮",
    post: "P09",
  });
  const superior = await side(browser, {
    level: "sub_branch",
    code: "330100",
    name_zh: "西湖支行",
    name_en: "West Lake Sub-branch",
    person_name: "李㛃",
    post: "P06",
  });
  const stick = join(outlet.host.folder, "usb");
  mkdirSync(stick);

  // Asking
  await visit(outlet, "exchange");
  await expect(outlet.page.getByText("本机还没有向上级登记", { exact: false })).toBeVisible();
  await outlet.page.getByRole("link", { name: "向上级登记" }).last().click();
  await outlet.page.getByRole("textbox").first().fill(stick);
  await outlet.page.getByRole("button", { name: "写申请文件" }).click();
  const fingerprint = await outlet.page.locator(".groups").getAttribute("data-code");
  await picture(outlet.page, "enrol-asked-zh");

  // Approving, after the fingerprint was read aloud
  await visit(superior, "exchange/below");
  await superior.page.getByRole("button", { name: "审批登记申请" }).first().click();
  await superior.page.getByRole("textbox").first().fill(only(stick, ".osrequest"));
  await superior.page.getByRole("button", { name: "查看" }).click();
  await expect(superior.page.getByText("文三路网点").first()).toBeVisible();
  await expect(superior.page.getByRole("button", { name: "批准", exact: true })).toBeDisabled();
  await superior.page.getByLabel("或者输入对方读出的指纹").fill("0000 0000");
  await expect(superior.page.getByText("还不一致")).toBeVisible();
  await expect(superior.page.getByRole("button", { name: "批准", exact: true })).toBeDisabled();
  await superior.page.getByLabel("或者输入对方读出的指纹").fill(fingerprint ?? "");
  await picture(superior.page, "enrol-approve-zh");
  await superior.page.getByRole("button", { name: "批准", exact: true }).click();
  await expect(superior.page.getByText(/已批准文三路网点/)).toBeVisible();
  await picture(superior.page, "enrol-approved-zh");

  // Accepting
  await outlet.page.getByRole("textbox").nth(1).fill(only(stick, ".osapproval"));
  await outlet.page.getByRole("button", { name: "查看" }).click();
  await outlet.page.getByText("我已在电话里逐组核对，完全一致").click();
  await picture(outlet.page, "enrol-accept-zh");
  await outlet.page.getByRole("button", { name: "确认登记" }).click();
  await expect(outlet.page.getByText("已在西湖支行登记。")).toBeVisible();

  // Handing over: nothing is called received before its receipt
  await outlet.page.getByRole("link", { name: "去导出" }).click();
  const standing = outlet.page.locator("[data-receipted]");
  await expect(standing).toHaveAttribute("data-receipted", "0");
  await outlet.page.getByRole("button", { name: "导出", exact: true }).click();
  await expect(outlet.page.getByText(/已写出 .*\.osbundle/)).toBeVisible();
  await expect(standing).toHaveAttribute("data-receipted", "0");
  await expect(outlet.page.getByText(/已打包：[1-9]\d* 条/)).toBeVisible();
  await picture(outlet.page, "exported-zh");
  const bundle = join(stick, bundles(stick)[0] ?? "");

  // Half a copy and a damaged copy change nothing and say which of these it is
  const bad = join(superior.host.folder, "bad");
  mkdirSync(bad);
  const whole = readFileSync(bundle);
  const half = join(bad, "half.osbundle");
  writeFileSync(half, whole.subarray(0, Math.floor(whole.length / 2)));
  await importFrom(superior, half);
  await expect(superior.page.locator("[data-outcome=refused]")).toContainText(/中断|损坏|不是数据包|不是发给本机构/);
  await picture(superior.page, "import-refused-zh");

  // Receiving
  await importFrom(superior, bundle);
  await expect(superior.page.locator("[data-outcome=imported]")).toContainText("文三路网点");
  const reply = await superior.page.locator("[data-reply]").getAttribute("data-reply");
  await picture(superior.page, "imported-zh");
  await importFrom(superior, bundle);
  await expect(superior.page.locator("[data-outcome=repeated]")).toBeVisible();

  // The receipt
  await importFrom(outlet, reply ?? "");
  await expect(outlet.page.locator("[data-outcome=receipts]")).toBeVisible();
  await expect(standing).toHaveAttribute("data-waiting", "0");
  await expect(standing).toContainText(/西湖支行）已收到第 [1-9]\d* 条为止/);
  await expect(standing).toContainText("全部记录都有回执");
  await picture(outlet.page, "held-zh");
  await outlet.page.getByText("English", { exact: true }).click();
  await expect(standing).toContainText(/holds entries up to [1-9]/);
  await picture(outlet.page, "held-en");

  // History on both sides, and the outlet in the superior's overview down to a record
  await visit(outlet, "exchange/history");
  await expect(outlet.page.getByRole("row", { name: /osbundle/ })).toHaveCount(2);
  await picture(outlet.page, "exchange-history-en");
  await visit(superior, "outlets");
  await superior.page.getByRole("link", { name: "文三路网点" }).click();
  await expect(superior.page.getByRole("heading", { level: 1 })).toContainText("文三路网点");
  await picture(superior.page, "outlet-zh");
  await visit(superior, "ledgers/person?institution=330100001");
  await expect(superior.page.getByText("龚䶮").first()).toBeVisible();

  expect([...outlet.faults, ...superior.faults]).toEqual([]);
});
