import { tableSpace } from "../../src/engine/kinds/space";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";
import JSZip from "jszip";
import Papa from "papaparse";

import type { IslandSummary } from "../../src/contracts/http/dock-api";
import { installRuntime } from "../native-runtime";
import { canaries, canaryFile } from "./canary-file";
import { Egress } from "./egress";
import { houseColumns } from "./house-columns";
import { predictByHand } from "./oracle";

const file = canaryFile();

/** Search with the sample, and beside it a column by this name, if any; the text of the file. */
async function search(page: Page, name?: string, cells: readonly string[] = []): Promise<string> {
  const text =
    name === undefined
      ? file.text
      : Papa.unparse([[...file.header, name], ...file.rows.map((row, i) => [...row, cells[i]!])]);
  await page.goto("/");
  await page
    .getByTestId("file-input")
    .setInputFiles({ name: file.name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await expect(page.getByTestId("mapping")).toContainText("18");
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  return text;
}

/** The last columns of the download, by name. */
async function download(page: Page, names: readonly string[]): Promise<Record<string, string[]>> {
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download").click(),
  ]);
  const text = readFileSync(await saved.path(), "utf8");
  const [header, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  expect(header!.slice(-names.length)).toEqual(names);
  expect(rows).toHaveLength(file.rows.length);
  const first = header!.length - names.length;
  return Object.fromEntries(names.map((name, k) => [name, rows.map((row) => row[first + k]!)]));
}

/** What the model of the page predicts for a table in Node, and the names of the files that came with it. */
async function predictElsewhere(page: Page, table: string) {
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download-model").click(),
  ]);
  expect(saved.suggestedFilename()).toBe(file.name.replace(".csv", "-model.zip"));
  const zip = await JSZip.loadAsync(readFileSync(await saved.path()));
  const folder = mkdtempSync(join(tmpdir(), "berth-model-"));
  for (const one of Object.values(zip.files)) {
    writeFileSync(join(folder, one.name), await one.async("uint8array"));
  }
  installRuntime(folder);
  const [input, output] = [join(folder, "table.csv"), join(folder, "out.csv")];
  writeFileSync(input, table);
  execFileSync(process.execPath, [join(folder, "predict.mjs"), input, output]);
  const [name, ...values] = readFileSync(output, "utf8").trimEnd().split("\n");
  return { name, values: values.map(Number), files: Object.keys(zip.files) };
}

function expectSame(values: readonly number[], cells: readonly string[]): void {
  expect(values).toHaveLength(cells.length);
  // The download has seven figures, the model's numbers are in single precision.
  cells.forEach((cell, i) => {
    expect(Math.abs(values[i]! / Number(cell) - 1), `row ${i}`).toBeLessThan(1e-5);
  });
}

async function run(page: Page): Promise<void> {
  await page.getByTestId("run").click();
  await expect(page.getByTestId("download")).toBeVisible();
}

/** What each learnware of the recommended card says of all rows, nearest first; by the oracle. */
async function members(page: Page) {
  const card = page.locator('[data-testid="recommendation"][data-kind="shortlist"]');
  const ids = [...partsOf(await card.getAttribute("data-members")).keys()];
  const listed = await page.request.get("/api/v1/islands/house-sales");
  const { space } = (await listed.json()) as IslandSummary;
  const said: { id: string; values: Float32Array }[] = [];
  for (const id of ids) {
    const zip = await (await page.request.get(`/api/v1/learnwares/${id}/package`)).body();
    said.push({ id, values: await predictByHand(zip, tableSpace(space), file.rows, houseColumns) });
  }
  return said;
}

/** How much each learnware counts, as the page says with its predictions. */
async function sharesOf(page: Page): Promise<Map<string, number>> {
  return partsOf(await page.getByTestId("account").getAttribute("data-shares"));
}

/** Of "id:share id:share …". */
function partsOf(text: string | null): Map<string, number> {
  const parts = text!.split(" ").map((part) => part.split(":"));
  return new Map(parts.map(([id, share]) => [id!, Number(share)]));
}

function meanSquare(errors: readonly number[]): number {
  return errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
}

test("without answers, learnwares are combined row by row, or in another way if wanted", async ({
  page,
}) => {
  const table = await search(page);
  await expect(page.getByTestId("answers-column")).toHaveValue("");
  const said = await members(page);
  expect(said.length).toBeGreaterThan(5);
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".zip") || request.url().includes("/package")) {
      fetched.push(request.url());
    }
  });
  await run(page);
  // What the card lists is downloaded, and has a share in what comes out.
  expect(fetched).toHaveLength(said.length);
  const shares = await sharesOf(page);
  expect([...shares.keys()]).toEqual(said.map(({ id }) => id));
  expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  const names = ["predicted_price_k", "far_from_training"];
  const recommended = await download(page, names);
  recommended["predicted_price_k"]!.forEach((cell, i) => {
    const row = said.map(({ values }) => values[i]!);
    expect(Number(cell), `row ${i}`).toBeGreaterThanOrEqual(Math.min(...row) * (1 - 1e-6));
    expect(Number(cell), `row ${i}`).toBeLessThanOrEqual(Math.max(...row) * (1 + 1e-6));
  });
  for (const cell of recommended["far_from_training"]!) expect(cell).toMatch(/^(yes|no)$/);
  const elsewhere = await predictElsewhere(page, table);
  expect(elsewhere.name).toBe(names[0]);
  expect(elsewhere.files).toContain("learnware.zip");
  expectSame(elsewhere.values, recommended["predicted_price_k"]!);

  await page.getByTestId("ways").locator("summary").click();
  await page.locator('[data-way="average"]').getByRole("button").click();
  await expect(page.getByTestId("account")).toHaveAttribute("data-way", "average");
  const average = await download(page, names);
  average["predicted_price_k"]!.forEach((cell, i) => {
    const oracle = said.reduce((sum, { id, values }) => sum + shares.get(id)! * values[i]!, 0);
    expect(Math.abs(Number(cell) / oracle - 1), `row ${i}`).toBeLessThan(1e-4);
  });
});

test("fifty answers find out the learnware that gave them, and stay in the tab", async ({
  page,
  baseURL,
}) => {
  await search(page);
  const said = await members(page);
  // In thousand dollars, up to 40 more or less than it says.
  const giver = said.at(-1)!.values;
  const truth = Array.from(giver, (value, i) => value + 40 * Math.sin(7919 * i));
  const egress = new Egress(page);
  const known = truth.map((value, i) => (i % 12 === 0 ? value.toFixed(4) : ""));
  expect(known.filter((cell) => cell !== "")).toHaveLength(50);
  const table = await search(page, "Price (k)", known);
  await expect(page.getByTestId("answers-column")).toHaveValue("Price (k)");
  await expect(page.getByTestId("known-answers")).toContainText("50 answers");
  await run(page);

  const ways = page.getByTestId("ways");
  await expect(ways.locator('[data-way="own_model"]')).toContainText(" to ");
  const [column, low, high] = ["", "_low", "_high"].map((end) => `predicted_price_k${end}`);
  const names = [column!, low!, high!, "far_from_training"];
  const predicted = await download(page, names);
  const elsewhere = await predictElsewhere(page, table);
  expectSame(elsewhere.values, predicted[column!]!);
  const errorsOf = (cells: readonly string[]) =>
    cells.map((cell, i) => Number(cell) - truth[i]!).filter((_, i) => i % 12 !== 0);
  const average = truth.map((_, i) =>
    String(said.reduce((sum, { values }) => sum + values[i]! / said.length, 0)),
  );
  expect(meanSquare(errorsOf(predicted[column!]!))).toBeLessThan(
    0.3 * meanSquare(errorsOf(average)),
  );
  const inside = predicted[low!]!.filter(
    (cell, i) => Number(cell) <= truth[i]! && truth[i]! <= Number(predicted[high!]![i]),
  );
  // Made for nine in ten, from fifty answers: two standard errors below.
  expect(inside.length / 600).toBeGreaterThan(0.8);
  await egress.expectClean(new URL(baseURL!).origin, [
    ...Object.values(canaries),
    "Price (k)",
    ...known.filter((cell) => cell.length > 6),
  ]);
});

test("where learnwares are of no use, the user's own model is offered and used", async ({
  page,
}) => {
  // Newer and with more bedrooms is cheaper here: nothing that any seller of houses has seen.
  const truth = file.rows.map(
    (row) =>
      9000 - 4 * Number(row[houseColumns.yr_built]) - 60 * Number(row[houseColumns.bedrooms]),
  );
  const known = truth.map((value, i) => (i % 5 === 0 ? String(value) : ""));
  await search(page, "My own guess", known);
  await expect(page.getByTestId("answers-column")).toHaveValue("");
  await page.getByTestId("know-answers").click();
  await page.getByTestId("answers-column").selectOption("My own guess");
  await expect(page.getByTestId("known-answers")).toContainText("120 answers");
  await run(page);
  await expect(page.getByTestId("own-wins")).toBeVisible();
  await expect(page.getByTestId("account")).toHaveAttribute("data-way", "own_model");
  const [column, low, high] = ["", "_low", "_high"].map((end) => `predicted_price_k${end}`);
  const predicted = await download(page, [column!, low!, high!, "far_from_training"]);
  const spread = meanSquare(truth.map((y) => y - truth.reduce((a, b) => a + b) / truth.length));
  const errors = predicted[column!]!.map((cell, i) => Number(cell) - truth[i]!);
  expect(meanSquare(errors) / spread).toBeLessThan(0.02);
});

test("a learnware that cannot be had is left out and named", async ({ page }) => {
  await search(page);
  const [first] = await members(page);
  const hash = (
    (await (await page.request.get(`/api/v1/learnwares/${first!.id}`)).json()) as {
      sha256: string;
    }
  ).sha256;
  await page.route(
    (url) => url.pathname.includes(hash) || url.pathname.includes(`${first!.id}/package`),
    (route) => route.fulfill({ status: 404, json: { code: "not_found", message: "gone" } }),
  );
  await run(page);
  await expect(page.getByTestId("left-out")).toContainText("1 model");
});
