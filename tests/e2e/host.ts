/**
 * What every journey starts from: a test host of its own with an empty data folder, and a page on it that may not
 * break the content policy or throw unseen.
 */
import { test as base, expect, type Page } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export const top = resolve(import.meta.dirname, "../..");
const binary = process.env["TESTHOST"] ?? join(top, "target/debug/safety-testhost");
const pictures = join(top, "test-results/screenshots");

export interface Host {
  /** Where the UI is served. */
  url: string;
  /** A folder that lives as long as the journey; the store lies in it. */
  folder: string;
  stop(): Promise<void>;
}

/** Waits until a program has ended by itself. */
export function ended(process: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (process.exitCode !== null || process.signalCode !== null) done();
    else process.once("exit", () => done());
  });
}

/** Starts a test host on a free port; it prints its address as the first line. */
export async function startHost(folder: string, store = join(folder, "account.db")): Promise<Host> {
  const host = spawn(binary, ["--store", store, "--dist", join(top, "ui/dist"), "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((found, failed) => {
    host.once("error", failed);
    host.once("exit", (code) => failed(new Error(`the test host ended with ${code} before it served anything`)));
    createInterface({ input: host.stdout }).once("line", (line) => {
      const address = /https?:\/\/\S+/.exec(line)?.[0];
      if (address) found(address);
      else failed(new Error(`the test host printed no address: ${line}`));
    });
  });
  return {
    url,
    folder,
    async stop() {
      host.kill("SIGTERM");
      await ended(host);
    },
  };
}

/** Fails the journey on a broken content policy, an error in the page, or an error on the console. */
export function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error in the page: ${error.message}`));
  page.on("console", (message) => {
    // A refused command is an answer, not a fault; the browser logs its status all the same.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(`on the console: ${message.text()}`);
  });
  return faults;
}

/** Keeps a picture of the page as test output. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Answers the next path the UI asks for; in the desktop window this is the system's own file dialog. */
export function answerPath(page: Page, path: string): void {
  page.once("dialog", (dialog) => void dialog.accept(path));
}

export const test = base.extend<{ host: Host; faults: string[] }>({
  host: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "outlet-safety-"));
    const host = await startHost(folder);
    await use(host);
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  },
  faults: [
    async ({ page }, use) => {
      const faults = watch(page);
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
