import { expect, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll, inEveryLook } from "./accessible";

test("the sample's way is accessible", async ({ page }) => {
  await page.goto("/");
  await inEveryLook(page, () => expectAccessible(page));
  await page.getByRole("button", { name: "Flights" }).click();
  await expect(page.getByTestId("find")).toBeVisible();
  await page.getByText("Narrow the search").click();
  await inEveryLook(page, () => expectNoSidewaysScroll(page));
  await page.getByRole("radio", { name: "Summary with noise" }).check();
  await inEveryLook(page, () => expectNoSidewaysScroll(page));
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
  await inEveryLook(page, async () => {
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

test("the whole way by keyboard, in Chinese", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "中文" }).press("Enter");
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
  await page.getByRole("button", { name: /葡萄酒/ }).press("Enter");
  await page.getByTestId("find").press("Enter");
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").press("Enter");
  await expect(page.getByTestId("predictions")).toBeVisible();
  await expectAccessible(page);
});
