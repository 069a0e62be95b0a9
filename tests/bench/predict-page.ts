import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { chromium, type Page } from "@playwright/test";

import { normal, seededRandom } from "../../src/engine/ground/random";
import { startDockProcess } from "../e2e/dock-process";
import { findChromium } from "../find-chromium";
import { rendererBytes } from "./process-memory";
import type { Figure } from "./report";

const SIZES = [10_000, 100_000, 1_000_000];
/** The table has 20 columns, of which the learnwares know 18. */
const COLS = 20;
/** Runs after another one in the same page. */
const MORE_RUNS = 10;
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 600_000;
const sample = join(import.meta.dirname, "../../public/samples/house-sales.csv");
const flags = ["--no-sandbox", "--disable-background-networking", "--js-flags=--expose-gc"];

/**
 * The built page in Chromium, on a dock with the starter learnwares: seconds from pressing run to the first predictions
 * on the screen, to all of them and to the file, and the memory of its renderer processes. Needs `npm run build`.
 */
export async function benchPage(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "berth-bench-page-"));
  const dock = await startDockProcess({ BERTH_DATA: join(folder, "dock") });
  try {
    const figures: Figure[] = [];
    for (const rows of SIZES) {
      const file = join(folder, `${rows}.csv`);
      await writeHouses(file, rows);
      figures.push(...(await inBrowser(dock.url, file, (page) => runs(page, rows))));
      rmSync(file);
    }
    return figures;
  } finally {
    await dock.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Rows of the house sample again and again, with other living areas. */
async function writeHouses(file: string, rows: number): Promise<void> {
  const [header, ...lines] = readFileSync(sample, "utf8").trimEnd().split("\n");
  const cells = lines.map((line) => line.split(","));
  const random = seededRandom(1);
  function* text(): Generator<string> {
    yield `${header!}\n`;
    for (let i = 0; i < rows; i++) {
      const area = (1500 + 400 * Math.exp(normal(random))).toFixed(0);
      yield `${cells[i % cells.length]!.with(4, area).join(",")}\n`;
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(file));
}

/** A fresh browser with the file opened and learnwares found. */
async function inBrowser<T>(
  url: string,
  file: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(url);
    await page.getByTestId("file-input").setInputFiles(file);
    await page.getByTestId("find").click();
    await page.getByTestId("recommendation").first().waitFor();
    return await work(page);
  } finally {
    await browser.close();
  }
}

async function runs(page: Page, rows: number): Promise<Figure[]> {
  const figure = (metric: string, unit: string, value: number): Figure => ({
    ...{ suite: "predict", case: `page/n${rows}-d${COLS}`, metric, unit, value },
  });
  const memory = watch();
  const cold = await press(page);
  const download = await save(page);
  const figures = [
    figure("first_seconds", "s", cold.first),
    figure("seconds", "s", cold.all),
    figure("download_seconds", "s", download),
    figure("peak_bytes", "bytes", memory.stop()),
  ];
  if (rows !== SIZES[0]) return figures;
  const warm = await press(page);
  const before = await settled(page);
  for (let run = 0; run < MORE_RUNS; run++) await press(page);
  const after = await settled(page);
  return [
    ...figures,
    figure("warm_first_seconds", "s", warm.first),
    figure("settled_bytes", "bytes", before),
    figure(`growth_bytes_in_${MORE_RUNS}_runs`, "bytes", after - before),
  ];
}

/**
 * Press run, and wait for the first predictions and for all. The panel of an earlier run stays until there are others:
 * then both are the same.
 */
async function press(page: Page): Promise<{ readonly first: number; readonly all: number }> {
  const panel = page.getByTestId("predictions");
  const isFirst = !(await panel.isVisible());
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  await page.getByTestId("run").click();
  if (isFirst) await panel.waitFor();
  const first = seconds();
  await page.locator('[data-testid="run"]:enabled').waitFor();
  return { first: isFirst ? first : seconds(), all: seconds() };
}

/** Seconds until the table with predictions lies on the disk. */
async function save(page: Page): Promise<number> {
  const start = performance.now();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download").click(),
  ]);
  if (statSync(await download.path()).size === 0) throw new Error("the download is empty");
  return (performance.now() - start) / 1000;
}

/** Bytes of the renderers once the page and its workers have given back what they do not need. */
async function settled(page: Page): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await page.evaluate(collectGarbage);
    for (const worker of page.workers()) await worker.evaluate(collectGarbage);
  }
  return rendererBytes();
}

function collectGarbage(): void {
  (globalThis as unknown as { readonly gc: () => void }).gc();
}

/** The most bytes that the renderers hold until it is stopped. */
function watch(): { stop(): number } {
  let peak = 0;
  const look = () => (peak = Math.max(peak, rendererBytes()));
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return look();
    },
  };
}
