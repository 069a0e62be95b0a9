import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { defineConfig } from "@playwright/test";

import { findChromium, findShell } from "../find-chromium";
import { patience } from "../patience";

const port = Number(process.env["BERTH_E2E_PORT"] ?? 8123);
const base = [
  ...["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
  "--host-resolver-rules=MAP berth.test 127.0.0.1", // A name that no browser trusts.
];

function launching(executablePath: string, ...args: string[]) {
  return { launchOptions: { executablePath, args: [...base, ...args] } };
}

/** The built app on a dock of its own, in two browsers: one with WebGPU (by software), one without. */
export default defineConfig({
  testDir: ".",
  workers: 2,
  timeout: patience(180),
  expect: { timeout: patience(60) },
  outputDir: "../../test-results",
  reporter: "list",
  use: {
    baseURL: `http://localhost:${port}`,
    trace: process.env["BERTH_TRACE"] ? "retain-on-failure" : "off", // A fifth of the time.
    serviceWorkers: "block", // What it answers, a test that stands in for the dock would not see.
  },
  webServer: {
    command: "node src/cli/berth.js dock",
    cwd: join(import.meta.dirname, "../.."),
    url: `http://localhost:${port}/api/v1/healthz`,
    stderr: "ignore",
    timeout: patience(120),
    env: {
      PORT: String(port),
      BERTH_NAME: "Dock of the tests",
      BERTH_PAGES: "*",
      BERTH_DATA: mkdtempSync(join(tmpdir(), "berth-e2e-")),
    },
  },
  projects: [
    {
      name: "webgpu",
      testMatch: ["journey.spec.ts", "texts.spec.ts", "pictures.spec.ts"],
      // One of each kind: software shaders are slow, and the others differ on no GPU.
      grep: /a table becomes predictions|texts in a table get a label|a folder of pictures becomes labels/,
      use: launching(
        findChromium(),
        ...["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
      ),
    },
    // Debian's Chromium paints by a GPU that software stands in for, unless told not to.
    { name: "no-adapter", use: launching(findShell(), "--disable-gpu") },
  ],
});
