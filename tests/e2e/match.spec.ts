/** @file Columns joined to features: by the pointer, by keys, by choosing; and values of categories. */

import { expect, type Page, test } from "@playwright/test";

async function toMatch(page: Page, sample: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: sample }).click();
  await expect(page.getByTestId("profile")).toBeVisible();
  await page.getByTestId("step-match").click();
  await expect(page.getByTestId("joined")).toBeVisible();
}

const column = (page: Page, name: RegExp) =>
  page.getByRole("list", { name: "Your columns" }).getByRole("button", { name });
const feature = (page: Page, name: RegExp) =>
  page.getByRole("list", { name: "Features" }).getByRole("button", { name });

async function drag(page: Page, from: ReturnType<typeof column>, to: { x: number; y: number }) {
  const start = (await from.boundingBox())!;
  await page.mouse.move(start.x + start.width - 20, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width + 60, start.y + 20, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

test("a line is drawn by hand, and undone where it ends nowhere", async ({ page }) => {
  await toMatch(page, "House sales");
  await expect(page.getByTestId("island")).toContainText("18 of 18");
  const from = column(page, /^Bedrooms/);
  const box = (await from.boundingBox())!;
  await drag(page, from, { x: box.x + box.width + 50, y: box.y + 400 });
  await expect(page.getByTestId("island")).toContainText("17 of 18");
  await expect(feature(page, /^bedrooms, not found/)).toBeVisible();
  const target = (await feature(page, /^bedrooms/).boundingBox())!;
  await drag(page, from, { x: target.x + 30, y: target.y + target.height / 2 });
  await expect(page.getByTestId("island")).toContainText("18 of 18");
  await expect(feature(page, /^bedrooms, from Bedrooms, chosen by you/)).toBeVisible();
});

test("keys choose a column, then its feature", async ({ page }) => {
  await toMatch(page, "House sales");
  await column(page, /^Bedrooms, is/).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("mapping")).toContainText("Bedrooms: now choose its feature");
  await page.keyboard.press("ArrowRight");
  await expect(feature(page, /^bedrooms/)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(feature(page, /^bathrooms, from Bedrooms, chosen by you/)).toBeFocused();
  await expect(page.getByLabel("Column for bathrooms")).toHaveValue(/\d+/);
});

test("another kind of data is found by its name, and chosen", async ({ page }) => {
  await toMatch(page, "House sales");
  await page.getByTestId("others").click();
  await page.getByRole("searchbox", { name: /kind of data|Filter/ }).fill("wine");
  await page.getByRole("radio", { name: "Wine quality" }).click();
  await expect(page.getByTestId("island")).toContainText("Wine quality");
  await expect(page.getByTestId("island")).toBeFocused();
  await expect(page.getByRole("radio", { name: "Wine quality" })).toBeHidden();
});

/** Penguins of two kinds, as large as they are, of the sexes as these are written. */
function birds(male: string, female: string): string[] {
  return Array.from({ length: 120 }, (_, i) => {
    const large = i % 3 === 0 ? 1 : 0;
    const [bill, depth] = [36 + 9 * large + (i % 7), 17.5 - 3.5 * large + (i % 5) / 2];
    return `${[male, female][i % 2]!},${bill},${depth},${185 + 27 * large + (i % 11)},${3500 + 1300 * large + 40 * (i % 9)}`;
  });
}

test("values of a category are joined one by one, and models are found with them", async ({
  page,
}) => {
  const rows = birds("cock", "hen");
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles({
    name: "birds.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `sex,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\n${rows.join("\n")}`,
    ),
  });
  await page.getByTestId("step-match").click();
  await expect(page.getByTestId("island")).toContainText("Penguins");
  await feature(page, /^sex/).click();
  const pair = page.getByTestId("pair");
  await expect(page.getByTestId("mapping")).toContainText(
    "Left out, as none of the values is known: sex",
  );
  await expect(pair).toContainText("“sex” is called so, but none of its values is known here");
  await pair.getByLabel("cock is").selectOption({ label: "male" });
  await pair.getByLabel("hen is").selectOption({ label: "female" });
  await expect(pair).toContainText("Values are plausible");
  await expect(feature(page, /^sex/)).toContainText("cock = male, hen = female");
  await expect(pair.getByRole("row", { name: /^male/ })).toContainText("50%");
  await page.getByTestId("step-data").click();
  await page.getByLabel("Type of bill_depth_mm").selectOption({ label: "number" });
  await page.getByTestId("step-match").click();
  await expect(pair).toContainText("Values are plausible");
  await page.getByRole("radio", { name: "Nothing leaves" }).check(); // So few made-up rows make no safe summary.
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
});

test("values of the same meaning are joined without being asked, and can be joined otherwise", async ({
  page,
}) => {
  const rows = birds("m", "f");
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles({
    name: "birds.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `gender,culmen_length_mm,culmen_depth_mm,flipper_length_mm,body_mass_g\n${rows.join("\n")}`,
    ),
  });
  await page.getByTestId("step-match").click();
  await expect(page.getByTestId("island")).toContainText("Penguins");
  await expect(page.getByTestId("island")).toContainText("5 of 5");
  await expect(feature(page, /^sex/)).toContainText("m = male, f = female");
  await feature(page, /^sex/).click();
  const pair = page.getByTestId("pair");
  await expect(pair.getByLabel("m is")).toHaveValue("male");
  await pair.getByLabel("m is").selectOption({ label: "female" });
  await expect(feature(page, /^sex/)).toContainText("m = female");
});
