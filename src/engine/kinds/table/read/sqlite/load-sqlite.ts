// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- Types of a build that has none, wherever this file is compiled.
/// <reference path="./sql-js.d.ts" />
import type { Database, SqlValue } from "sql.js/dist/sql-wasm-inline.js";

import type { Steps } from "../../../../ground/progress";
import { displayNames } from "../../columns/names";
import type { TableWarning } from "../../columns/profile";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import { damaged } from "../cells/damaged";
import { heldCells } from "../cells/held-cells";
import { requireWidth } from "../cells/limits";
import { noTable } from "../cells/no-table";
import { tooLarge, wholeFile } from "../cells/whole-text";
import type { ReadOptions } from "../reader";
import type { TableSource } from "../source";

const CALLED = "SQLite database";
const MOST_CELLS = 50_000_000;
/** Tables that full texts (FTS 3 to 5) and R-trees keep their own things in, after the name of theirs. */
const PARTS = [
  ...(["data", "idx", "content", "docsize", "config", "segments", "segdir", "stat"] as const),
  ...(["node", "parent", "rowid"] as const),
];
const ROWS_PER_STEP = 10_000;
/** Where the header says whether changes lie in a second file, and what it says if they do. */
const [WRITE_VERSION, READ_VERSION, IS_APART] = [18, 19, 2];

/**
 * The table that is asked for; or else the first with rows. Views, which may compute without end, are not read.
 *
 * @throws EngineError `damaged_file`, `table_too_large`, `no_table`
 */
export async function* loadSqlite(source: TableSource, options: ReadOptions): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const bytes = Uint8Array.from(await wholeFile(source, CALLED));
  // Changes that are not yet in this file lie where nothing can be read; the rest of it is a whole database.
  for (const at of [WRITE_VERSION, READ_VERSION]) if (bytes[at] === IS_APART) bytes[at] = 1;
  const { default: initSqlJs } = await import("sql.js/dist/sql-wasm-inline.js");
  const { Database } = await initSqlJs();
  const database = new Database(bytes);
  try {
    return yield* load(database, options, total);
  } catch (error) {
    // What the library throws says what it found, such as "database disk image is malformed".
    if (error instanceof Error && error.name === "Error") throw damaged(CALLED, error.message);
    throw error;
  } finally {
    database.close();
  }
}

async function* load(database: Database, options: ReadOptions, total: number): Steps<LoadedTable> {
  const tables = namesOf(database);
  const countRows = (table: string) =>
    Number(valuesOf(database, `select count(*) from ${quoted(table)}`)[0]![0]);
  const isAsked = options.sheet !== undefined && tables.includes(options.sheet);
  const table = isAsked ? options.sheet : tables.find((name) => countRows(name) > 0);
  if (table === undefined) throw noTable(CALLED, "no table has a row");
  const rows = countRows(table);
  const statement = database.prepare(`select * from ${quoted(table)}`);
  const header = statement.getColumnNames();
  requireWidth(header.length);
  if (rows * header.length > MOST_CELLS) throw tooLarge(CALLED, 8 * MOST_CELLS);
  const columns: Cell[][] = header.map(() => []);
  const blobs = new Set<number>();
  for (let row = 0; statement.step(); row++) {
    for (const [j, value] of statement.get(null, { useBigInt: true }).entries()) {
      if (value instanceof Uint8Array) blobs.add(j);
      columns[j]!.push(cellOf(value));
    }
    if (row % ROWS_PER_STEP === 0) {
      const done = Math.floor((total / 2) * Math.min(1, row / Math.max(1, rows)));
      yield { stage: "read", done, total };
    }
  }
  statement.free();
  const plain = header.map((_, j) => j).filter((j) => !blobs.has(j));
  if (plain.length === 0) throw noTable(CALLED, `the columns of "${table}" hold no plain values`);
  const { names, warnings } = displayNames(
    plain.map((j) => header[j]!),
    plain.length,
  );
  const all: TableWarning[] = [...warnings];
  for (const j of blobs) all.push({ code: "nested_column", column: header[j]!, count: 1 });
  const others = tables.filter((name) => name !== table);
  if (!isAsked && others.length > 0) {
    all.push({ code: "other_sheets", count: others.length, sheets: others });
  }
  return {
    table: heldCells(
      names,
      plain.map((j) => columns[j]!),
    ),
    isNamed: plain.map((j) => header[j]!.trim() !== ""),
    hasHeader: true,
    warnings: all,
    sheets: tables,
    sheet: table,
  };
}

/** Of its tables, as they were made; none of those that it keeps for itself, nor any that code of others would read. */
function namesOf(database: Database): readonly string[] {
  const made = valuesOf(
    database,
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' and sql not like 'create virtual%'",
  );
  const virtual = valuesOf(
    database,
    "select name from sqlite_schema where type = 'table' and sql like 'create virtual%'",
  );
  const parts = new Set(
    virtual.flatMap(([name]) => PARTS.map((part) => `${String(name)}_${part}`)),
  );
  return made.map(([name]) => String(name)).filter((name) => !parts.has(name));
}

function valuesOf(database: Database, query: string): readonly (readonly SqlValue[])[] {
  return database.exec(query)[0]?.values ?? [];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function cellOf(value: SqlValue): Cell {
  if (value instanceof Uint8Array) return null;
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
