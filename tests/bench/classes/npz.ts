/** @file Arrays of numbers and texts as NumPy packs them. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";

import JSZip from "jszip";

import { halfOf } from "../../../src/engine/kinds/table/read/npy/read-array";

export interface NumpyArray {
  readonly shape: readonly number[];
  /** Row-major numbers, truth values as 0 and 1; none of an array of texts. */
  readonly numbers: Uint8Array | Float32Array | Float64Array;
  /** Of an array of texts. */
  readonly texts: readonly string[];
  /** As NumPy names its type, without the order of bytes: u1, f4, b1, U5, … */
  readonly type: string;
}

type Reader = (view: DataView, at: number, isLittle: boolean) => number;

const NUMBERS: Readonly<Record<string, Reader>> = {
  b1: (view, at) => view.getUint8(at),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, isLittle) => view.getUint16(at, isLittle),
  i2: (view, at, isLittle) => view.getInt16(at, isLittle),
  u4: (view, at, isLittle) => view.getUint32(at, isLittle),
  i4: (view, at, isLittle) => view.getInt32(at, isLittle),
  u8: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
  i8: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
  f2: (view, at, isLittle) => halfOf(view.getUint16(at, isLittle)),
  f4: (view, at, isLittle) => view.getFloat32(at, isLittle),
  f8: (view, at, isLittle) => view.getFloat64(at, isLittle),
};

/**
 * Arrays of an `.npz` file by their names.
 *
 * @throws Error naming the file, and the array, that cannot be read.
 */
export async function readNpz(path: string): Promise<ReadonlyMap<string, NumpyArray>> {
  const bytes = readFileSync(path);
  const zip = await JSZip.loadAsync(bytes).catch((cause: unknown) => {
    const message = `${basename(path)} is no .npz file, or a damaged one: save the arrays by numpy.savez`;
    throw new Error(message, { cause });
  });
  const arrays = new Map<string, NumpyArray>();
  for (const [name, member] of Object.entries(zip.files)) {
    if (!name.endsWith(".npy")) continue;
    arrays.set(name.replace(/\.npy$/, ""), decodeArray(await member.async("uint8array"), name));
  }
  return arrays;
}

/** Source: NumPy, "NEP 1: A Simple File Format for NumPy Arrays". */
function decodeArray(bytes: Uint8Array, name: string): NumpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes[6] === 1 ? 10 : 12;
  const body = start + (bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, body));
  const [, order, type = "", isFortran, sizes] =
    /'descr': '([<>|=]?)(\w+)', 'fortran_order': (\w+), 'shape': \(([^)]*)\)/.exec(header) ?? [];
  if (sizes === undefined) throw new Error(`the array ${name} is no plain one: save it as numbers`);
  const shape = sizes.split(",").filter((size) => size.trim() !== "").map(Number); // prettier-ignore
  const count = shape.reduce((product, size) => product * size, 1);
  const [, kind = "", digits = ""] = /^([a-zA-Z])(\d+)$/.exec(type) ?? [];
  const read = NUMBERS[type];
  if (!read && kind !== "U" && kind !== "S") {
    const what = kind === "O" || type === "O" ? "Python objects" : `"${type}"`;
    throw new Error(`the array ${name} holds ${what}: save it as numbers or texts`);
  }
  const size = kind === "U" ? 4 * Number(digits) : Number(digits);
  if (body + count * size > bytes.length) throw new Error(`the array ${name} is cut off`);
  const places = isFortran === "True" ? placesOf(shape) : null;
  const at = (i: number) => body + (places ? places[i]! : i) * size;
  const isLittle = order !== ">";
  if (read) {
    const numbers = size === 1 ? new Uint8Array(count) : size > 4 || /^[iu]4/.test(type) ? new Float64Array(count) : new Float32Array(count); // prettier-ignore
    for (let i = 0; i < count; i++) numbers[i] = read(view, at(i), isLittle);
    return { shape, numbers, texts: [], type };
  }
  const texts = Array.from({ length: count }, (_, i) => {
    if (kind === "S") return new TextDecoder().decode(bytes.subarray(at(i), at(i) + size)).replace(/\0+$/, ""); // prettier-ignore
    const points = Array.from({ length: size / 4 }, (__, k) => view.getUint32(at(i) + 4 * k, isLittle)); // prettier-ignore
    return String.fromCodePoint(...points).replace(/\0+$/, "");
  });
  return { shape, numbers: new Uint8Array(), texts, type };
}

/** Where the elements of an array of this shape, row by row, lie in one that is stored column by column. */
function placesOf(shape: readonly number[]): Uint32Array {
  const strides = shape.map((_, d) => shape.slice(0, d).reduce((product, n) => product * n, 1));
  let places = [0];
  shape.forEach((size, d) => {
    places = places.flatMap((place) => Array.from({ length: size }, (_, i) => place + i * strides[d]!)); // prettier-ignore
  });
  return Uint32Array.from(places);
}
