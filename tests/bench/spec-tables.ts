/** @file The tables that reduced sets are scored on: standardised matrices from a folder, or made up. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Matrix } from "../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../src/engine/ground/random";

/** A matrix of a NumPy file of little-endian singles in C order, version 1.0. */
export function readNpy(file: string): Matrix<Float32Array> {
  const bytes = readFileSync(file);
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.subarray(10, start).toString("latin1");
  const shape = /'shape': \((\d+), (\d+)\)/.exec(header);
  if (!shape || !header.includes("'<f4'") || header.includes("'fortran_order': True")) {
    throw new Error(`${file} is not a C-ordered float32 matrix: ${header}`);
  }
  const body = bytes.subarray(start);
  const data = new Float32Array(
    body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength),
  );
  return { data, rows: Number(shape[1]), cols: Number(shape[2]) };
}

/** Comma-separated tables of measurements, the answer in the last column. */
const CSV: Readonly<Record<string, string>> = {
  iris: "iris",
  wine: "wine",
  "breast-cancer": "sk_breast_cancer",
  diabetes: "sk_diabetes",
  digits: "sk_digits",
};

/**
 * A table of a folder: of `<name>.npy`, which is standardised, or of a file of its folder `uci`, standardised here.
 *
 * @returns Null where the folder has neither.
 */
export function tableOf(folder: string, name: string): Matrix<Float32Array> | null {
  const matrix = join(folder, `${name}.npy`);
  if (existsSync(matrix)) return readNpy(matrix);
  const table = join(folder, "uci", `${CSV[name] ?? name}.csv`);
  return existsSync(table) ? readMeasurements(table) : null;
}

function readMeasurements(file: string): Matrix<Float32Array> {
  const [, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const rows = lines.map((line) => line.split(",").slice(0, -1).map(Number));
  const cols = rows[0]!.length;
  const data = Float32Array.from(rows.flat());
  for (let k = 0; k < cols; k++) standardise(data, k, cols);
  return { data, rows: rows.length, cols };
}

/** Rows of five Gaussians of different places and widths, every column standardised. */
export function madeUpTable(rows: number, cols: number, seed = 7): Matrix<Float32Array> {
  const random = seededRandom(seed);
  const draw = () => Array.from({ length: cols }, () => normal(random));
  const clusters = Array.from({ length: 5 }, () => ({
    middle: draw().map((v) => 3 * v),
    width: draw().map((v) => 0.5 + Math.abs(v)),
  }));
  const data = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const { middle, width } = clusters[Math.floor(random() * 5)]!;
    for (let k = 0; k < cols; k++) data[i * cols + k] = middle[k]! + width[k]! * normal(random);
  }
  for (let k = 0; k < cols; k++) standardise(data, k, cols);
  return { data, rows, cols };
}

function standardise(data: Float32Array, column: number, cols: number): void {
  const rows = data.length / cols;
  let sum = 0;
  let squares = 0;
  for (let p = column; p < data.length; p += cols) {
    sum += data[p]!;
    squares += data[p]! ** 2;
  }
  const mean = sum / rows;
  const deviation = Math.sqrt(squares / rows - mean ** 2) || 1;
  for (let p = column; p < data.length; p += cols) data[p] = (data[p]! - mean) / deviation;
}
