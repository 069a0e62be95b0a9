import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "@playwright/test";
import Papa from "papaparse";

import { patience } from "../../patience";
import { canaries, canaryFile } from "../canary-file";
import { byRole } from "./by-role";
import { programs, test, type Visit } from "./visit";

const samples = join(import.meta.dirname, "../../../public/samples");

for (const program of programs) {
  test.describe(`in ${program.name}`, () => {
    test.use({ program });
    test.describe.configure({ timeout: patience(240) }); // A browser starts anew, and WebKit is slow.

    test("a sample becomes predictions", async ({ visit }) => {
      const sample = parse(readFileSync(join(samples, "wine-quality.csv"), "utf8"));
      await visit.browser.open(visit.dock);
      await visit.browser.click(byRole.button("Wine quality"));
      await predict(visit, "predicted_quality");
      const rows = await download(visit, "wine-quality-predictions.csv", sample);
      expectPlausible(rows, "predicted_quality", [3, 9], "alcohol");
      expectClean(visit, []);
    });

    test("a file becomes predictions, and nothing of it leaves", async ({ visit }) => {
      const file = canaryFile();
      const path = join(visit.folder, file.name);
      writeFileSync(path, file.text);
      await visit.browser.open(visit.dock);
      await visit.browser.chooseFile(path);
      await predict(visit, "predicted_price_k");
      const table = [file.header, ...file.rows];
      const rows = await download(visit, "houses to price-predictions.csv", table);
      expectPlausible(rows, "predicted_price_k", [50, 10_000], "Living area (sqft)");
      expectClean(visit, Object.values(canaries));
    });
  });
}

/** From a table on the page to predictions on the page. */
async function predict({ browser }: Visit, column: string): Promise<void> {
  await browser.text(byRole.heading("Your table"));
  await browser.click(byRole.button("Find models"));
  await browser.text(byRole.heading("Models that fit"));
  await browser.click(byRole.button("Predict with this"));
  await browser.text(byRole.heading("Predict"));
  expect(await browser.text(byRole.grid("Predictions beside your columns"))).toContain(column);
}

type Table = readonly (readonly string[])[];

/** The file that the page gives back: the table, and two columns beside it. */
async function download({ browser, folder }: Visit, name: string, table: Table): Promise<Table> {
  const path = join(folder, name);
  await browser.click(byRole.button(`Download ${table.length - 1} rows`));
  await browser.text(byRole.status(`Saved ${table.length - 1} rows as ${name}`));
  const saved = () => (existsSync(path) ? parse(readFileSync(path, "utf8")) : []);
  await expect.poll(() => saved().length).toBe(table.length);
  const rows = saved();
  expect(rows.map((row) => row.slice(0, -2))).toEqual(table);
  return rows;
}

/** All within a range, hardly two alike, and more where another column has more. */
function expectPlausible(
  [header, ...rows]: Table,
  column: string,
  [least, most]: readonly [number, number],
  cause: string,
): void {
  expect(header!.slice(-2)).toEqual([column, "far_from_training"]);
  const said = rows.map((row) => Number(row.at(-2)));
  for (const value of said) {
    expect(value).toBeGreaterThan(least);
    expect(value).toBeLessThan(most);
  }
  expect(new Set(said).size).toBeGreaterThan(0.8 * rows.length);
  const causes = rows.map((row) => Number(row[header!.indexOf(cause)]));
  const median = causes.toSorted((a, b) => a - b)[causes.length >> 1]!;
  const high = said.filter((_, i) => causes[i]! > median);
  const low = said.filter((_, i) => causes[i]! < median);
  expect(mean(high)).toBeGreaterThan(1.05 * mean(low));
}

/** Nothing was blocked or failed, only the dock was asked, and none of the words was sent. */
function expectClean({ witness, dock }: Visit, words: readonly string[]): void {
  expect(witness.complaints).toEqual([]);
  expect(witness.origins()).toEqual([dock]);
  const posted = witness.asked.filter(({ method }) => method !== "GET");
  expect(posted.map(({ url }) => url.pathname)).toEqual(["/api/v1/search"]);
  for (const { url, headers, body } of witness.asked) {
    const sent = `${decodeURIComponent(url.href)}\n${JSON.stringify(headers)}\n${body}`;
    for (const word of words) expect(sent.toLowerCase()).not.toContain(word.toLowerCase());
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function parse(text: string): string[][] {
  return Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
}
