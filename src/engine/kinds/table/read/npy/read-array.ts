import { EngineError } from "../../../../ground/errors";
import type { Cell } from "../cells/cell";
import { damaged } from "../cells/damaged";
import { latin1 } from "../cells/latin1";
import type { ByteTools } from "../source";

const CALLED = "NumPy array";
const MS: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 36e5, D: 864e5, W: 6048e5 },
};

export interface ArrayColumn {
  /** Of a field; null in an array without fields. */
  readonly name: string | null;
  readonly cells: ArrayLike<Cell>;
}

interface Header {
  readonly descr: string | readonly (readonly [name: string, descr: string])[];
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  readonly dataAt: number;
}

interface Element {
  readonly size: number;
  readonly read: (at: number) => Cell;
}

/**
 * The columns of an array: of one dimension it is one column, of two it has the columns of its rows; records have their fields.
 *
 * @throws EngineError `unsupported_format` if it has more dimensions, or holds Python objects or complex numbers.
 * @throws EngineError `damaged_file` if it has fewer bytes than it claims.
 */
export function readArray(bytes: Uint8Array, tools: ByteTools): ArrayColumn[] {
  const { descr, isFortran, shape, dataAt } = readHeader(bytes, tools);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataAt, bytes.length - dataAt);
  const fields = typeof descr === "string" ? [["", descr] as const] : descr;
  const elements = fields.map(([name, code]) =>
    isPadding(name, code)
      ? { size: Number(code.slice(2)), read: null }
      : elementOf(code, view, tools),
  );
  const size = elements.reduce((sum, element) => sum + element.size, 0);
  const [rows = 1, width = 1] = shape;
  if (shape.length > 2 || shape.length === 0 || (elements.length > 1 && shape.length > 1)) {
    throw unsupported(`array of ${shape.length} dimensions`);
  }
  if (size === 0 || rows * width * size > view.byteLength) throw damaged(CALLED, "it is cut off");
  if (typeof descr !== "string") {
    let offset = 0;
    return elements.flatMap(({ read, size: bytes }, f) => {
      const start = offset;
      offset += bytes;
      if (!read) return [];
      const cells = Array.from({ length: rows }, (_, i) => read(i * size + start));
      return [{ name: fields[f]![0], cells }];
    });
  }
  const [{ read }] = elements as readonly Element[] as [Element];
  const place = isFortran
    ? (i: number, j: number) => j * rows + i
    : (i: number, j: number) => i * width + j;
  return Array.from({ length: width }, (_, j) => ({
    name: null,
    cells: Array.from({ length: rows }, (__, i) => read(place(i, j) * size)),
  }));
}

/** How many rows an array has, whatever they hold: 1 if it is a single value. @throws EngineError `damaged_file` */
export function rowsOf(bytes: Uint8Array, tools: ByteTools): number {
  return readHeader(bytes, tools).shape[0] ?? 1;
}

/** The header is the text of a Python dictionary. */
function readHeader(bytes: Uint8Array, tools: ByteTools): Header {
  const isLong = (bytes[6] ?? 0) > 1;
  const start = isLong ? 12 : 10;
  if (bytes.length < start) throw damaged(CALLED, "it is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  const dataAt = start + length;
  if (dataAt > bytes.length) throw damaged(CALLED, "it is cut off");
  const header = bytes.subarray(start, dataAt);
  const isUtf8 = bytes[6] === 3;
  const text = isUtf8 ? tools.decoding("utf-8", false).decode(header, false) : latin1(header);
  const [, whole] = /'shape':\s*\(([\d\s,L]*)\)/.exec(text) ?? [];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  if (whole === undefined || order === undefined)
    throw damaged(CALLED, "its header cannot be read");
  const shape = whole
    .split(",")
    .flatMap((part) => (part.trim() === "" ? [] : [parseInt(part, 10)]));
  return { descr: descrOf(text), isFortran: order === "True", shape, dataAt };
}

function descrOf(text: string): Header["descr"] {
  const simple = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  if (simple !== undefined) return simple;
  const list = /'descr':\s*\[(.*?)\],\s*'(?:fortran_order|shape)'/.exec(text)?.[1];
  if (list === undefined) throw damaged(CALLED, "its header cannot be read");
  const pattern = /\((?:'([^']*)'|"([^"]*)"),\s*'([^']*)'\)(?:,\s*|$)/gy;
  const fields = [...list.matchAll(pattern)];
  if (fields.reduce((sum, [whole]) => sum + whole.length, 0) < list.length)
    throw unsupported("array of nested records");
  return fields.map(([, single, double, code]) => [single ?? double!, code!]);
}

/** Bytes between fields that lie where a processor likes them. */
function isPadding(name: string, code: string): boolean {
  return name === "" && /^\|V\d+$/.test(code);
}

function elementOf(code: string, view: DataView, tools: ByteTools): Element {
  const [, order = "|", kind = "", digits = "0", unit = ""] =
    /^([<>|=]?)([a-zA-Z?])(\d*)(?:\[(?:1)?(\w+)\])?$/.exec(code) ?? [];
  const size = kind === "?" ? 1 : Number(digits);
  const isLittle = order !== ">";
  const number = numberReader(`${kind}${size}`, view, isLittle);
  if (number) return { size, read: number };
  if (kind === "b" || kind === "?") return { size, read: (at) => view.getInt8(at) !== 0 };
  if (kind === "S" || kind === "a" || kind === "U") {
    const bytes = kind === "U" ? 4 * size : size;
    return { size: bytes, read: (at) => textAt(view, at, bytes, kind === "U", isLittle, tools) };
  }
  const timeOf = kind === "M" && size === 8 ? timeReader(unit) : null;
  if (timeOf) {
    return {
      size,
      read: (at) => {
        const count = view.getBigInt64(at, isLittle);
        return count === -(2n ** 63n) ? null : new Date(timeOf(Number(count)));
      },
    };
  }
  if (kind === "O") throw unsupported("array of Python objects");
  throw unsupported(kind === "c" ? "array of complex numbers" : `array of "${code.slice(0, 20)}"`);
}

/** The time in ms since 1970 of a number of units since then. */
function timeReader(unit: string): ((count: number) => number) | null {
  if (unit === "Y" || unit === "M") {
    return (count) => Date.UTC(1970, (unit === "Y" ? 12 : 1) * count);
  }
  const scale = MS[unit];
  return scale === undefined ? null : (count) => Math.round(count * scale);
}

function numberReader(
  kind: string,
  view: DataView,
  isLittle: boolean,
): ((at: number) => Cell) | null {
  switch (kind) {
    case "f2":
      return (at) => halfOf(view.getUint16(at, isLittle));
    case "f4":
      return (at) => view.getFloat32(at, isLittle);
    case "f8":
      return (at) => view.getFloat64(at, isLittle);
    case "i1":
      return (at) => view.getInt8(at);
    case "u1":
      return (at) => view.getUint8(at);
    case "i2":
      return (at) => view.getInt16(at, isLittle);
    case "u2":
      return (at) => view.getUint16(at, isLittle);
    case "i4":
      return (at) => view.getInt32(at, isLittle);
    case "u4":
      return (at) => view.getUint32(at, isLittle);
    case "i8":
      return (at) => view.getBigInt64(at, isLittle);
    case "u8":
      return (at) => view.getBigUint64(at, isLittle);
    default:
      return null;
  }
}

/** The number that 16 bits are in half precision. */
export function halfOf(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
}

function textAt(
  view: DataView,
  at: number,
  length: number,
  isWide: boolean,
  isLittle: boolean,
  tools: ByteTools,
): string {
  if (!isWide) {
    const bytes = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + at, length);
    return bytesAsText(bytes, tools).replace(/\0+$/, "");
  }
  let text = "";
  for (let i = at; i < at + length; i += 4) {
    const point = view.getUint32(i, isLittle);
    if (point === 0) break;
    if (point > 0x10ffff) throw damaged(CALLED, "a text cannot be read");
    text += String.fromCodePoint(point);
  }
  return text;
}

/** Bytes are of no encoding: most are UTF-8, and what is not is of the West. */
function bytesAsText(bytes: Uint8Array, tools: ByteTools): string {
  try {
    return tools.decoding("utf-8", true).decode(bytes, false);
  } catch {
    return tools.decoding("windows-1252", false).decode(bytes, false);
  }
}

function unsupported(what: string): EngineError {
  return new EngineError(
    "unsupported_format",
    `this file holds an ${what}, which is no table. Save it as an array of numbers of one or two dimensions, or as CSV.`,
    { format: `NumPy ${what}` },
  );
}
