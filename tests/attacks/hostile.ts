import { join } from "node:path";

import { type Browser, chromium } from "@playwright/test";

import { findChromium } from "../find-chromium";
import { patience } from "../patience";
import { honestDock, houses } from "./page/honest-dock";
import { type HostileDock, hostileDock, type Mode } from "./page/hostile-dock";
import { modes } from "./page/modes";
import { dropTable, type Ending, isClear, walk, watch } from "./page/walk";
import type { AttackTally } from "./tally";

interface PageAttack {
  /** Parts of names of modes; all if left out. */
  readonly only?: readonly string[];
  /** How many modes; all if left out. */
  readonly count?: number;
}

/** Longest time in which the page may not listen, on a quiet machine. */
const FROZEN_SECONDS = 2;

/** The built page in Chromium, on docks that do harm in sixty ways. Has to be built: `npm run build`. */
export async function attackPage({
  only,
  count = Infinity,
}: PageAttack = {}): Promise<AttackTally> {
  const chosen = modes
    .filter(({ name }) => !only || only.some((part) => name.includes(part)))
    .slice(0, count);
  const honest = await honestDock();
  const dock = await hostileDock(honest, join(import.meta.dirname, "../../dist"));
  let browser = await launch();
  const tally = { name: "page", tried: 0, serverErrors: 0, crashes: 0, hangs: 0, unclear: 0 };
  try {
    for (const mode of chosen) {
      const ending = await meet(browser, dock, mode);
      if (ending.kind === "stuck" || ending.kind === "crashed") {
        await browser.close();
        browser = await launch();
      }
      tally.tried++;
      if (ending.kind === "crashed") tally.crashes++;
      else if (ending.kind === "stuck" || ending.frozenMs > patience(FROZEN_SECONDS)) tally.hangs++;
      if (!isClear(ending)) tally.unclear++;
      const { kind, code, words, frozenMs } = ending;
      const frozen = `${frozenMs.toFixed()} ms`.padStart(8);
      console.log(`${mode.name}: ${kind}${code === null ? "" : ` (${code})`} ${frozen}  ${words.slice(0, 160)}`); // prettier-ignore
    }
  } finally {
    await browser.close();
    await dock.close();
    await honest.close();
  }
  return tally;
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
  });
}

/** One walk with a dock of this kind. */
async function meet(browser: Browser, dock: HostileDock, mode: Mode): Promise<Ending> {
  dock.mode = mode;
  const context = await browser.newContext();
  const page = await context.newPage();
  if (mode.stalls) await page.clock.install();
  await watch(page);
  await page.goto(dock.address);
  await dropTable(page, houses());
  const ending = await walk(page, patience(mode.seconds ?? 25), mode.stalls);
  if (ending.kind === "stuck" || ending.kind === "crashed") return ending; // It may not even close.
  const wasHarmed = await page.evaluate(() => "wasHarmed" in globalThis);
  await context.close();
  return wasHarmed ? { ...ending, kind: "crashed", words: "foreign script ran" } : ending;
}
