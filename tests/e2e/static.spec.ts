import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";
import Papa from "papaparse";

import { exportApp } from "../../src/dock/mirror/static-app";
import { canaries, canaryFile } from "./canary-file";
import { Egress } from "./egress";
import { headersOf, isolation, serveFiles } from "./static-server";

const root = join(import.meta.dirname, "../..");
const file = canaryFile();
const directory = mkdtempSync(join(tmpdir(), "berth-static-e2e-"));

test.beforeAll(async () => {
  cpSync(join(root, "public/starter"), join(directory, "dock"), { recursive: true }); // It is an export.
  await exportApp(join(root, "dist"), directory, "dock");
});

async function find(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId("file-input").setInputFiles({
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await expect(page.getByTestId("mapping")).toContainText("18");
  await expect(page.getByTestId("files-only")).toContainText("nothing about your data is sent");
  await expect(page.getByTestId("privacy")).toHaveCount(0);
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
}

async function predictAndDownload(page: Page): Promise<void> {
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download").click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  const [header, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  expect(header).toEqual([...file.header, "predicted_price_k", "far_from_training"]);
  expect(rows.map((row) => row.slice(0, -2))).toEqual(file.rows);
  for (const row of rows) expect(Number(row.at(-2))).toBeGreaterThan(0);
}

const ways = [
  {
    host: "that only isolates, in a folder",
    headersFor: () => isolation,
    below: "/some/where/",
  },
  { host: "that reads _headers", headersFor: null, below: "/" },
];

for (const { host, headersFor, below } of ways) {
  test(`a table becomes predictions with plain files on a host ${host}`, async ({ page }) => {
    const server = await serveFiles(directory, headersFor ?? headersOf(directory), below);
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    const egress = new Egress(page);
    try {
      await find(page, server.address);
      await expect(page.getByTestId("what-leaves")).toContainText("Nothing was sent: 0 bytes");
      await predictAndDownload(page);
      await page.goto(`${server.address}#/models`);
      await page.getByTestId("browse-text").fill("wine qality");
      await page.getByTestId("browse-text").press("Enter");
      await expect(page.getByTestId("listing")).toHaveCount(2);
      await expect(page.getByTestId("listing").first()).toContainText("wine");
      await page.goto(server.address);
      await page.getByRole("button", { name: "Flights" }).click();
      await expect(page.getByTestId("find")).toBeVisible();
      await egress.expectClean(server.origin, Object.values(canaries));
    } finally {
      await server.close();
    }
    expect(egress.methods()).toEqual(["GET"]);
    expect(egress.bodies()).toEqual([]);
    for (const { pathname, search } of egress.addresses("/")) {
      expect(pathname.slice(0, below.length)).toBe(below);
      expect(pathname.slice(below.length)).toMatch(/^($|assets\/|dock\/|samples\/|icon\.svg$)/);
      expect(search).toBe("");
    }
    expect(egress.addresses(`${below}dock/packages/`).length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });
}
