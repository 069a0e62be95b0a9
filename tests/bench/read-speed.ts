import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import Papa from "papaparse";

import { sourceOfFile } from "../../src/cli/read-table-file";
import { finish } from "../../src/engine/ground/finish";
import { openAnyTable } from "../../src/engine/kinds/table/read/every-format";
import { writeAs } from "../../src/engine/kinds/table/read/formats";
import type { OpenTable } from "../../src/engine/kinds/table/read/index";
import type { WrittenFormat } from "../../src/engine/kinds/table/write/media-types";
import type { Figure } from "./report";

const MB = 1e6;
/** Of the delimited file, and of what is written in the other formats, which hold it as a whole. */
const CSV_MB = 200;
const OTHERS_MB = 20;
const FORMATS: readonly WrittenFormat[] = ["json", "ndjson", "parquet", "arrow", "xlsx"];

/**
 * How fast tables are read: MB of the file a second, one thread. Beside them, in the same run: the text split at line ends and
 * commas and nothing more, papaparse to cells of text, and DuckDB on one thread where it is installed, all of them on the
 * delimited file.
 */
export async function benchReadSpeed(quick: boolean): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), "berth-read-"));
  try {
    const large = join(directory, "large.csv");
    writeTable(large, (quick ? OTHERS_MB : CSV_MB) * MB);
    const csv = await csvFigures(large);
    const small = join(directory, "small.csv");
    writeTable(small, (quick ? 2 : OTHERS_MB) * MB);
    return [...csv, ...(await formatFigures(directory, small))];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Ten columns as people have them: a number of each row, whole and decimal numbers, a date, words, a text. */
function writeTable(path: string, bytes: number): void {
  const words = ["red", "green", "dark blue", "white", "n/a"];
  const lines = ["id,age,height,weight,income,day,colour,city,is_member,note"];
  let length = 0;
  let block = "";
  writeFileSync(path, `${lines[0]}\n`);
  for (let i = 0, seed = 7; length < bytes; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    const day = new Date(1.5e12 + (seed % 5000) * 864e5).toISOString().slice(0, 10);
    block +=
      `${i},${18 + (seed % 70)},${(150 + (seed % 5000) / 100).toFixed(1)},${(40 + (seed % 80_000) / 1000).toFixed(3)},` +
      `${seed % 200_000},${day},${words[seed % 5]!},city ${seed % 400},${seed % 3 ? "yes" : "no"},"note ${seed}, ${i % 97}"\n`;
    if (block.length < 1 << 20 && length + block.length < bytes) continue;
    writeFileSync(path, block, { flag: "a" });
    length += block.length;
    block = "";
  }
}

async function csvFigures(path: string): Promise<Figure[]> {
  const megabytes = statSync(path).size / MB;
  const before = heldBytes();
  const { seconds, value: opened } = await timed(() => read(path));
  const held = heldBytes() - before;
  const typed = typedBytes(opened);
  const speed = megabytes / seconds;
  const figure = (metric: string, unit: string, value: number, baseline?: number): Figure => ({
    ...{ suite: "read", case: "csv", metric, unit, value },
    ...(baseline !== undefined && { baseline }),
  });
  const split = await timed(() => splitLines(path));
  const papa = await timed(() => papaRows(path));
  const duck = await duckSeconds(path);
  return [
    figure("size", "MB", megabytes),
    figure("time", "s", seconds),
    figure("speed", "MB/s, against a plain split", speed, megabytes / split.seconds),
    figure("speed", "MB/s, against papaparse", speed, megabytes / papa.seconds),
    ...(duck === null
      ? []
      : [figure("speed", "MB/s, against DuckDB, one thread", speed, megabytes / duck)]),
    figure("memory", "MB held, against its typed columns", held / MB, typed / MB),
  ];
}

async function formatFigures(directory: string, csv: string): Promise<Figure[]> {
  const opened = await read(csv);
  const figures: Figure[] = [];
  for (const format of FORMATS) {
    const path = join(directory, `table.${format}`);
    writeFileSync(path, "");
    await finish(writeAs(opened, format, [], (piece) => writeFileSync(path, piece, { flag: "a" })));
    const megabytes = statSync(path).size / MB;
    const { seconds, value } = await timed(() => read(path));
    if (value.read.table.rows !== opened.read.table.rows) throw new Error(`${format}: rows lost`);
    figures.push({ suite: "read", case: format, metric: "size", unit: "MB", value: megabytes });
    figures.push({
      ...{ suite: "read", case: format, metric: "speed", unit: "MB/s" },
      value: megabytes / seconds,
    });
  }
  return figures;
}

async function read(path: string): Promise<OpenTable> {
  return finish(openAnyTable(sourceOfFile(path), path));
}

async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly seconds: number; readonly value: T }> {
  const started = performance.now();
  const value = await work();
  return { seconds: (performance.now() - started) / 1000, value };
}

/** What is still held after everything that can be freed was. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What the columns alone take: two bytes a cell of those with few different values, eight of numbers and dates, none of text. */
function typedBytes({ read: { table, typed } }: OpenTable): number {
  const perRow = typed.map(({ stored: { hasCodes, hasNumbers, hasDates } }) =>
    hasCodes ? 2 : hasNumbers || hasDates ? 8 : 0,
  );
  return perRow.reduce<number>((sum, bytes) => sum + bytes, 0) * table.rows;
}

async function splitLines(path: string): Promise<number> {
  let cells = 0;
  let rest = "";
  for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 })) {
    const lines = (rest + (piece as string)).split("\n");
    rest = lines.pop()!;
    for (const line of lines) cells += line.split(",").length;
  }
  return cells;
}

function papaRows(path: string): Promise<number> {
  let rows = 0;
  return new Promise((done, failed) => {
    Papa.parse<string[]>(createReadStream(path, { highWaterMark: 1 << 20 }), {
      chunk: ({ data }) => {
        rows += data.length;
      },
      complete: () => done(rows),
      error: failed,
    });
  });
}

/** Null where DuckDB is not installed. */
async function duckSeconds(path: string): Promise<number | null> {
  const module = "@duckdb/node-api";
  const duckdb = (await import(module).catch(() => null)) as
    typeof import("@duckdb/node-api") | null;
  if (!duckdb) return null;
  const instance = await duckdb.DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const { seconds } = await timed(() =>
    connection.run(`CREATE TABLE t AS SELECT * FROM read_csv('${path}')`),
  );
  connection.closeSync();
  return seconds;
}
