/** @file As many pictures as people have, through the whole page: none of them in a request, in a time and memory that are told. */

import { createWriteStream, readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";

import { type Browser, expect, test } from "@playwright/test";
import JSZip from "jszip";
import Papa from "papaparse";

import { pictureDock } from "../fixtures/picture-dock";
import { drawnShape, SHAPES } from "../fixtures/pictures/shapes";
import { patience } from "../patience";
import { type DockProcess, startDockProcess } from "./dock-process";
import { Egress } from "./egress";

/** `BERTH_MANY_PICTURES=10000` for as many as are read at once; that took a quarter of an hour. */
const COUNT = Number(process.env["BERTH_MANY_PICTURES"] ?? 300);
/** Of a tab that holds a raster of 28 kB of each at most, and feeds models some at a time. */
const MOST_MEGABYTES = 700 + 0.05 * COUNT;
const CANARY = "marmaladewombat";

let dock: DockProcess;

test.beforeAll(async () => {
  test.setTimeout(patience(300));
  dock = await startDockProcess({ BERTH_DATA: await pictureDock(), BERTH_STARTER: "none" });
});
test.afterAll(() => dock.stop());

/** The most memory that a tab of the browser, workers and all, has ever had, in MB. */
async function peakOfTabs(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]);
  return Math.max(...peaks.map((kilobytes) => Number(kilobytes ?? 0) / 1000));
}

test(`${COUNT} pictures in a zip get a label each, and none leaves`, async ({ page, browser }) => {
  test.setTimeout(patience(120 + COUNT / 4));
  const zip = new JSZip();
  const shapeOf = (i: number) => SHAPES[i % SHAPES.length]!;
  for (let i = 0; i < COUNT; i++)
    zip.file(`${CANARY} ${i}.png`, drawnShape(shapeOf(i), 20_000 + i));
  const path = test.info().outputPath("many.zip");
  await pipeline(zip.generateNodeStream({ streamFiles: true }), createWriteStream(path));

  const egress = new Egress(page);
  await page.goto(dock.url);
  const times: Record<string, number> = {};
  const timed = async (step: string, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    times[step] = Math.round((performance.now() - start) / 100) / 10;
  };
  const patient = { timeout: patience(60 + COUNT / 8) };
  await timed("read", async () => {
    await page.getByTestId("file-input").setInputFiles(path);
    const told = page.getByTestId("profile");
    const count = COUNT.toLocaleString("en", { useGrouping: "min2" }); // As the page writes it.
    await expect(told).toContainText(`${count} pictures`, patient);
  });
  await timed("describe and find", async () => {
    await expect(page.getByTestId("find")).toBeEnabled(patient);
    await page.getByTestId("find").click();
    await expect(page.getByTestId("recommendation").first()).toBeVisible(patient);
  });
  await timed("predict", async () => {
    await page.getByTestId("run").click();
    await expect(page.getByTestId("predicted-pictures")).toBeVisible(patient);
  });
  let csv = "";
  await timed("download", async () => {
    const waiting = page.waitForEvent("download", patient);
    await page.getByTestId("download").click();
    csv = readFileSync(await (await waiting).path(), "utf8");
  });
  const peak = await peakOfTabs(browser);
  const steps = Object.entries(times).map(([step, seconds]) => `${step} ${seconds} s`);
  console.log(`${COUNT} pictures: ${steps.join(", ")}; the tab had ${Math.round(peak)} MB at most`);

  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  expect(data).toHaveLength(COUNT);
  const right = data.filter(({ file, predicted_folder: said }) => {
    return said === shapeOf(Number(/(\d+)\.png$/.exec(file!)![1]));
  });
  expect(right.length / COUNT).toBeGreaterThan(0.6); // By chance .25.
  expect(peak).toBeLessThan(MOST_MEGABYTES);
  await egress.expectClean(dock.url, [CANARY, "many.zip", "IHDR"]);
});
