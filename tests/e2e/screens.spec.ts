/**
 * Every screen in both languages, at an outlet and at its superior with a year of records and at an outlet on its
 * first day: each shows something, no error, breaks no content policy, fits the window. Their pictures are for people.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

import { ended, picture, startHost, top, watch, type Host } from "./host";

type Lang = "zh" | "en";
const safetyctl = process.env["SAFETYCTL"] ?? join(top, "target/debug/safetyctl");
const locales = { zh: "zh-CN", en: "en" } as const;

/** Words of the first screens, from where the screens have them. */
interface Places {
  setup: { back: string; kinds: Record<"outlet" | "superior" | "demo", { title: string }> };
  unlock: { forgotten: string };
}
const words = (lang: Lang) => JSON.parse(readFileSync(join(top, `assets/messages/places.${locales[lang]}.json`), "utf8")) as Places;
const places: Record<Lang, Places> = { zh: words("zh"), en: words("en") };

/** How long a walk over all screens of one store may take on a busy machine. */
const WALK = 240_000;

interface DemoStore {
  store: string;
  user: string;
  password: string;
  institution: string;
}

interface Demo {
  superior: DemoStore;
  outlets: DemoStore[];
}

const test = base.extend<object, { demo: Record<Lang, Demo> }>({
  demo: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "outlet-safety-screens-"));
      const build = async (lang: Lang): Promise<Demo> => {
        const dir = join(folder, lang);
        const made = spawn(safetyctl, ["demo", "--dir", dir, "--outlets", "2", "--lang", lang], {
          stdio: ["ignore", "ignore", "inherit"],
        });
        await ended(made);
        expect(made.exitCode, "the demo world could not be built").toBe(0);
        return JSON.parse(readFileSync(join(dir, "summary.json"), "utf8")) as Demo;
      };
      const [zh, en] = await Promise.all([build("zh"), build("en")]);
      await use({ zh, en });
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: WALK },
  ],
});

/** One page on one store, which knows when the core has answered everything the page asked. */
class Walk {
  private waiting = 0;
  readonly faults: string[];

  private constructor(
    readonly page: Page,
    readonly host: Host,
    private readonly name: string,
  ) {
    this.faults = watch(page);
    const asks = (url: string) => url.includes("/api/call/");
    page.on("request", (request) => {
      if (asks(request.url())) this.waiting += 1;
    });
    page.on("requestfailed", (request) => {
      if (asks(request.url())) this.waiting -= 1;
    });
    page.on("requestfinished", (request) => {
      if (asks(request.url())) this.waiting -= 1;
    });
    page.on("response", (response) => {
      if (asks(response.url()) && !response.ok()) this.faults.push(`refused: ${response.url()}`);
    });
  }

  static async begin(context: BrowserContext, host: Host, lang: Lang, role: string): Promise<Walk> {
    const page = await context.newPage();
    return new Walk(page, host, `${lang}-${role}`);
  }

  async call<T>(command: string, args: unknown): Promise<T> {
    const response = await this.page.request.post(`${this.host.url}/api/call/${command}`, { data: args });
    expect(response.ok(), `${command}: ${await response.text()}`).toBe(true);
    return (await response.json()) as T;
  }

  /** Nothing is asked of the core any more and nothing says that it waits. */
  async settled(): Promise<void> {
    let quiet = 0;
    await expect
      .poll(
        async () => {
          const spinning = await this.page.locator(".waiting, .ant-spin-spinning").count();
          quiet = this.waiting === 0 && spinning === 0 ? quiet + 1 : 0;
          return quiet;
        },
        { intervals: [40] },
      )
      .toBeGreaterThan(2);
  }

  /** What a screen must never show, whatever it is about. */
  async sound(screen: string): Promise<void> {
    await this.settled();
    const { page } = this;
    await expect(page.locator("#root")).not.toBeEmpty();
    await expect.soft(page.locator(".ant-alert-error, .ant-result-error"), `${screen}: an error`).toHaveCount(0);
    const found = await page.evaluate(() => {
      const text = document.body.innerText;
      const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      return { key: /\b[a-z]+(\.[a-z]+[A-Za-z]*){2,}\b|\{[a-z_]+\}/.exec(text)?.[0] ?? null, over, length: text.trim().length };
    });
    expect.soft(found.key, `${screen}: a key or a gap instead of words`).toBeNull();
    expect.soft(found.over, `${screen}: wider than the window`).toBeLessThanOrEqual(0);
    expect.soft(found.length, `${screen}: empty`).toBeGreaterThan(10);
    expect.soft(this.faults, screen).toEqual([]);
  }

  /** Keeps a picture of what is on screen now. */
  async picture(screen: string): Promise<void> {
    await this.sound(screen);
    await picture(this.page, `${this.name}-${screen}`);
  }

  async show(address: string): Promise<void> {
    await this.page.goto(`${this.host.url}/#/${address}`);
  }

  /** Goes to each place; a place with a name is pictured, the others are only looked at. */
  async through(places: readonly (readonly [address: string, name?: string])[]): Promise<void> {
    for (const [address, name] of places) {
      await this.show(address);
      if (name === undefined) await this.sound(address);
      else await this.picture(name);
    }
  }
}

async function open(context: BrowserContext, { store, user, password }: DemoStore, lang: Lang, role: string): Promise<Walk> {
  const host = await startHost(store.replace(/[^/]*$/, ""), store);
  const walk = await Walk.begin(context, host, lang, role);
  await walk.page.goto(host.url);
  await walk.picture("unlock");
  await walk.call("unlock", { user, password });
  await walk.page.reload();
  return walk;
}

interface Row {
  id: string;
}

async function firstOf(walk: Walk, query: object): Promise<string> {
  const { rows } = await walk.call<{ rows: Row[] }>("records_list", { limit: 1, ...query });
  expect(rows.length, JSON.stringify(query)).toBe(1);
  return rows[0]?.id ?? "";
}

interface Standard {
  ledgers: { id: string; levels: string[] }[];
}

async function ledgersAt(walk: Walk, level: string): Promise<string[]> {
  const { ledgers } = await walk.call<Standard>("standard_current", {});
  return ledgers.filter(({ levels }) => levels.length === 0 || levels.includes(level)).map(({ id }) => id);
}

const settings = ["personal", "users", "standard", "store", "activity", "about"].map((tab) => [`settings/${tab}`, `settings-${tab}`] as const);
const responsibility = (["posts", "person", "letters", "network", "institutions"] as const).map((tab) => [`responsibility/${tab}`, `responsibility-${tab}`] as const);

// Nothing is done on these screens that a trace would explain, and recording one costs more than the walk.
test.use({ trace: "off" });

for (const lang of ["zh", "en"] as const) {
  test.describe(`in ${lang}`, () => {
    test.use({ locale: locales[lang] });
    test.setTimeout(WALK);

    test("an outlet with a year of records", async ({ context, demo }) => {
      const outlet = demo[lang].outlets[0];
      if (!outlet) throw new Error("a demo world without outlets");
      const walk = await open(context, outlet, lang, "outlet");
      const record = (ledger: string) => firstOf(walk, { ledgers: [ledger] });
      const hazard = await record("L09");
      await walk.through([
        ["today", "today"],
        ["today/obligations", "obligations"],
        ["ledgers", "ledgers"],
        ["ledgers/L12", "list"],
        [`ledgers/L12/${await record("L12")}`, "record"],
        [`ledgers/L09/${hazard}`, "record-hazard"],
        [`ledgers/L09/${hazard}/correct`, "form-correct"],
        ["ledgers/L12/new", "form"],
        ["ledgers/L07/new", "form-daily"],
        ["ledgers/L08/new", "form-checklist"],
        ["ledgers/appointment/new", "form-appointment"],
        ["archive", "archive"],
        ["archive/L01", "archive-profile"],
        ["archive/L03", "archive-facilities"],
        ["inspections", "inspections"],
        ["rotation", "rotation"],
        ...responsibility,
        [`responsibility/person/${await record("person")}`, "person"],
        ["exchange", "exchange"],
        ["exchange/enrol", "exchange-enrol"],
        ["exchange/history", "exchange-history"],
        ...settings,
      ]);
      for (const id of await ledgersAt(walk, "outlet")) await walk.through([[`ledgers/${id}`], [`ledgers/${id}/new`]]);
      await walk.page.keyboard.press("Control+k");
      await walk.page.getByRole("dialog").getByRole("textbox").fill(lang === "zh" ? "演练" : "drill");
      await walk.picture("palette");
      await walk.host.stop();
    });

    test("their superior", async ({ context, demo }) => {
      const { superior, outlets } = demo[lang];
      const walk = await open(context, superior, lang, "superior");
      const below = outlets[0]?.institution ?? "";
      const hazard = await firstOf(walk, { ledgers: ["L09"], institutions: [below] });
      await walk.through([
        ["today", "today"],
        ["today/obligations", "obligations"],
        ["outlets", "outlets"],
        ["outlets/duties", "outlets-duties"],
        [`outlets/${below}`, "outlet"],
        [`outlets/${below}/duties`, "outlet-duties"],
        ["ledgers", "ledgers"],
        ["ledgers/L12", "list"],
        [`ledgers/L09/${hazard}`, "record"],
        ["archive", "archive"],
        ["archive/L03", "archive-facilities"],
        ["inspections", "inspections"],
        ["rotation", "rotation"],
        ...responsibility,
        ["exchange", "exchange"],
        ["exchange/below", "exchange-below"],
        ["exchange/enrol", "exchange-enrol"],
        ["exchange/history", "exchange-history"],
        ...settings,
      ]);
      for (const id of await ledgersAt(walk, "sub_branch")) await walk.through([[`ledgers/${id}`]]);
      await walk.host.stop();
    });

    test("the first day of an outlet: setting up, and every room before anything is in it", async ({ context }) => {
      const folder = mkdtempSync(join(tmpdir(), "outlet-safety-"));
      const host = await startHost(folder);
      const walk = await Walk.begin(context, host, lang, "new");
      const { page } = walk;
      const { setup, unlock } = places[lang];
      await page.goto(host.url);
      await walk.picture("setup");
      for (const kind of ["outlet", "superior", "demo"] as const) {
        await page.getByRole("button", { name: setup.kinds[kind].title }).click();
        await walk.picture(`setup-${kind}`);
        await page.getByRole("button", { name: setup.back, exact: true }).click();
      }
      await walk.call("setup_create", {
        lang,
        level: "outlet",
        code: "330100009",
        name_zh: lang === "zh" ? "文三路网点" : "Wensan Road Outlet",
        name_en: "Wensan Road Outlet",
        opened: null,
        person_name: lang === "zh" ? "𠮷野" : "Yoshino",
        post: "P09",
        user: "head",
        password: "Anquan-2026",
      });
      await page.reload();
      await walk.through([
        ["today", "today"],
        ["today/drafts", "drafts"],
        ["ledgers", "ledgers"],
        ["ledgers/L12", "list"],
        ["archive", "archive"],
        ["archive/L03", "archive-facilities"],
        ["inspections", "inspections"],
        ["rotation", "rotation"],
        ...responsibility,
        ["exchange", "exchange"],
        ["exchange/enrol", "exchange-enrol"],
        ["exchange/history", "exchange-history"],
      ]);
      await walk.call("lock", {});
      await page.reload();
      await walk.settled();
      await page.getByRole("button", { name: unlock.forgotten }).click();
      await walk.picture("recover");
      await walk.host.stop();
      rmSync(folder, { recursive: true, force: true });
    });
  });
}
