import { expect, type Page, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll } from "./accessible";

const listed = (page: Page) => page.getByTestId("listing");
const firstOf = (page: Page, island: string) =>
  expect(listed(page).first()).toHaveAttribute("data-key", new RegExp(`^${island}`));

async function search(page: Page, text: string): Promise<void> {
  await page.getByTestId("browse-text").fill(text);
  await page.getByTestId("browse-text").press("Enter");
}

async function expectFits(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
}

test("words of both languages find the same models, and nothing relevant is said to be nothing", async ({
  page,
}) => {
  await page.goto("/#/models");
  await expect(page.getByTestId("browse-count")).toContainText("253 models");
  for (const text of ["房价", "what does a home cost", "housse prices"]) {
    await search(page, text);
    await expect(page.getByTestId("browse-count")).toContainText("55 models");
    await firstOf(page, "house-sales");
  }
  await search(page, "航班延误");
  await expect(page.getByTestId("browse-count")).toContainText("44 models");
  await firstOf(page, "flight-delays");
  await search(page, "the price of a flower");
  await expect(page.getByTestId("nothing")).toContainText("No model here is about that");
  await expect(listed(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Search only “flower”" }).click();
  await firstOf(page, "iris");
  await expect(page.getByTestId("browse-text")).toBeFocused();
});

test("what is chosen narrows the list, and lives in the address through reload and Back", async ({
  page,
}) => {
  await page.goto("/#/models");
  const business = page.getByTestId("facet-scenario").getByLabel("Business");
  await business.check();
  await page.getByTestId("facet-skill").getByLabel("Less than half the error").check();
  await search(page, "prices");
  await page.getByLabel("Order").selectOption({ label: "Smallest error" });
  await expect(page).toHaveURL(/#\/models\?q=prices&scenario=Business&skill=strong&order=skill$/);
  const count = page.getByTestId("browse-count");
  await expect(count).toContainText(/^\d+ models$/);
  const found = await count.textContent();
  const first = await listed(page).first().getAttribute("data-key");
  await page.reload();
  await expect(count).toHaveText(found!);
  await expect(business).toBeChecked();
  await listed(page).first().getByRole("link").click();
  await expect(page.getByTestId("learnware")).toHaveAttribute("data-key", first!);
  await page.goBack();
  await expect(count).toHaveText(found!);
  await expect(listed(page).first()).toHaveAttribute("data-key", first!);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/#\/models\?q=prices&order=skill$/);
});

test("a model's page tells what it is, draws it, and leads on", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/#/models/house-sales-98056");
  const model = page.getByTestId("learnware");
  await expect(model.getByRole("heading", { level: 1 })).toHaveText(
    "House prices in zip code 98056",
  );
  await expect(page.getByTestId("features").getByRole("listitem")).toHaveCount(18);
  await expect(page.getByTestId("kin").getByRole("listitem")).toHaveCount(5);
  await page.getByTestId("look").click();
  await expect(page.getByTestId("inside").getByRole("heading", { level: 2 })).toBeFocused();
  await expect(page.getByRole("img", { name: "The model as a graph" })).toBeVisible();
  const snippet = page.getByTestId("snippet");
  await expect(snippet).toContainText("import onnxruntime as ort");
  await page.getByRole("tab", { name: "Python" }).press("ArrowLeft");
  await expect(page.getByRole("tab", { name: "cURL" })).toBeFocused();
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [address] = /http[^']+/.exec(copied)!;
  expect((await page.request.get(address)).headers()["content-type"]).toBe("application/zip");
  const saving = page.waitForEvent("download");
  await page.getByTestId("save").click();
  expect((await saving).suggestedFilename()).toBe("house-sales-98056.zip");
  await expect(page.getByTestId("try")).toHaveAttribute("href", "#/?learnware=house-sales-98056");
  const other = page.getByTestId("kin").getByRole("link").first();
  const name = await other.textContent();
  await other.click();
  await expect(model.getByRole("heading", { level: 1 })).toHaveText(name!);
  await expect(model.getByRole("heading", { level: 1 })).toBeFocused();
});

test("a model that is not there is said to be missing", async ({ page }) => {
  await page.goto("/#/models/nowhere");
  await expect(page.getByTestId("error")).toHaveAttribute("data-code", "not_found");
  await page.getByRole("link", { name: "Back to all models" }).click();
  await expect(listed(page).first()).toBeVisible();
});

for (const width of [1440, 390]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 } });

    test("both screens are accessible, in every state", async ({ page }) => {
      await page.goto("/#/models");
      await expect(listed(page).first()).toBeVisible();
      await expectFits(page);
      if (width === 390) {
        await page.getByTestId("narrow").click();
        await page.getByRole("dialog").getByLabel("Business").check();
        await expectFits(page);
        await page
          .getByRole("dialog")
          .getByRole("button", { name: /^Show / })
          .click();
        await expect(page.getByTestId("narrow")).toHaveText("Narrow down (1)");
      }
      await search(page, "quantum physics");
      await expect(page.getByTestId("nothing")).toBeVisible();
      await expectFits(page);
      await page.goto("/#/models/heart-disease");
      await page.getByTestId("look").click();
      await expect(page.getByTestId("snippet")).toBeVisible();
      await expectFits(page);
    });
  });
}

test("by keyboard alone, in Chinese", async ({ page }) => {
  await page.goto("/#/models");
  await page.getByRole("button", { name: "中文" }).press("Enter");
  await expect(page.getByTestId("browse").getByRole("heading", { level: 1 })).toHaveText("模型");
  await page.getByTestId("browse-text").focus();
  await page.keyboard.type("心脏病");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("browse-count")).toContainText("1 个模型");
  const link = listed(page).first().getByRole("link");
  for (let i = 0; i < 12 && !(await link.evaluate((one) => one === document.activeElement)); i++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("learnware")).toHaveAttribute("data-key", "heart-disease");
  await expect(page.getByTestId("learnware").getByRole("heading", { level: 1 })).toBeFocused();
});
