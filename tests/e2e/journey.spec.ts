import { tableSpace } from "../../src/engine/kinds/space";
import { readFileSync } from "node:fs";

import { expect, type Page, test } from "@playwright/test";
import Papa from "papaparse";

import type { IslandSummary } from "../../src/contracts/http/dock-api";
import { canaries, canaryFile } from "./canary-file";
import { Egress } from "./egress";
import { houseColumns } from "./house-columns";
import { predictByHand } from "./oracle";
import { addressFor, expectComputed, goTo } from "./steps";

const file = canaryFile();

async function search(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId("file-input").setInputFiles({
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await expect(page.getByTestId("verdict")).toContainText("18 of 18");
  await expect(page.getByTestId("grid")).toBeVisible();
  await goTo(page, "match");
  await expect(page.getByTestId("mapping")).toContainText(canaries.column);
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
}

async function predictAndDownload(page: Page): Promise<string[][]> {
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download").click(),
  ]);
  expect(download.suggestedFilename()).toBe("houses to price-predictions.csv");
  const text = readFileSync(await download.path(), "utf8");
  return Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
}

/** Weighted predictions of the learnwares named on a card, made by the oracle. */
async function expected(page: Page, members: readonly (readonly [string, number])[]) {
  const listed = await page.request.get("/api/v1/islands/house-sales");
  const { space } = (await listed.json()) as IslandSummary;
  const sum = new Float64Array(file.rows.length);
  for (const [id, weight] of members) {
    const zip = await (await page.request.get(`/api/v1/learnwares/${id}/package`)).body();
    const values = await predictByHand(zip, tableSpace(space), file.rows, houseColumns);
    values.forEach((value, i) => (sum[i]! += weight * value));
  }
  return sum;
}

test("a table becomes predictions, and nothing of it leaves", async ({ page, baseURL }, info) => {
  const egress = new Egress(page);
  await search(page, addressFor(info));
  await expect(page.getByTestId("what-leaves")).toContainText("points");
  await expectComputed(page, info);

  const mixture = page.locator('[data-testid="recommendation"][data-key="mixture"]');
  await mixture.click();
  const members = (await mixture.getAttribute("data-members"))!
    .split(" ")
    .map((part) => part.split(":"))
    .map(([id, weight]) => [id!, Number(weight)] as const);
  const [header, ...rows] = await predictAndDownload(page);

  expect(header).toEqual([...file.header, "predicted_price_k", "far_from_training"]);
  expect(rows.map((row) => row.slice(0, -2))).toEqual(file.rows);
  const oracle = await expected(page, members);
  rows.forEach((row, i) => {
    expect(Math.abs(Number(row.at(-2)) / oracle[i]! - 1), `row ${i}`).toBeLessThan(1e-4);
  });
  await egress.expectClean(new URL(baseURL!).origin, Object.values(canaries));
});

test("one learnware instead of the combination", async ({ page }, info) => {
  await search(page, addressFor(info));
  const single = page.locator('[data-testid="recommendation"][data-kind="single"]').first();
  await single.click();
  const id = (await single.getAttribute("data-key"))!;
  const [, ...rows] = await predictAndDownload(page);
  const oracle = await expected(page, [[id, 1]]);
  rows.forEach((row, i) => {
    expect(Math.abs(Number(row.at(-2)) / oracle[i]! - 1), `row ${i}`).toBeLessThan(1e-4);
  });
});

test("what is shown before sending is what is sent", async ({ page }, info) => {
  const egress = new Egress(page);
  await search(page, addressFor(info));
  const shown = await page.getByTestId("what-leaves").locator("pre").textContent();
  expect(egress.bodies()).toEqual([shown]);
});
