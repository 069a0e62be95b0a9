import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { COLS, madeUpRows } from "./predict-model";

const ROWS_AT_A_TIME = 10_000;

/** Write a table of made-up rows as CSV, some at a time: columns x0 to x19, and y, which is their sum. */
export async function writeMadeUpCsv(file: string, rows: number): Promise<void> {
  await pipeline(Readable.from(linesOf(rows)), createWriteStream(file));
}

function* linesOf(rows: number): Generator<string> {
  yield `${[...Array(COLS).keys()].map((j) => `x${j}`).join(",")},y\n`;
  for (let from = 0; from < rows; from += ROWS_AT_A_TIME) {
    const { data } = madeUpRows(Math.min(ROWS_AT_A_TIME, rows - from), from + 1);
    let text = "";
    for (let at = 0; at < data.length; at += COLS) {
      const row = data.subarray(at, at + COLS);
      const sum = row.reduce((total, x) => total + x, 0);
      text += `${Array.from(row, (x) => x.toFixed(4)).join(",")},${sum.toFixed(4)}\n`;
    }
    yield text;
  }
}
