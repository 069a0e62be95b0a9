import { expect, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll } from "./accessible";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`at ${width} px, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });
      test("the sample's way is accessible", async ({ page }) => {
        await page.goto("/");
        await expectAccessible(page);
        await page.getByRole("button", { name: "Flights" }).click();
        await expect(page.getByTestId("find")).toBeVisible();
        await page.getByText("Narrow the search").click();
        if (colorScheme === "dark") {
          await page.getByRole("radio", { name: "Summary with noise" }).check();
        }
        await expectNoSidewaysScroll(page);
        await page.getByTestId("find").click();
        await expect(page.getByTestId("recommendation").first()).toBeVisible();
        await page.getByTestId("run").click();
        await expect(page.getByTestId("predictions")).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      });
    });
  }
}

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
