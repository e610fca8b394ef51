import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: "./",
  plugins: [react()],
  server: { port: 5173, strictPort: true, fs: { allow: [".."] } },
  build: {
    target: "es2022",
    // A data: font or script would need a looser content policy than the window has.
    assetsInlineLimit: 0,
    // One program, read from the program itself: there is no network whose round trips chunks would save.
    chunkSizeWarningLimit: 3000,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    // antd's forms are slow in jsdom on a busy machine.
    testTimeout: 30_000,
  },
});
