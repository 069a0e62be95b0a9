import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";
import { displayNames } from "../../columns/names";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import { heldCells } from "../cells/held-cells";
import { requireWidth } from "../cells/limits";
import { noTable } from "../cells/no-table";
import { wholeFile } from "../cells/whole-text";
import type { TableSource } from "../source";
import { openTables } from "../zip/table-archive";
import { type ArrayColumn, readArray, rowsOf } from "./read-array";

/** @throws EngineError `damaged_file`, `unsupported_format`, `table_too_large`, `no_table` */
export async function* loadNpy(source: TableSource): Steps<LoadedTable> {
  yield { stage: "read", done: 0, total: source.sizeBytes };
  const columns = readArray(await wholeFile(source, "NumPy array"), source.tools);
  return tableOf("NumPy array", columns);
}

/** @throws EngineError as `loadNpy` does. */
export async function* loadNpz(source: TableSource): Steps<LoadedTable> {
  const format = "NumPy archive";
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const archive = await openTables(await wholeFile(source, format), format);
  const arrays: { readonly name: string; readonly columns: readonly ArrayColumn[] }[] = [];
  const refused: { readonly name: string; readonly rows: number; readonly error: EngineError }[] =
    [];
  for (const path of archive.names) {
    if (!path.endsWith(".npy")) continue;
    const name = path.slice(0, -4);
    const bytes = await archive.unpack(path);
    try {
      arrays.push({ name, columns: readArray(bytes, source.tools) });
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== "unsupported_format") throw error;
      refused.push({ name, rows: rowsOf(bytes, source.tools), error });
    }
    yield { stage: "read", done: Math.floor(total / 4), total };
  }
  // Arrays of another length belong to something else, such as parameters.
  const most = Math.max(0, ...arrays.map(({ columns }) => columns[0]?.cells.length ?? 0));
  // Settings may lie beside a table; what has as many rows as it is a part of it.
  const part = refused.find(({ rows }) => arrays.length === 0 || rows === most);
  if (part) throw part.error;
  const beside = arrays.filter(({ columns }) => columns[0]?.cells.length === most);
  const shorter = arrays.filter((one) => !beside.includes(one));
  const others = [...shorter, ...refused].map(({ name }) => name);
  const columns = beside.flatMap(({ name, columns: own }) =>
    own.map((column, j) => ({
      name: column.name ?? (own.length === 1 ? name : `${name} ${j + 1}`),
      cells: column.cells,
    })),
  );
  const loaded = tableOf(format, columns);
  if (others.length === 0) return loaded;
  const warning = { code: "other_sheets", count: others.length, sheets: others } as const;
  return { ...loaded, warnings: [...loaded.warnings, warning] };
}

function tableOf(format: string, columns: readonly ArrayColumn[]): LoadedTable {
  requireWidth(columns.length);
  if (columns.length === 0 || columns[0]!.cells.length === 0) throw noTable(format, "it is empty");
  const written = columns.map(({ name }) => name ?? "");
  const hasHeader = written.some((name) => name !== "");
  const { names, warnings } = displayNames(hasHeader ? written : null, columns.length);
  const cells: ArrayLike<Cell>[] = columns.map((column) => column.cells);
  return {
    ...{ table: heldCells(names, cells), hasHeader, warnings },
    isNamed: written.map((name) => name !== ""),
  };
}
