import { readFileSync } from "node:fs";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll, inEveryLook } from "./accessible";
import Papa from "papaparse";

import { Egress } from "./egress";
import { privateNames, renamedHouses } from "./renamed-houses";
import { patience } from "../patience";

const file = renamedHouses();

async function load(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles({
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await page.getByTestId("step-match").click();
  await expect(page.getByTestId("related")).toBeVisible();
}

test("a table in other words goes by a related island to predictions", async ({
  page,
  baseURL,
}) => {
  const egress = new Egress(page);
  await load(page);
  const related = page.getByTestId("related");
  await expect(related).toContainText("less certain");
  await expect(related).toContainText("House sales");
  await expect(related).toContainText("15 of 18 features");
  await expect(related).toContainText("sqft_above, sqft_living15, and sqft_lot15");
  await related.getByText("15 columns seem to be the same").click();
  await expect(related.getByText("“washrooms” as bathrooms")).toBeVisible();
  await expect(page.getByTestId("find")).toBeHidden();

  await related.getByRole("radio", { name: "House sales" }).click();
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
  const prices = await downloadPrices(page);
  expect(prices).toHaveLength(file.rows);
  expect(prices.every((price) => price > 20 && price < 8000)).toBe(true);

  await expect(page.getByTestId("no-model")).toContainText("lacks columns");

  const filled = page.getByTestId("filled-in");
  await expect(filled).toHaveAttribute("data-filling", "lines");
  await filled.getByRole("button").click();
  await expect(filled).toHaveAttribute("data-filling", "network", { timeout: patience(120) });
  const others = await downloadPrices(page);
  expect(others).not.toEqual(prices);
  const apart = others.map((price, i) => Math.abs(price / prices[i]! - 1)).sort((x, y) => x - y);
  expect(apart[apart.length >> 1]).toBeLessThan(0.25);
  await egress.expectClean(new URL(baseURL!).origin, privateNames);
});

/** What is predicted, in the order of the rows. */
async function downloadPrices(page: Page): Promise<number[]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download").click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  const [header, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  expect(header!.slice(0, file.header.length)).toEqual(file.header);
  expect(header).toContain("predicted_price_k");
  return rows.map((row) => Number(row[header!.indexOf("predicted_price_k")]));
}

test("a pair can be changed, and the island stays chosen", async ({ page }) => {
  await load(page);
  await page.getByTestId("related").getByRole("radio", { name: "House sales" }).click();
  const features = page.getByRole("list", { name: "Features" });
  await features.getByRole("button", { name: /^grade,/ }).click();
  await page.getByLabel("Column for grade").selectOption({ label: "state of repair" });
  await expect(page.getByTestId("pair")).toContainText("Joined by you");
  await features.getByRole("button", { name: /^condition,/ }).click();
  await expect(page.getByLabel("Column for condition")).toHaveValue("");
  await expect(page.getByTestId("island")).toContainText("House sales");
});

test("a related island is accessible, in Chinese too", async ({ page }) => {
  await load(page);
  await page.getByRole("button", { name: "中文" }).click();
  const related = page.getByTestId("related");
  await expect(related).toContainText("相关的数据类型");
  await related.locator("summary").click();
  await inEveryLook(page, () => expectAccessible(page));
  await related.getByRole("radio").click();
  await expect(page.getByTestId("joined")).toBeVisible();
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});
