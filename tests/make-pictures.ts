/**
 * @file `npm run pictures`: takes the pictures in `docs/pictures` of the built page on a dock of its own. `-- NAME…` takes
 * only those.
 */

import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";

import { animateWebp, type Frame } from "./animate-webp";
import { startDockProcess } from "./e2e/dock-process";
import { goTo } from "./e2e/steps";
import { findChromium } from "./find-chromium";
import { patience } from "./patience";

const folder = join(import.meta.dirname, "../docs/pictures");
const WIDE = { width: 1440, height: 900 };
const SMALL = { width: 1200, height: 750 };

interface Picture {
  readonly name: string;
  readonly options?: BrowserContextOptions;
  readonly show: (page: Page) => Promise<void>;
}

const dark = { colorScheme: "dark" } as const;
const chinese = { locale: "zh-CN" } as const;
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 } as const;

const pictures: readonly Picture[] = [
  { name: "start", show: start },
  { name: "data", show: data },
  { name: "match", options: dark, show: match },
  { name: "models", show: models },
  { name: "compare", options: dark, show: compare },
  { name: "predictions", show: predictions },
  { name: "world", show: world },
  { name: "browse", options: chinese, show: async (page) => open(page, "#/models", "listing") },
  { name: "model", show: async (page) => open(page, "#/models/house-sales-98115", "learnware") },
  {
    name: "help",
    options: { ...dark, ...chinese },
    show: async (page) => open(page, "#/help", "help"),
  },
  { name: "quay", show: quay },
  { name: "phone", options: phone, show: top },
];

async function open(page: Page, address: string, testId: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId(testId).first().waitFor();
}

async function start(page: Page): Promise<void> {
  await page.goto("/");
  await page.locator("canvas").first().waitFor();
}

/** The sample of house sales. */
async function data(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "House sales" }).click();
  await page.getByTestId("verdict").getByRole("button").waitFor();
}

async function match(page: Page): Promise<void> {
  await data(page);
  await goTo(page, "match");
}

async function models(page: Page): Promise<void> {
  await data(page);
  await page.getByTestId("find").click();
  const singles = page.locator('[data-testid="recommendation"][data-kind="single"]');
  await singles.first().click();
  await page.getByTestId("picture-caption").waitFor();
}

async function compare(page: Page): Promise<void> {
  await models(page);
  const singles = page.locator('[data-testid="recommendation"][data-kind="single"]');
  for (const i of [0, 1, 2]) await singles.nth(i).getByRole("checkbox").check();
  await page.getByTestId("compare").waitFor();
}

async function predictions(page: Page): Promise<void> {
  await data(page);
  await page.getByTestId("find").click();
  await page.getByTestId("recommendation").first().waitFor();
  await page.getByTestId("run").click();
  await page.getByTestId("predictions").waitFor();
}

/** Of predictions, where a phone has scrolled down to what was pressed. */
async function top(page: Page): Promise<void> {
  await predictions(page);
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
}

async function world(page: Page): Promise<void> {
  await page.goto("#/world");
  await page.locator("canvas").first().waitFor();
}

async function quay(page: Page): Promise<void> {
  await predictions(page);
  await page.getByTestId("quay").getByRole("button").first().click();
  await page.getByRole("dialog").waitFor();
}

async function newPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: WIDE,
    colorScheme: "light",
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    serviceWorkers: "block",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience(120));
  await page.addInitScript(() => (Date.now = () => 1780304400000));
  return page;
}

/** What the page shows once nothing is loading. */
async function shot(page: Page, quality = 82): Promise<Buffer> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const session = await page.context().newCDPSession(page);
  const { data: taken } = await session.send("Page.captureScreenshot", { format: "webp", quality });
  await session.detach();
  return Buffer.from(taken, "base64");
}

/** From the first screen to predictions, as stills. */
async function film(page: Page): Promise<Buffer> {
  const frames: Frame[] = [];
  const take = async (milliseconds: number) =>
    void frames.push({ webp: await shot(page, 70), milliseconds });
  await start(page);
  await take(2000);
  await data(page);
  await take(2500);
  await goTo(page, "match");
  await take(2000);
  await goTo(page, "data");
  await page.getByTestId("find").click();
  await page.getByTestId("picture-caption").waitFor();
  await take(3000);
  await page.getByTestId("run").click();
  await page.getByTestId("predictions").waitFor();
  await take(4000);
  return animateWebp(frames, SMALL.width, SMALL.height);
}

function keep(name: string, bytes: Buffer): void {
  writeFileSync(join(folder, `${name}.webp`), bytes);
  console.log(`${name}: ${Math.round(bytes.length / 1000)} kB`);
}

const wanted = new Set(process.argv.slice(2));
const isWanted = (name: string) => wanted.size === 0 || wanted.has(name);
mkdirSync(folder, { recursive: true });
const dock = await startDockProcess({ BERTH_DATA: mkdtempSync(join(tmpdir(), "berth-pictures-")) });
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
try {
  for (const { name, options, show } of pictures.filter((one) => isWanted(one.name))) {
    const page = await newPage(browser, dock.url, options);
    await show(page);
    keep(name, await shot(page));
    await page.context().close();
  }
  if (isWanted("way")) {
    const page = await newPage(browser, dock.url, { viewport: SMALL });
    keep("way", await film(page));
    await page.context().close();
  }
  const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
  console.log(
    `${sizes.length} pictures, ${Math.round(sizes.reduce((a, b) => a + b, 0) / 1000)} kB`,
  );
} finally {
  await browser.close();
  await dock.stop();
}
