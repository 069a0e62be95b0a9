/** @file The file of a book's points: a NumPy array, which the whole world can read. */

import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import { MOST_POINT } from "../comparable";

const MAGIC = "\x93NUMPY\x01\x00";
/** Of magic, version, length and header together, as the format asks. */
const ALIGNED = 64;
const MOST_POINTS = 2000;
const MOST_COLUMNS = 8192;

/**
 * Points as `.npy`, version 1.0: float32, little-endian, row-major. The same points give the same bytes.
 *
 * Source: NumPy, "NEP 1: A Simple File Format for NumPy Arrays".
 *
 * @param points - Shape [m, d].
 */
export function encodeBook({ data, rows, cols }: Matrix): Uint8Array<ArrayBuffer> {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`;
  const used = MAGIC.length + 2 + dictionary.length + 1;
  const header = `${dictionary}${" ".repeat((ALIGNED - (used % ALIGNED)) % ALIGNED)}\n`;
  const start = MAGIC.length + 2 + header.length;
  const bytes = new Uint8Array(start + 4 * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set(latin1(MAGIC));
  view.setUint16(MAGIC.length, header.length, true);
  bytes.set(latin1(header), MAGIC.length + 2);
  for (let at = 0; at < data.length; at++) view.setFloat32(start + 4 * at, data[at]!, true);
  return bytes;
}

/**
 * The points of a book's file.
 *
 * @param cols - That a point of its space has.
 * @returns Shape [m, cols], 1 ≤ m ≤ 2000.
 * @throws EngineError `bad_specification` if the file is none of ours, or holds what nothing can be compared with.
 */
export function decodeBook(bytes: Uint8Array, cols: number): Matrix<Float64Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = MAGIC.length + 2;
  if (bytes.length < start || text(bytes, 0, MAGIC.length) !== MAGIC) throw bad("is no NumPy file");
  const body = start + view.getUint16(MAGIC.length, true);
  const shape =
    /^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d{1,4}), (\d{1,4})\), \} *\n$/.exec(
      text(bytes, start, body),
    );
  if (!shape) throw bad("is no matrix of single precision");
  const rows = Number(shape[1]);
  const fits = rows >= 1 && rows <= MOST_POINTS && Number(shape[2]) === cols;
  if (!fits || cols > MOST_COLUMNS || bytes.length !== body + 4 * rows * cols) {
    throw bad(`does not hold 1 to ${MOST_POINTS} points of ${cols} numbers`);
  }
  const data = Float64Array.from({ length: rows * cols }, (_, at) =>
    view.getFloat32(body + 4 * at, true),
  );
  if (!data.every((number) => Math.abs(number) <= MOST_POINT)) {
    throw bad(`has points beyond ±${MOST_POINT}`);
  }
  return { data, rows, cols };
}

function latin1(value: string): Uint8Array {
  return Uint8Array.from(value, (letter) => letter.charCodeAt(0));
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function bad(problem: string): EngineError {
  return new EngineError("bad_specification", `the book ${problem}`);
}
