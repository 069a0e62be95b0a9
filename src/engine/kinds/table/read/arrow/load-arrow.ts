import {
  CompressionType,
  compressionRegistry,
  type Data,
  DataType,
  type Field,
  type RecordBatch,
  RecordBatchReader,
  Table,
  Type,
  type Vector,
} from "apache-arrow";
import { decompressZstd } from "hyparquet-compressors";

import type { Steps } from "../../../../ground/progress";
import { displayNames } from "../../columns/names";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import { damaged } from "../cells/damaged";
import { latin1 } from "../cells/latin1";
import { requireWidth } from "../cells/limits";
import { noTable } from "../cells/no-table";
import { timeOfDay } from "../cells/time-of-day";
import { wholeFile } from "../cells/whole-text";
import type { TableSource } from "../source";
import { unpackLz4Frame } from "./lz4-frame";

const CALLED = "Arrow file";
/** At both ends of a file. */
const MARK = "ARROW1";
/** Rows that take no bytes, as those of a column without values. */
const HARMLESS_ROWS = 10_000_000;
const ROWS_PER_BYTE = 2000;
const BATCH_ROWS = 100_000;

/** @throws EngineError `damaged_file`, `table_too_large`, `no_table` */
export async function* loadArrow(source: TableSource): Steps<LoadedTable> {
  yield { stage: "read", done: 0, total: source.sizeBytes };
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4Frame });
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompressZstd(bytes) });
  const bytes = await wholeFile(source, CALLED);
  requireEnd(bytes);
  const table = new Table(batchesOf(bytes));
  const fields: readonly Field<DataType>[] = table.schema.fields;
  const plain = fields.flatMap((field, j) => {
    const cellOf = cellsOf(field);
    return cellOf ? [{ name: field.name, vector: table.getChildAt(j)!, cellOf }] : [];
  });
  const others = fields.filter((field) => !cellsOf(field)).map(({ name }) => name);
  if (plain.length === 0)
    throw noTable(CALLED, `its columns (${others.slice(0, 5).join(", ")}) hold no plain values`);
  requireWidth(plain.length);
  const rows = table.numRows;
  for (const { name, vector } of plain) requireWhole(name, vector, rows);
  const { names, warnings } = displayNames(
    plain.map(({ name }) => name),
    plain.length,
  );
  const ends = Array.from({ length: Math.ceil(rows / BATCH_ROWS) }, (_, i) =>
    Math.min(rows, (i + 1) * BATCH_ROWS),
  );
  return {
    table: {
      ...{ rows, names, ends },
      cells: async (column, from, to) => {
        const { vector, cellOf } = plain[column]!;
        return Array.from({ length: to - from }, (_, i) => cellOf(vector.get(from + i)));
      },
    },
    isNamed: plain.map(({ name }) => name.trim() !== ""),
    hasHeader: true,
    warnings: [
      ...warnings,
      ...others.map((column) => ({ code: "nested_column", column, count: 1 }) as const),
    ],
  };
}

/** A file says at its end what is in it; a stream says it on the way. @throws EngineError `damaged_file` */
function requireEnd(bytes: Uint8Array): void {
  const isFile = latin1(bytes.subarray(0, MARK.length)) === MARK;
  if (isFile && latin1(bytes.subarray(-MARK.length)) !== MARK) {
    throw damaged(CALLED, "its end is missing");
  }
}

/** The batches of a file are taken one by one: going through all of them never ends where one is something else. */
function batchesOf(bytes: Uint8Array): RecordBatch[] {
  const reader = RecordBatchReader.from(bytes).open();
  if (!reader.isFile()) return [...reader];
  const batches: RecordBatch[] = [];
  for (let i = 0; i < reader.numRecordBatches; i++) {
    const batch = reader.readRecordBatch(i);
    if (!batch) throw damaged(CALLED, `batch ${i + 1} is missing`);
    // Before anything is counted in as many rows as it claims.
    const most = Math.max(HARMLESS_ROWS, ROWS_PER_BYTE * bytes.length);
    if (!(batch.numRows <= most)) throw damaged(CALLED, `it claims ${batch.numRows} rows`);
    batches.push(batch);
  }
  return batches;
}

const PLAIN_TYPES: ReadonlySet<Type> = new Set([
  ...[Type.Null, Type.Int, Type.Float, Type.Bool, Type.Utf8, Type.LargeUtf8],
]);

/** Of the units of time, in their order. */
const UNITS_PER_SECOND = [1, 1e3, 1e6, 1e9];

/** How the values of a field become cells; null if they are not plain. */
function cellsOf({ type }: Field<DataType>): ((value: unknown) => Cell) | null {
  const plain: DataType = DataType.isDictionary(type) ? (type.dictionary as DataType) : type;
  if (DataType.isTimestamp(plain) || DataType.isDate(plain)) {
    return (value) =>
      typeof value === "number" ? new Date(value) : value instanceof Date ? value : null;
  }
  if (DataType.isDecimal(plain)) {
    const { scale } = plain;
    return (value) => decimalOf(value, scale);
  }
  if (DataType.isTime(plain)) {
    const perSecond = UNITS_PER_SECOND[plain.unit]!;
    return (value) => timeOfDay(value, perSecond);
  }
  return PLAIN_TYPES.has(plain.typeId) ? plainCell : null;
}

function plainCell(value: unknown): Cell {
  const isPlain = ["string", "number", "bigint", "boolean"].includes(typeof value);
  return isPlain ? (value as Cell) : null;
}

/** A decimal of 32-bit words, the lowest first. What a double does not hold is given as its digits. */
function decimalOf(value: unknown, scale: number): Cell {
  if (!(value instanceof Uint32Array)) return null;
  let whole = 0n;
  for (const word of value.toReversed()) whole = (whole << 32n) | BigInt(word);
  whole = BigInt.asIntN(32 * value.length, whole);
  const number = Number(whole);
  if (Number.isSafeInteger(number) && scale >= 0 && scale <= 22) return number / 10 ** scale;
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
  const sign = whole < 0n ? "-" : "";
  return scale > 0 ? `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}` : sign + digits;
}

/** @throws EngineError `damaged_file` if a column claims more values than its bytes hold. */
function requireWhole(name: string, vector: Vector, rows: number): void {
  const isWhole = vector.data.every((data: Data) => holds(data));
  const claimed = vector.data.reduce((sum, data) => sum + data.length, 0);
  if (!isWhole || claimed !== rows) throw damaged(CALLED, `column "${name}" is not whole`);
}

function holds(data: Data): boolean {
  const { type, length, offset } = data;
  const end = offset + length;
  if (DataType.isNull(type)) return length <= HARMLESS_ROWS;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    return (data.valueOffsets as ArrayLike<unknown>).length > end;
  }
  const values = (data.values as ArrayLike<unknown> | undefined)?.length ?? 0;
  if (DataType.isBool(type)) return 8 * values >= end;
  const width = DataType.isDictionary(type) ? 1 : data.stride;
  return values >= end * width || values >= length * width;
}
