import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";

import { type Browser, chromium } from "@playwright/test";

import { startDockProcess } from "../e2e/dock-process";
import { countScripts } from "../e2e/script-bytes";
import { findChromium } from "../find-chromium";
import { writeMany } from "./page-tables";
import { WatchedPage } from "./page-watch";
import { type Figure, median } from "./report";

const SLOWDOWNS = [1, 4];
const WIDTHS = [1440, 390];
/** So long the first screen is left alone before a table comes: its picture is drawn meanwhile. */
const LOOKED_AT_MS = 1500;
const SAMPLES = ["house-sales.csv", "flights.csv", "wine-quality.csv"].map((file) =>
  join(import.meta.dirname, "../../public/samples", file),
);
const LARGE = [
  { rows: 1_000_000, columns: 20 },
  { rows: 1_000, columns: 10_000 },
];
const flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"];

/**
 * How fast the built page is in Chromium, each time as on a first visit: bytes of script, milliseconds until it can be
 * used, tasks that hold it up, how much moves by itself. Times are medians; of tasks, which other work on the
 * machine can only make longer, those of the best run. Needs `npm run build`.
 */
export async function benchPageSpeed(quick: boolean): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "berth-bench-page-"));
  const dock = await startDockProcess({ BERTH_DATA: join(folder, "dock") });
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  const bench = new PageBench(browser, dock.url, quick);
  try {
    await bench.usable(1, 2); // Warm up: the dock and the disk.
    const figures = [...(await bench.script("en")), ...(await bench.script("zh"))];
    for (const slowdown of SLOWDOWNS) figures.push(...(await bench.usable(slowdown)));
    for (const width of WIDTHS) figures.push(...(await bench.shifts(width)));
    for (const slowdown of SLOWDOWNS) {
      for (const file of SAMPLES) figures.push(...(await bench.way(file, slowdown)));
    }
    for (const size of quick ? [] : LARGE) {
      const file = join(folder, `${size.rows}x${size.columns}.csv`);
      await writeMany(file, size.rows, size.columns);
      figures.push(...(await bench.scrolling(file)));
      rmSync(file);
    }
    return figures;
  } finally {
    console.log(`load of the machine: ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`);
    await browser.close();
    await dock.stop();
    rmSync(folder, { recursive: true });
  }
}

class PageBench {
  readonly #browser: Browser;
  readonly #url: string;
  readonly #loads: number;
  readonly #runs: number;

  constructor(browser: Browser, url: string, quick: boolean) {
    this.#browser = browser;
    this.#url = url;
    this.#loads = quick ? 3 : 5;
    this.#runs = quick ? 1 : 3;
  }

  /** What a browser fetches before anything is dropped. */
  async script(locale: string): Promise<Figure[]> {
    const context = await this.#browser.newContext({ locale });
    const scripts = countScripts(context);
    const page = await context.newPage();
    await page.goto(this.#url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    const bytes = sum(scripts.sizes());
    await context.close();
    return [figure(`script/${locale}`, "bytes", "bytes", bytes)];
  }

  /** Until the heading is painted and the drop zone takes a file. */
  async usable(slowdown: number, loads = this.#loads): Promise<Figure[]> {
    const times = await repeated(loads, async () => {
      const page = await WatchedPage.open(this.#browser, this.#url, { slowdown });
      const time = await page.until("usable");
      await page.close();
      return time;
    });
    return [figure(`usable/${slowdown}x`, "ms", "ms", median(times))];
  }

  /** Cumulative layout shift, as shares of the window. */
  async shifts(width: number): Promise<Figure[]> {
    const { toVerdict, whole } = await this.#walk(SAMPLES[0]!, { width });
    return [
      figure(`shift/${width}`, "to_verdict", "share", toVerdict.shift),
      figure(`shift/${width}`, "to_predictions", "share", whole.shift),
    ];
  }

  /** From loading the page to predictions of a table. */
  async way(file: string, slowdown: number): Promise<Figure[]> {
    const walks = await repeated(this.#runs, () => this.#walk(file, { slowdown }));
    const name = `${basename(file, ".csv")}/${slowdown}x`;
    const least = walks.reduce((a, b) => (sum(b.whole.tasks) < sum(a.whole.tasks) ? b : a));
    return [
      figure(name, "verdict_ms", "ms", median(walks.map(({ verdict }) => verdict))),
      figure(name, "predictions_ms", "ms", median(walks.map(({ predictions }) => predictions))),
      ...ofTasks(name, "", least.whole.tasks),
    ];
  }

  /** From loading the page to the cells of a large table, and with the wheel over them. */
  async scrolling(file: string): Promise<Figure[]> {
    const runs = await repeated(this.#runs, async () => {
      const page = await WatchedPage.open(this.#browser, this.#url);
      await page.until("usable");
      await page.rest(LOOKED_AT_MS);
      const dropped = await page.now();
      await page.drop(file);
      const shown = (await page.until("grid")) - dropped;
      await page.until("verdict");
      const reading = (await page.seen()).tasks;
      const turns = [[0, 900], [900, 0], [0, -300], [-300, 0]] as const; // prettier-ignore
      for (const turn of turns) await page.wheel("[data-testid=grid]", turn, 25);
      await page.rest(LOOKED_AT_MS);
      const scrolling = (await page.seen()).tasks.slice(reading.length);
      await page.close();
      return { shown, reading, scrolling };
    });
    const name = basename(file, ".csv");
    return [
      figure(name, "grid_ms", "ms", median(runs.map(({ shown }) => shown))),
      ...ofTasks(name, "", fewest(runs.map(({ reading }) => reading))),
      ...ofTasks(name, "scrolling_", fewest(runs.map(({ scrolling }) => scrolling))),
    ];
  }

  async #walk(file: string, conditions: { readonly width?: number; readonly slowdown?: number }) {
    const page = await WatchedPage.open(this.#browser, this.#url, conditions);
    await page.until("usable");
    await page.rest(LOOKED_AT_MS);
    const dropped = await page.now();
    await page.drop(file);
    const verdict = (await page.until("verdict")) - dropped;
    await page.rest(LOOKED_AT_MS);
    const toVerdict = await page.seen();
    const pressed = await page.now();
    await page.click("[data-testid=verdict] button");
    const predictions = verdict + (await page.until("predictions")) - pressed;
    await page.rest(LOOKED_AT_MS);
    const whole = await page.seen();
    await page.close();
    return { verdict, predictions, toVerdict, whole };
  }
}

async function repeated<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < times; i++) results.push(await run());
  return results;
}

function ofTasks(name: string, prefix: string, tasks: readonly number[]): Figure[] {
  return [
    figure(name, `${prefix}longest_task_ms`, "ms", Math.max(0, ...tasks)),
    figure(name, `${prefix}tasks_over_50_ms`, "tasks", tasks.length),
  ];
}

function fewest(runs: readonly (readonly number[])[]): readonly number[] {
  return runs.reduce((a, b) => (sum(b) < sum(a) ? b : a));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function figure(name: string, metric: string, unit: string, value: number): Figure {
  return { suite: "page", case: name, metric, unit, value };
}
