import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from "hyparquet-writer";

import { type Cell, cellText } from "../read/cells/cell";
import type { CellKind } from "../read/cells/cell-table";
import type { Sink } from "../read/reader";
import { columnsOf } from "./rows-of";
import type { TableWriter } from "./writer";

/** Rows that readers take at once. */
const GROUP_CELLS = 2_000_000;
const MOST_GROUP_ROWS = 100_000;

/** Columns of one kind each; what has more than one is text. Whole numbers have 64 bits, dates milliseconds. */
export const writeParquet: TableWriter = async function* (table, sink) {
  const schema: SchemaElement[] = [
    { name: "root", num_children: table.names.length },
    ...table.names.map((name, j) => elementOf(name, table.kinds[j]!)),
  ];
  const writer = new ParquetWriter({ writer: new SinkWriter(sink), schema });
  const perGroup = Math.min(MOST_GROUP_ROWS, Math.ceil(GROUP_CELLS / table.names.length));
  for (let from = 0; from < table.rows; from += perGroup) {
    const to = Math.min(table.rows, from + perGroup);
    const columns = yield* columnsOf(table, from, to);
    const columnData = table.names.map((name, j): ColumnSource => {
      const write = primitiveOf[table.kinds[j]!];
      return { name, data: columns[j]!.map((cell) => (cell === null ? null : write(cell))) };
    });
    await writer.write({ columnData, rowGroupSize: to - from });
  }
  await writer.finish();
  yield { stage: "write", done: table.rows, total: table.rows };
};

/** Hands on what was written each time that a part is whole. */
class SinkWriter extends ByteWriter {
  readonly #sink: Sink;

  constructor(sink: Sink) {
    super();
    this.#sink = sink;
  }

  flush(): void {
    this.#sink(new Uint8Array(this.getBuffer()));
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

const primitiveOf: Readonly<Record<CellKind, (cell: NonNullable<Cell>) => unknown>> = {
  integer: (cell) =>
    typeof cell === "number" && Number.isNaN(cell) ? null : BigInt(cell as number),
  number: Number,
  boolean: (cell) => cell,
  date: (cell) => cell,
  text: cellText,
};

function elementOf(name: string, kind: CellKind): SchemaElement {
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  switch (kind) {
    case "integer":
      return { ...optional, type: "INT64" };
    case "number":
      return { ...optional, type: "DOUBLE" };
    case "boolean":
      return { ...optional, type: "BOOLEAN" };
    case "date":
      return { ...optional, type: "INT64", converted_type: "TIMESTAMP_MILLIS" };
    case "text":
      return { ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" };
  }
}
