/** @file The rows of a table in a grid: fetched as they are looked at, picked by bars, retyped, gone through by keys. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll } from "./accessible";

const ROWS = 200_000;

/** Each row with a text of its own, a number, a category and some cells without a value. */
function manyRows(): string {
  const lines = ["name,size,colour,half"];
  for (let i = 0; i < ROWS; i++) {
    lines.push(`item number ${i},${i},${["red", "green", "blue"][i % 3]!},${i % 2 ? "" : i / 4}`);
  }
  return lines.join("\n");
}

const folder = mkdtempSync(join(tmpdir(), "berth-grid-"));
const file = join(folder, "items.csv");
test.beforeAll(() => writeFileSync(file, manyRows()));
test.afterAll(() => rmSync(folder, { recursive: true }));

async function load(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles(file);
  await expect(page.getByTestId("profile")).toBeVisible();
}

const grid = (page: Page) => page.getByTestId("grid");
const cell = (page: Page, name: string) => grid(page).getByRole("gridcell", { name, exact: true });

test("rows are shown wherever one goes, as they are in the file", async ({ page }) => {
  await load(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(ROWS + 1));
  await expect(cell(page, "item number 0")).toBeVisible();
  await grid(page).evaluate((element) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
  });
  await expect(
    grid(page)
      .getByText(/^item number (?:99|100)\d{3}$/)
      .first(),
  ).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press("Control+End");
  await expect(cell(page, `item number ${ROWS - 1}`)).toBeInViewport();
  await page.keyboard.press("Control+Home");
  await expect(cell(page, "item number 0")).toBeInViewport();
});

test("a bar picks its rows, several columns together, and each can be taken back", async ({
  page,
}) => {
  await load(page);
  const shown = page.getByTestId("rows-shown");
  const bars = page.getByRole("listbox", { name: "Show rows by size" });
  const { width, height } = (await bars.boundingBox())!;
  await bars.click({ position: { x: width * 0.025, y: height - 4 } });
  await expect(shown).toHaveText("10,000 of 200,000 rows shown");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "10001");
  await page.getByRole("listbox", { name: "Show rows by colour" }).focus();
  await page.keyboard.press("Enter");
  await expect(shown).toHaveText("3334 of 200,000 rows shown");
  await expect(cell(page, "item number 3")).toBeVisible();
  await expect(cell(page, "item number 1")).toHaveCount(0);
  await page.getByRole("button", { name: /^Remove the filter size/ }).click();
  await expect(shown).toHaveText("66,667 of 200,000 rows shown");
  await grid(page).getByRole("button", { name: "half, 50% missing" }).click();
  await expect(shown).toHaveText("33,333 of 200,000 rows shown");
  await page.getByRole("button", { name: "Show all rows" }).click();
  await expect(shown).toHaveText("");
});

test("a column is retyped in its head, and found by its name", async ({ page }) => {
  await load(page);
  const type = page.getByRole("combobox", { name: "Type of size" });
  await type.selectOption({ label: "identifier" });
  await expect(page.getByRole("listbox", { name: "Show rows by size" })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Find a column" }).fill("COL");
  await expect(grid(page)).toHaveAttribute("aria-colcount", "2");
  await expect(cell(page, "red").first()).toBeVisible();
});

test("keys go through heads and rows in one tab stop", async ({ page }) => {
  await load(page);
  await grid(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Type of size" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("listbox", { name: "Show rows by size" })).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press(" ");
  await expect(page.getByTestId("rows-shown")).toHaveText("10,000 of 200,000 rows shown");
  await page.keyboard.press("Escape");
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const active = await grid(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active ?? ""}"]`)).toHaveText("190,000");
});

test("what is worth a look is listed, and leads to its column", async ({ page }) => {
  await load(page);
  const profile = page.getByTestId("profile");
  await profile.getByRole("button", { name: "Details" }).click();
  const list = page.getByTestId("worth-a-look");
  await expect(list).toContainText("100,000 cells have no value in “half”");
  await list.getByRole("button", { name: "Show" }).click();
  await expect(list).toBeHidden();
  await expect(profile.getByRole("columnheader", { name: /half/ })).toBeInViewport();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("columns are a list, and the rows one touch away", async ({ page }) => {
    await load(page);
    await expect(page.getByTestId("column")).toHaveCount(4);
    await page.getByRole("button", { name: /^size/ }).click();
    await page.getByRole("combobox", { name: "Type of size" }).selectOption({ label: "text" });
    await expect(page.getByRole("button", { name: /^size/ })).toContainText("text");
    await page.getByText("Rows", { exact: true }).click();
    await expect(cell(page, "item number 0")).toBeVisible();
  });
});

test("data and match are accessible and fit", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "House sales" }).click();
  await expect(page.getByTestId("profile")).toBeVisible();
  for (const [width, colorScheme, language] of [
    [1440, "light", "English"],
    [1440, "dark", "中文"],
    [390, "light", "中文"],
    [390, "dark", "English"],
  ] as const) {
    await test.step(`at ${width} px, ${colorScheme}, ${language}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.getByRole("button", { name: language, exact: true }).click();
      for (const step of ["data", "match"]) {
        await page.getByTestId(`step-${step}`).click();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      }
    });
  }
});
