import {
  type AsyncBuffer,
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
} from "hyparquet";

import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";
import { displayNames } from "../../columns/names";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import type { CellTable } from "../cells/cell-table";
import { damaged } from "../cells/damaged";
import { requireWidth } from "../cells/limits";
import { bytesBetween, type TableSource } from "../source";
import { requireSaneRows } from "./bounds";
import { type PlainColumn, plainColumns } from "./plain-columns";
import { readChunk } from "./read-chunk";

const CALLED = "Parquet file";
const SHORTEST = 12;
/** What was unpacked of a group of rows is kept for the next look at it, if it is not more cells than this. */
const MOST_KEPT = 4_000_000;

/**
 * Open a Parquet file. Columns that hold lists, maps, records or bytes are left out.
 *
 * @throws EngineError `unsupported_format` if it is encrypted.
 * @throws EngineError `no_table` if no column holds plain values.
 * @throws EngineError `damaged_file`
 */
export async function* loadParquet(source: TableSource): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  if (total < SHORTEST) throw damaged(CALLED, "it is too short");
  const [, , , mark] = await bytesBetween(source, 0, 4);
  if (mark !== 0x31) throw encrypted();
  const file: AsyncBuffer = {
    byteLength: total,
    slice: async (from, to = total) => {
      if (!(from >= 0 && from <= to && to <= total))
        throw damaged(CALLED, "it points beyond its end");
      return (await bytesBetween(source, from, to)).buffer;
    },
  };
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  requireSaneRows(metadata, total);
  const { plain, others } = plainColumns(parquetSchema(metadata).children);
  if (plain.length === 0) throw nothingPlain(others);
  requireWidth(plain.length);
  const written = plain.map(({ name }) => name);
  if (new Set(written).size < written.length) throw damaged(CALLED, "two columns have one name");
  const { names, warnings } = displayNames(written, written.length);
  return {
    table: tableOf(file, metadata, plain, names),
    isNamed: written.map((name) => name.trim() !== ""),
    hasHeader: true,
    warnings: [
      ...warnings,
      ...others.map((column) => ({ code: "nested_column", column, count: 1 }) as const),
    ],
  };
}

function tableOf(
  file: AsyncBuffer,
  { row_groups }: FileMetaData,
  plain: readonly PlainColumn[],
  names: readonly string[],
): CellTable {
  const groups: Group[] = [];
  for (const { columns, num_rows } of row_groups) {
    const from = groups.at(-1)?.to ?? 0;
    const metas = new Map(
      columns.map(({ meta_data }) => [meta_data?.path_in_schema[0], meta_data]),
    );
    if (num_rows > 0n) groups.push({ from, to: from + Number(num_rows), metas });
  }
  const largest = groups.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const isKept = largest * plain.length <= MOST_KEPT;
  const kept = new Map<PlainColumn, { readonly group: Group; readonly values: unknown[] }>();
  const valuesOf = async (column: PlainColumn, group: Group): Promise<unknown[]> => {
    const before = kept.get(column);
    if (before?.group === group) return before.values;
    const meta = group.metas.get(column.name);
    if (!meta) throw damaged(CALLED, `column "${column.name}" is missing in some rows`);
    const values = await readChunk(file, { ...column, meta }, group.to - group.from);
    if (isKept) kept.set(column, { group, values });
    return values;
  };
  return {
    ...{ rows: groups.at(-1)?.to ?? 0, names, ends: groups.map(({ to }) => to) },
    cells: async (index, from, to) => {
      const column = plain[index]!;
      const cells: Cell[] = [];
      for (const group of groups) {
        if (group.to <= from || group.from >= to) continue;
        const values = await valuesOf(column, group);
        const end = Math.min(to, group.to) - group.from;
        for (let i = Math.max(from - group.from, 0); i < end; i++)
          cells.push(column.cellOf(values[i]));
      }
      return cells;
    },
  };
}

/** Rows that are stored together. */
interface Group {
  readonly from: number;
  readonly to: number;
  readonly metas: ReadonlyMap<string | undefined, ColumnMetaData | undefined>;
}

function encrypted(): EngineError {
  return new EngineError(
    "unsupported_format",
    "this Parquet file is encrypted. Write it again without encryption and open that.",
    { format: "encrypted Parquet file" },
  );
}

function nothingPlain(others: readonly string[]): EngineError {
  const columns = others.slice(0, 5).join(", ");
  return new EngineError(
    "no_table",
    `no column of this Parquet file holds plain values (${columns}): they hold lists, maps, records or bytes. ` +
      "Take them apart into columns of their own, and write the file again.",
    { format: CALLED, columns },
  );
}
