import { readFileSync } from "node:fs";

import { expect, type Page, test } from "@playwright/test";
import Papa from "papaparse";

import { finish } from "../../src/engine/ground/finish";
import { xlsxReader } from "../../src/engine/kinds/table/read/xlsx/xlsx-reader";
import { encodeParquet } from "../fixtures/table/parquet-files";
import { encodeSqlite } from "../fixtures/table/sqlite-files";
import { sourceOf } from "../fixtures/table/read-text";
import { type Columns, xlsxOf } from "../fixtures/table/sheet-files";
import { canaryFile } from "./canary-file";

type Cell = number | string | null;

/** The houses, row by row, below their names. */
const [names, ...rows] = Papa.parse<string[]>(canaryFile().text, { skipEmptyLines: true }).data;

function cellOf(text: string): Cell {
  if (text === "") return null;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function columnsOf(): Columns {
  const columns = names!.map((name, j) => {
    const cells = rows.map((row) => cellOf(row[j]!));
    const isText = cells.some((cell) => typeof cell === "string");
    return [
      name,
      isText ? cells.map((cell) => (cell === null ? null : String(cell))) : cells,
    ] as const;
  });
  return Object.fromEntries(columns);
}

function workbook(): Promise<Uint8Array> {
  const xml = (cell: Cell) => {
    if (cell === null) return "<c/>";
    if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
    return `<c t="str"><v>${cell.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</v></c>`;
  };
  const lines: Cell[][] = [
    ["Houses of a made-up town"],
    [],
    names!,
    ...rows.map((row) => row.map(cellOf)),
  ];
  const data = lines.map((line) => `<row>${line.map(xml).join("")}</row>`).join("");
  return xlsxOf([
    ["About", "<sheetData><row><c><v>1</v></c></row></sheetData>"],
    ["Houses", `<sheetData>${data}</sheetData>`],
  ]);
}

async function predict(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.goto("/");
  const file = { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) };
  await page.getByTestId("file-input").setInputFiles(file);
  await expect(page.getByTestId("verdict")).toContainText("18 of 18");
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
  await expect(page.getByTestId("download")).toBeEnabled();
}

async function download(
  page: Page,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const saving = page.waitForEvent("download");
  await page.getByTestId("download").click();
  const saved = await saving;
  return {
    name: saved.suggestedFilename(),
    bytes: new Uint8Array(readFileSync(await saved.path())),
  };
}

async function expectPredictions(bytes: Uint8Array): Promise<void> {
  const { profile } = await finish(xlsxReader.read(sourceOf(bytes)));
  const columns = profile.columns.map((column) => column.name);
  expect(columns.slice(0, names!.length)).toEqual(names);
  expect(columns.length).toBeGreaterThan(names!.length);
  expect(profile.rows).toBe(rows.length);
  expect(profile.columns[names!.length]).toMatchObject({ missing: 0 });
  const first = profile.preview[0]!.slice(0, names!.length).map(cellOf);
  expect(first).toEqual(rows[0]!.map(cellOf));
}

test("a Parquet file becomes predictions, and a workbook of them", async ({ page }) => {
  await predict(page, "houses.parquet", await encodeParquet(columnsOf()));
  await expect(page.getByTestId("download-as")).toHaveValue("parquet");
  await page.getByTestId("download-as").selectOption("xlsx");
  const { name, bytes } = await download(page);
  expect(name).toBe("houses-predictions.xlsx");
  await expectPredictions(bytes);
});

test("a database becomes predictions", async ({ page }) => {
  await predict(page, "houses.db", await encodeSqlite(columnsOf()));
  const { name, bytes } = await download(page);
  expect(name).toBe("houses-predictions.csv");
  expect(new TextDecoder().decode(bytes).split("\n")[0]).toContain(`${names!.join(",")},`);
});

test("a workbook with a title above its table becomes predictions, and a workbook of them", async ({
  page,
}) => {
  await predict(page, "houses.xlsx", await workbook());
  const { name, bytes } = await download(page);
  expect(name).toBe("houses-predictions.xlsx");
  await expectPredictions(bytes);
});

test("a CSV file can be downloaded as a workbook", async ({ page }) => {
  await predict(page, "houses.csv", new TextEncoder().encode(canaryFile().text));
  await page.getByTestId("download-as").selectOption("xlsx");
  await expectPredictions((await download(page)).bytes);
});
