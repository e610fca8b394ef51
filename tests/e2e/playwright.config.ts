/** Journeys through the real UI on the real core, in the system's own Chromium; no browser is ever downloaded. */
import { defineConfig } from "@playwright/test";

const results = "../../test-results/e2e";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: `${results}/traces`,
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"], ["json", { outputFile: `${results}/report.json` }]],
  use: {
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1366, height: 768 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      // The system's sandbox helper refuses root, as which a clean build machine runs.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
