import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

/** Rules of WCAG 2.2 A and AA that a machine can check. */
export async function expectAccessible(page: Page): Promise<void> {
  // Bars that stay in view stand where they belong meanwhile: what they cover while one scrolls by is no target there.
  await page.evaluate(() => {
    window.scrollTo({ top: 0, behavior: "instant" });
    for (const bar of document.querySelectorAll<HTMLElement>("#app footer, #app header")) {
      if (getComputedStyle(bar).position === "sticky") bar.style.position = "static";
    }
  });
  // The page has no frames, so nothing has to be put together in another page; that takes a third of the time.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .setLegacyMode()
    .analyze();
  await page.evaluate(() => {
    for (const bar of document.querySelectorAll<HTMLElement>("#app footer, #app header")) {
      bar.style.removeProperty("position");
    }
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
}

const LOOKS = [
  [1440, "light"],
  [1440, "dark"],
  [390, "light"],
  [390, "dark"],
] as const;

/** Look at what is shown as on a desk and on a phone, in the light and in the dark; as at first in the end. */
export async function inEveryLook(
  page: Page,
  look: (width: number) => Promise<void>,
): Promise<void> {
  const before = page.viewportSize()!;
  for (const [width, colorScheme] of LOOKS) {
    await test.step(`at ${width} px, ${colorScheme}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await look(width);
    });
  }
  await page.setViewportSize(before);
}

/** The page must never scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBeLessThanOrEqual(0);
}
