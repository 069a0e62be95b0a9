import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

async function openWorld(page: Page): Promise<void> {
  await page.goto("/#/world");
  await expect(page.getByTestId("world")).toBeVisible();
  await expect(page.getByTestId("chart")).toBeVisible();
}

/** What the chart shows, in short: changes when it moves. */
async function picture(page: Page): Promise<string> {
  const image = await page.getByTestId("chart").screenshot();
  return image.toString("base64");
}

test("the whole server is a chart and a list that say the same", async ({ page }) => {
  await openWorld(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The world of this server");
  await expect(page.getByText(/^253 models on 20 islands\./)).toBeVisible();
  const list = page.getByRole("region", { name: "Islands and models" });
  const islands = list.getByRole("button", { expanded: false });
  await expect(islands).toHaveCount(20);
  await list.getByRole("button", { name: /^House sales/ }).click();
  await expect(list.getByText("12 of 55 models")).toBeVisible();
  await expect(list.locator("ol a").first()).toHaveAttribute("href", /^#\/models\/[a-z0-9-]+$/);
  await expect(list.getByRole("link", { name: "Compare with your rows" })).toHaveAttribute(
    "href",
    "#/",
  );
});

test("islands are found by what they predict or have, models by their words", async ({ page }) => {
  await openWorld(page);
  const list = page.getByRole("region", { name: "Islands and models" });
  await list.getByRole("searchbox").fill("arr_delay");
  await expect(list.getByRole("status")).toHaveText("1 island");
  await list.getByRole("searchbox").fill("zip code 98144");
  await page.keyboard.press("Enter");
  await expect(list.getByRole("link", { name: /98144/ })).toBeVisible();
  await list.getByRole("searchbox").fill("qqqq");
  await page.keyboard.press("Enter");
  await expect(list.getByRole("status")).toHaveText("Nothing here is called that.");
});

test("the chart is moved by keys, buttons, wheel and pointer, and chooses islands", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openWorld(page);
  const chart = page.getByTestId("chart");
  await chart.focus();
  await page.keyboard.press("0"); // From here on the focus is seen.
  const whole = await picture(page);
  await page.keyboard.press("+");
  await expect.poll(() => picture(page)).not.toBe(whole);
  const near = await picture(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => picture(page)).not.toBe(near);
  await page.keyboard.press("0");
  await expect.poll(() => picture(page)).toBe(whole);
  const { width, height } = (await chart.boundingBox())!;
  await chart.hover({ position: { x: width / 2, y: height / 2 } });
  await page.mouse.wheel(0, -300);
  await expect.poll(() => picture(page)).not.toBe(whole);
  await page.getByRole("button", { name: "All", exact: true }).click();

  const list = page.getByRole("region", { name: "Islands and models" });
  await list.getByRole("button", { name: /^Flights/ }).click();
  // The island is now in the middle of the chart; below its dots the land itself is chosen.
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect(list.getByRole("button", { expanded: true })).toHaveCount(0);
});

test("a place of the chart tells its model, and leads to it", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/#/world?island=abalone"); // One model, in the middle.
  await expect(page.getByTestId("chart")).toBeVisible();
  await expect(page.getByRole("button", { expanded: true })).toContainText("Abalone");
  const chart = page.getByTestId("chart");
  const { width, height } = (await chart.boundingBox())!;
  const middle = { x: width / 2, y: (92 + height - 76) / 2 };
  await chart.hover({ position: middle });
  const name = await page.getByRole("region", { name: "Islands" }).locator("ol a").innerText();
  await expect(page.locator(".tip")).toContainText(name);
  await chart.click({ position: middle });
  await expect(page).toHaveURL(/#\/(models\/|$)/); // The models' own screen, where the page has it.
});

test("without a chart the list has everything", async ({ page }) => {
  await page.route("**/api/v1/chart", async (route) =>
    route.fulfill({ status: 500, json: { code: "internal", message: "no" } }),
  );
  await page.goto("/#/world");
  await expect(page.getByText("This server has no chart. The list has everything.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^House sales/ })).toBeVisible();
});

for (const { name, width, dark, chinese } of [
  { name: "wide", width: 1440, dark: false, chinese: false },
  { name: "narrow, dark and Chinese", width: 390, dark: true, chinese: true },
  { name: "at 320 pixels", width: 320, dark: false, chinese: false },
]) {
  test.describe(name, () => {
    test.use({
      viewport: { width, height: 844 },
      colorScheme: dark ? "dark" : "light",
      locale: chinese ? "zh-CN" : "en-GB",
    });

    test("the world can be used by everyone", async ({ page }) => {
      await openWorld(page);
      await page.getByRole("button", { name: /^(?:House sales|房屋销售)/ }).click();
      await expect(page.locator("ol a").first()).toBeVisible();
      if (chinese) {
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("这台服务器的全貌");
      }
      const { violations } = await new AxeBuilder({ page })
        .options({ resultTypes: ["violations"] })
        .setLegacyMode()
        .analyze();
      expect(violations).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
    });
  });
}
