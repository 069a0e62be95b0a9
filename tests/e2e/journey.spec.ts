import { readFileSync } from "node:fs";

import { expect, type Page, test } from "@playwright/test";
import Papa from "papaparse";

import type { Island } from "../../src/engine/island/island";
import { canaries, canaryFile } from "./canary-file";
import { Egress } from "./egress";
import { predictByHand } from "./oracle";

/** Where the sample's columns stand, by feature: written by hand, so that matching is tested too. */
const columnOf = {
  sale_month: 1,
  bedrooms: 2,
  bathrooms: 3,
  sqft_living: 4,
  sqft_lot: 5,
  floors: 6,
  waterfront: 7,
  view: 8,
  condition: 9,
  grade: 10,
  sqft_above: 11,
  sqft_basement: 12,
  yr_built: 13,
  yr_renovated: 14,
  lat: 15,
  long: 16,
  sqft_living15: 17,
  sqft_lot15: 18,
};

const file = canaryFile();

async function search(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId("file-input").setInputFiles({
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await expect(page.getByTestId("profile")).toContainText(canaries.column);
  await expect(page.getByTestId("mapping")).toContainText("18");
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible({ timeout: 60_000 });
}

async function predictAndDownload(page: Page): Promise<string[][]> {
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible({ timeout: 60_000 });
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
  const island = (await (await page.request.get("/api/v1/islands/house-sales")).json()) as Island;
  const sum = new Float64Array(file.rows.length);
  for (const [id, weight] of members) {
    const zip = await (await page.request.get(`/api/v1/learnwares/${id}/package`)).body();
    const values = await predictByHand(zip, island, file.rows, columnOf);
    values.forEach((value, i) => (sum[i]! += weight * value));
  }
  return sum;
}

function addressFor(project: string): string {
  return project === "webgpu" ? "/?compute=webgpu" : "/";
}

test("a table becomes predictions, and nothing of it leaves", async ({ page, baseURL }, info) => {
  const egress = new Egress(page);
  await search(page, addressFor(info.project.name));
  await expect(page.getByTestId("what-leaves")).toContainText("points");
  await expect(page.getByRole("contentinfo")).toContainText(
    info.project.name === "webgpu" ? "WebGPU" : "WASM",
  );

  const mixture = page.getByTestId("recommendation").first();
  const members = (await mixture.getAttribute("data-members"))!
    .split(" ")
    .map((part) => part.split(":"))
    .map(([id, weight]) => [id!, Number(weight)] as const);
  const [header, ...rows] = await predictAndDownload(page);

  expect(header).toEqual([...file.header, "predicted_price_k"]);
  expect(rows.map((row) => row.slice(0, -1))).toEqual(file.rows);
  const oracle = await expected(page, members);
  rows.forEach((row, i) => {
    expect(Math.abs(Number(row.at(-1)) / oracle[i]! - 1), `row ${i}`).toBeLessThan(1e-4);
  });
  await egress.expectClean(new URL(baseURL!).origin, Object.values(canaries));
});

test("one learnware instead of the combination", async ({ page }, info) => {
  await search(page, addressFor(info.project.name));
  const single = page.locator('[data-testid="recommendation"]:not([data-key="mixture"])').first();
  await single.click();
  const id = (await single.getAttribute("data-key"))!;
  const [, ...rows] = await predictAndDownload(page);
  const oracle = await expected(page, [[id, 1]]);
  rows.forEach((row, i) => {
    expect(Math.abs(Number(row.at(-1)) / oracle[i]! - 1), `row ${i}`).toBeLessThan(1e-4);
  });
});

test("what is shown before sending is what is sent", async ({ page }, info) => {
  const egress = new Egress(page);
  await search(page, addressFor(info.project.name));
  const shown = await page.getByTestId("what-leaves").locator("pre").textContent();
  expect(egress.bodies()).toEqual([shown]);
});
