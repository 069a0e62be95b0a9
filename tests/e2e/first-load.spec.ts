import { expect, test } from "@playwright/test";

import { countScripts } from "./script-bytes";

/** Of script that a browser fetches before anything is dropped, compressed, that of workers as well. */
const MOST_BYTES = 80_000;
/** Elements of the page with a table of 18 columns and a screenful of its rows. */
const MOST_ELEMENTS = 1200;
/** Cumulative layout shift: how far what was shown has moved by itself, as shares of the window. */
const MOST_SHIFT = 0.02;

for (const language of ["en", "zh"]) {
  test(`the first screen needs at most ${MOST_BYTES} bytes of script (${language})`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ locale: language });
    const page = await context.newPage();
    const scripts = countScripts(context);
    await page.goto("/", { waitUntil: "networkidle" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const sizes = scripts.sizes();
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`first load (${language}): ${total} bytes of script in ${sizes.length} files`);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(MOST_BYTES);
    await context.close();
  });
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`what is shown stays where it is, from the first screen to predictions (${size.width} px)`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await page.addInitScript(() => {
      const shifts: { value: number; of: string[] }[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (!("hadRecentInput" in entry && "value" in entry && "sources" in entry)) continue;
          if (entry.hadRecentInput !== false || !Array.isArray(entry.sources)) continue;
          const of = entry.sources.map(({ node }: { node?: Element }) =>
            `${node?.nodeName} ${node?.className}`.trim(),
          );
          shifts.push({ value: Number(entry.value), of });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    const shifted = () =>
      page.evaluate(() => Reflect.get(globalThis, "shifts") as { value: number; of: string[] }[]);
    await page.goto("/", { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "House sales" }).click();
    const verdict = page.getByTestId("verdict").getByRole("button");
    await expect(verdict).toBeVisible();
    await page.waitForLoadState("networkidle");
    const total = () => shifted().then((all) => all.reduce((sum, { value }) => sum + value, 0));
    expect(await total(), JSON.stringify(await shifted())).toBeLessThanOrEqual(MOST_SHIFT);
    await verdict.click();
    await expect(page.getByTestId("predictions")).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await total(), JSON.stringify(await shifted())).toBeLessThanOrEqual(MOST_SHIFT);
  });
}

test(`a table is shown with at most ${MOST_ELEMENTS} elements`, async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await page.getByRole("button", { name: "House sales" }).click();
  await expect(page.getByTestId("verdict").getByRole("button")).toBeVisible();
  await expect(page.getByTestId("grid").getByRole("row").nth(14)).toBeVisible();
  const count = await page.evaluate(() => document.querySelectorAll("*").length);
  console.log(`a table: ${count} elements`);
  expect(count).toBeLessThanOrEqual(MOST_ELEMENTS);
});
