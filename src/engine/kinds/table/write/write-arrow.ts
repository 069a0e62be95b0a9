import {
  Bool,
  type Data,
  type DataType,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";

import { concatenate } from "../../../ground/bytes";
import { encodeText } from "../../../learnware/onnx/protobuf-fields";
import { type Cell, cellText } from "../read/cells/cell";
import type { CellKind } from "../read/cells/cell-table";
import { columnsOf } from "./rows-of";
import type { TableWriter } from "./writer";

const ROWS_AT_ONCE = 50_000;

/** An Arrow file, which is a Feather file too. Columns are made of arrays, as the library's builders need `eval`. */
export const writeArrow: TableWriter = async function* (table, sink) {
  const fields = table.names.map((name, j) => new Field(name, typeOf(table.kinds[j]!), true));
  const schema = new Schema(fields);
  const writer = new RecordBatchFileWriter();
  writer.reset(undefined, schema);
  for (let from = 0; from < table.rows; from += ROWS_AT_ONCE) {
    const to = Math.min(table.rows, from + ROWS_AT_ONCE);
    const columns = yield* columnsOf(table, from, to);
    const children = table.kinds.map((kind, j) => dataOf(kind, columns[j]!));
    const length = to - from;
    const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
    writer.write(new RecordBatch(schema, data));
  }
  writer.finish();
  sink(new Uint8Array(writer.toUint8Array(true)));
  yield { stage: "write", done: table.rows, total: table.rows };
};

function typeOf(kind: CellKind): DataType {
  switch (kind) {
    case "integer":
      return new Int64();
    case "number":
      return new Float64();
    case "boolean":
      return new Bool();
    case "date":
      return new TimestampMillisecond();
    case "text":
      return new Utf8();
  }
}

function dataOf(kind: CellKind, written: readonly Cell[]): Data {
  const cells = written.map((cell) => (Number.isNaN(cell) ? null : cell));
  const length = cells.length;
  const nullBitmap = bitsOf(cells.map((cell) => cell !== null));
  const nullCount = cells.reduce<number>((sum, cell) => sum + (cell === null ? 1 : 0), 0);
  const common = { length, nullCount, nullBitmap };
  switch (kind) {
    case "integer":
      return makeData({ type: new Int64(), ...common, data: BigInt64Array.from(cells, wholeOf) });
    case "number":
      return makeData({
        type: new Float64(),
        ...common,
        data: Float64Array.from(cells, (cell) => Number(cell ?? 0)),
      });
    case "boolean":
      return makeData({
        type: new Bool(),
        ...common,
        data: bitsOf(cells.map((cell) => cell === true)),
      });
    case "date":
      return makeData({
        type: new TimestampMillisecond(),
        ...common,
        data: BigInt64Array.from(cells, wholeOf),
      });
    case "text":
      return makeData({ type: new Utf8(), ...common, ...textsOf(cells) });
  }
}

function wholeOf(cell: Cell): bigint {
  if (cell instanceof Date) return BigInt(cell.getTime() || 0);
  return typeof cell === "number" || typeof cell === "bigint" ? BigInt(cell) : 0n;
}

function bitsOf(values: readonly boolean[]): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (const [i, value] of values.entries()) if (value) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}

function textsOf(cells: readonly Cell[]) {
  const valueOffsets = new Int32Array(cells.length + 1);
  const parts: Uint8Array[] = [];
  for (const [i, cell] of cells.entries()) {
    const bytes = encodeText(cellText(cell));
    parts.push(bytes);
    valueOffsets[i + 1] = valueOffsets[i]! + bytes.length;
  }
  return { valueOffsets, data: concatenate(parts) };
}
