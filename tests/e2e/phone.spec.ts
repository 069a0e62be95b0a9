/** @file On a phone: how often it is touched, and how far scrolled, from a file to its predictions. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { expectNoSidewaysScroll } from "./accessible";

const ROWS = 40;
const SCREEN = { width: 390, height: 844 };
const sample = readFileSync(
  join(import.meta.dirname, "../../public/samples/house-sales.csv"),
  "utf8",
);

declare const scrolled: { touches: number; pixels: number };

test.use({ viewport: SCREEN, hasTouch: true, isMobile: true });

test("40 rows take at most ten touches and four screens of scrolling", async ({ page }) => {
  await page.addInitScript(() => {
    const tally = { touches: 0, pixels: 0 };
    let before = 0;
    addEventListener("pointerdown", () => tally.touches++, true);
    addEventListener("scroll", () => {
      tally.pixels += Math.abs(scrollY - before);
      before = scrollY;
    });
    Object.assign(globalThis, { scrolled: tally });
  });
  await page.goto("/");
  const lines = sample.split("\n").slice(0, ROWS + 1);
  // Picking the file is a touch on the page, and one in the picker that the browser shows.
  await page.getByTestId("file-input").setInputFiles({
    ...{ name: "forty.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) },
  });
  await page.getByRole("radio", { name: "Nothing leaves" }).tap();
  await page.getByTestId("find").tap();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  // What leads on is in view, however long the list is.
  await expect(page.getByTestId("run")).toBeInViewport({ ratio: 1 });
  await page.getByTestId("run").tap();
  const download = page.getByTestId("download");
  await expect(download).toHaveText(`Download ${ROWS} rows`);
  await Promise.all([page.waitForEvent("download"), download.tap()]);
  const { touches, pixels } = await page.evaluate(() => scrolled);
  expect(touches).toBeGreaterThanOrEqual(4);
  expect(touches + 2).toBeLessThanOrEqual(10);
  expect(pixels / SCREEN.height).toBeLessThanOrEqual(4);
  await expectNoSidewaysScroll(page);
});
