import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { honestDock, type HonestDock, houses } from "../attacks/page/honest-dock";
import { type HostileDock, hostileDock, honestly } from "../attacks/page/hostile-dock";
import { modes } from "../attacks/page/modes";
import { dropTable, isClear, tryAgain, walk } from "../attacks/page/walk";
import { patience } from "../patience";

/** A few of those of `npm run test:attacks -- page`, and what the page says of them. */
const quick: Readonly<Record<string, readonly [code: string, words: RegExp]>> = {
  "not JSON": ["bad_answer", /cannot be used/],
  "503": ["dock_busy", /too much to do/],
  "a byte a second": ["timed_out", /too little to wait/],
  "points that are no numbers": ["bad_answer", /cannot be used/],
  "claimed sizes": ["package_too_large", /too large/],
  "other bytes than promised": ["hash_mismatch", /not what was announced/],
  "half a zip": ["bad_package", /damaged/],
  "a zip bomb": ["package_too_large", /too large/],
  "a model that is none": ["bad_model", /model/],
};

let honest: HonestDock;
let dock: HostileDock;
test.beforeAll(async () => {
  honest = await honestDock();
  dock = await hostileDock(honest, join(import.meta.dirname, "../../dist"));
});
test.afterAll(async () => {
  await dock.close();
  await honest.close();
});

for (const [name, [code, words]] of Object.entries(quick)) {
  test(`${name}: is refused in words, and the page goes on`, async ({ page }) => {
    const mode = modes.find((one) => one.name === name)!;
    dock.mode = mode;
    if (mode.stalls) await page.clock.install();
    await page.goto(dock.address);
    await dropTable(page, houses());
    const ending = await walk(page, patience(40), mode.stalls);
    expect(ending).toMatchObject({ kind: "refused", code });
    expect(ending.words).toMatch(words);
    expect(isClear(ending)).toBe(true);
    dock.mode = honestly;
    await tryAgain(page);
    expect((await walk(page, patience(40))).kind).toBe("predictions");
  });
}
