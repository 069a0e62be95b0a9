import { gzipSync } from "node:zlib";

import { expect, test } from "@playwright/test";

/** What of Berth's own script a browser fetches to show the first screen, compressed; workers come on top. */
const MOST_BYTES = 90_000;

for (const language of ["en", "zh"]) {
  test(`the first screen needs at most ${MOST_BYTES} bytes of script (${language})`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ locale: language });
    const page = await context.newPage();
    const bodies: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      const isScript = response.headers()["content-type"]?.includes("javascript") ?? false;
      if (isScript && !response.url().includes(".worker")) bodies.push(response.body());
    });
    await page.goto("/", { waitUntil: "networkidle" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`first load (${language}): ${total} bytes of script in ${sizes.length} files`);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(MOST_BYTES);
    await context.close();
  });
}
