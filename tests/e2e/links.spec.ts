/** @file Links to a kind of data or a model, opened before and after a table is here. */

import { expect, type Page, test } from "@playwright/test";

import { goTo } from "./steps";

const MODEL = "house-sales-98056";
const NAME = "House prices in zip code 98056";

async function load(page: Page, sample: string): Promise<void> {
  await page.getByRole("button", { name: sample }).click();
  await expect(page.getByTestId("verdict").getByRole("button")).toBeVisible();
}

test("a model tried on the table that is here predicts with one press", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => localStorage.setItem("berth.privacy", "nothing"));
  await page.reload();
  await load(page, "House sales");
  await page.evaluate((id) => (location.hash = `#/models/${id}`), MODEL);
  await page.getByTestId("try").click();
  const verdict = page.getByTestId("verdict");
  await expect(verdict).toContainText(`with “${NAME}”, as the link asks`);
  await verdict.getByRole("button").click();
  await expect(page.getByTestId("step-predictions")).toHaveAttribute("aria-current", "step");
  await expect(page.getByTestId("predictions")).toContainText(NAME);

  // Compared already: it is chosen, and the predictions that are here stay.
  await page.evaluate(() => (location.hash = "#/?learnware=house-sales-98144"));
  await expect(page.getByTestId("step-models")).toHaveAttribute("aria-current", "step");
  await expect(page.locator('[data-key="house-sales-98144"]').getByRole("radio")).toBeChecked();
  await goTo(page, "predictions");
  await expect(page.getByTestId("predictions")).toContainText(NAME);
});

test("what a link leads to and this table cannot have is said in words", async ({ page }) => {
  await page.goto("/#/?learnware=nowhere");
  await load(page, "House sales");
  const unmet = page.getByTestId("unmet");
  await expect(unmet).toHaveText("What the link leads to is not on this server any more.");
  await page.evaluate(() => (location.hash = "#/?learnware=heart-disease"));
  await expect(unmet).toHaveText("What the link leads to takes other columns than this table has.");
  await expect(page.getByTestId("verdict")).toContainText("House sales");
  await page.evaluate(() => (location.hash = "#/?island=house-sales"));
  await expect(page.getByTestId("verdict")).toContainText("18 of 18");
  await expect(unmet).toHaveCount(0);
});
