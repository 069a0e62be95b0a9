import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

/** Rules of WCAG 2.2 A and AA that a machine can check. */
async function expectAccessible(page: Page): Promise<void> {
  // From the top: what the bar of steps covers while one scrolls by is no target there.
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
}

/** The page must never scroll sideways. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content).toBeLessThanOrEqual(window);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`at ${width} px, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });
      test("the sample's way is accessible", async ({ page }) => {
        await page.goto("/");
        await page.getByText("Browse models").click();
        await expect(page.getByTestId("listing").first()).toBeVisible();
        await expectAccessible(page);
        await page.getByRole("button", { name: "Flights" }).click();
        await expect(page.getByTestId("mapping")).toBeVisible();
        await page.getByText("Narrow the search").click();
        if (colorScheme === "dark") {
          await page.getByRole("radio", { name: "Noisy outline" }).check();
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
