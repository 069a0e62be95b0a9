import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base } from "@playwright/test";

import { findChromium } from "../../find-chromium";
import { findFirefox, findWebKit } from "./find-browsers";
import { launchChromium, launchFirefox } from "./puppeteer-browsers";
import type { Launch, RealBrowser } from "./real-browser";
import { launchWebKit } from "./webkit-browser";
import { Witness } from "./witness";

interface Program {
  readonly name: string;
  readonly packages: string;
  readonly isThere: boolean;
  readonly launch: (how: Launch) => Promise<RealBrowser>;
  /** Hosts that the browser asks on its own account, whatever page is open. */
  readonly ownHosts: RegExp | null;
}

/** The browsers that Debian has, one of every engine. */
export const programs: readonly Program[] = [
  {
    name: "Chromium",
    packages: "chromium",
    isThere: findChromium() !== "",
    launch: launchChromium,
    ownHosts: /\.(google|googleapis|gstatic|gvt1)\.com$/,
  },
  {
    name: "Firefox",
    packages: "firefox-esr",
    isThere: findFirefox() !== "",
    launch: launchFirefox,
    ownHosts: /\.(mozilla\.(com|net|org)|firefox\.com)$/,
  },
  {
    name: "WebKit",
    packages: "webkit2gtk-driver and xvfb",
    isThere: findWebKit() !== null,
    launch: launchWebKit,
    ownHosts: null,
  },
];

export interface Visit {
  readonly browser: RealBrowser;
  readonly witness: Witness;
  /** Where downloads land. */
  readonly folder: string;
  readonly dock: string;
}

/**
 * A test in a new browser that everything is closed behind. Where the browser is not installed it
 * is skipped, but for a machine that has to have it.
 */
export const test = base.extend<{ program: Program; visit: Visit }>({
  program: [programs[0]!, { option: true }],
  visit: async ({ program, baseURL }, use) => {
    const { CI, BERTH_REQUIRE_BROWSERS } = process.env;
    if (!program.isThere) {
      const lacking = `${program.name} is not there (Debian: ${program.packages})`;
      if (CI || BERTH_REQUIRE_BROWSERS) throw new Error(lacking);
      console.warn(`A test is skipped: ${lacking}`);
      base.skip(true, lacking);
    }
    const dock = new URL(baseURL!).origin;
    const folder = mkdtempSync(join(tmpdir(), "berth-browser-"));
    const witness = await Witness.start(dock, program.ownHosts);
    try {
      const browser = await program.launch({ proxyPort: witness.port, folder });
      await use({ browser, witness, folder, dock }).finally(() => browser.close());
    } finally {
      await witness.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
