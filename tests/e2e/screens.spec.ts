/** @file Every screen in its main states: narrow and zoomed, light and dark, English and Chinese, each in turn. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { goTo } from "./steps";

const sample = readFileSync(
  join(import.meta.dirname, "../../public/samples/house-sales.csv"),
  "utf8",
);

/** Houses of another world: the names of the columns are right, and no value is near any model. */
function strangeHouses(): string {
  const [head, ...lines] = sample.trimEnd().split("\n");
  const strange = lines.map((line) =>
    line.replaceAll(/(?<=,)-?[\d.]+(?=,|$)/g, (value) => String(Number(value) * 40)),
  );
  return [head, ...strange].join("\n");
}

/** Looks at one state after another, in the light and in the dark by turns. */
class Look {
  readonly #page: Page;
  #isDark: boolean;

  constructor(page: Page, startsDark: boolean) {
    this.#page = page;
    this.#isDark = startsDark;
  }

  async at(state: string, isStep = true): Promise<void> {
    await test.step(state, async () => {
      await this.#page.emulateMedia({ colorScheme: this.#isDark ? "dark" : "light" });
      this.#isDark = !this.#isDark;
      if (isStep) {
        const focused = () => this.#page.evaluate(() => document.activeElement?.tagName);
        await expect.poll(focused, { message: "the focus is somewhere" }).not.toBe("BODY");
      }
      await expectNoSidewaysScroll(this.#page);
      await expectAccessible(this.#page);
    });
  }
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByTestId("file-input")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}

for (const { name, width, scale, locale, startsDark } of [
  { name: "320 px wide, English", width: 320, scale: 1, locale: "en-GB", startsDark: false },
  { name: "at 200 %, Chinese", width: 720, scale: 2, locale: "zh-CN", startsDark: true },
]) {
  test.describe(name, () => {
    test.use({ viewport: { width, height: 720 }, deviceScaleFactor: scale, locale });

    test("everybody can go from a file to predictions", async ({ page }) => {
      const look = new Look(page, startsDark);
      await page.goto("/");
      await expect(page.getByTestId("file-input")).toBeAttached();
      await look.at("start", false);
      await drop(page, "empty.csv", "");
      await expect(page.getByTestId("error")).toBeVisible();
      await look.at("a file that cannot be read", false);
      await page.getByRole("button", { name: /House sales|房屋销售/ }).click();
      await expect(page.getByTestId("verdict").getByRole("button")).toBeVisible();
      await look.at("data");
      await goTo(page, "match");
      await expect(page.getByTestId("mapping")).toBeVisible();
      await look.at("match");
      await page.getByTestId("find").click();
      await expect(page.getByTestId("picture")).toBeVisible();
      await look.at("models");
      await page.getByTestId("run").click();
      await expect(page.getByTestId("download")).toBeVisible();
      await look.at("predictions");
      await page.evaluate(() => localStorage.setItem("berth.privacy", "nothing"));
      await drop(page, "strange.csv", strangeHouses());
      await expect(page.getByTestId("step-data")).toHaveAttribute("aria-current", "step");
      await page.getByTestId("find").click();
      await expect(page.getByTestId("nothing-fits")).toBeVisible();
      await look.at("nothing fits");
    });
  });
}

for (const { name, width, scale, locale, startsDark } of [
  { name: "320 px wide, Chinese", width: 320, scale: 1, locale: "zh-CN", startsDark: true },
  { name: "at 200 %, English", width: 720, scale: 2, locale: "en-GB", startsDark: false },
]) {
  test.describe(name, () => {
    test.use({ viewport: { width, height: 720 }, deviceScaleFactor: scale, locale });

    test("everybody can look around", async ({ page }) => {
      const look = new Look(page, startsDark);
      await page.goto("/#/nowhere/at/all");
      await expect(page.getByTestId("file-input")).toBeAttached();
      await expect(page).toHaveURL(/#\/$/);
      await look.at("an address that leads nowhere", false);
      const places = page.getByRole("navigation").first();
      await places.getByRole("link", { name: /World|世界/ }).click();
      await expect(page.getByTestId("chart")).toBeVisible();
      await look.at("world");
      await places.getByRole("link", { name: /Models|模型/ }).click();
      await expect(page.getByTestId("listing").first()).toBeVisible();
      await look.at("models");
      await page.getByTestId("browse-text").fill("quantum physics");
      await page.getByTestId("browse-text").press("Enter");
      await expect(page.getByTestId("nothing")).toBeVisible();
      await look.at("no model of that kind");
      await page.goto("/#/models/house-sales-98056");
      await expect(page.getByTestId("features")).toBeVisible();
      await look.at("a model");
      await page.goto("/#/models/nowhere");
      await expect(page.getByTestId("error")).toBeVisible();
      await look.at("a model that is not there");
      await places.getByRole("link", { name: /Help|帮助/ }).click();
      await expect(page.getByTestId("help")).toBeVisible();
      await look.at("help");
    });

    test("everybody is told that the server does not answer", async ({ page }) => {
      const look = new Look(page, startsDark);
      await page.route("**/api/**", async (route) => route.abort());
      await page.goto("/");
      await page.getByRole("button", { name: /House sales|房屋销售/ }).click();
      await expect(page.getByTestId("verdict").getByTestId("error")).toBeVisible();
      await look.at("data");
      await page.goto("/#/models");
      await expect(page.getByTestId("error")).toBeVisible();
      await look.at("models");
    });
  });
}
