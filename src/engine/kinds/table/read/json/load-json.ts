import type { Steps } from "../../../../ground/progress";
import type { ReadOptions } from "../reader";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import { damaged } from "../cells/damaged";
import { noTable } from "../cells/no-table";
import { wholeText } from "../cells/whole-text";
import { gridTable } from "../sheets/grid";
import type { TableSource } from "../source";
import { isRecord, RecordColumns } from "./record-columns";

const CALLED = "JSON file";
/** How deep in other objects a table may lie. */
const MOST_DEPTH = 3;
const LINES_PER_STEP = 5000;

/**
 * Records, or lists of cells: one a line.
 *
 * @throws EngineError `damaged_file`, naming the line; `no_table`
 */
export async function* loadNdjson(source: TableSource, options: ReadOptions): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const lines = (await wholeText(source, CALLED)).split(/\r?\n/);
  const columns = new RecordColumns(CALLED);
  const rows: Cell[][] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() !== "") {
      const value = parse(line, `line ${i + 1}`);
      const isOther = Array.isArray(value) ? columns.rows > 0 : rows.length > 0 || !isRecord(value);
      if (isOther) throw noTable(CALLED, `line ${i + 1} is no record`);
      if (Array.isArray(value)) rows.push(value.map(plainOrText));
      else columns.add(value as Record<string, unknown>);
    }
    if (i % LINES_PER_STEP === 0) {
      yield { stage: "read", done: Math.floor((total / 2) * (i / lines.length)), total };
    }
  }
  return rows.length > 0 ? gridTable({ rows, merges: [] }, options, CALLED) : columns.finish();
}

/** @throws EngineError `damaged_file`, `no_table` */
export async function* loadJson(source: TableSource, options: ReadOptions): Steps<LoadedTable> {
  yield { stage: "read", done: 0, total: source.sizeBytes };
  const whole = parse(await wholeText(source, CALLED), "it");
  const found = findTable(whole, MOST_DEPTH, options);
  if (!found) throw noTable(CALLED, "neither a list of records nor columns by name");
  return found;
}

function findTable(value: unknown, depth: number, options: ReadOptions): LoadedTable | null {
  if (Array.isArray(value)) return fromList(value, options);
  if (!isRecord(value)) return null;
  const table = fromSplit(value, options) ?? fromColumns(value);
  if (table || depth === 0) return table;
  let best: LoadedTable | null = null;
  for (const inner of Object.values(value)) {
    if (typeof inner !== "object" || inner === null) continue;
    const candidate = findTable(inner, depth - 1, options);
    if (candidate && candidate.table.rows > (best?.table.rows ?? 0)) best = candidate;
  }
  return best;
}

function fromList(list: readonly unknown[], options: ReadOptions): LoadedTable | null {
  if (list.length === 0) return null;
  if (list.every(isRecord)) {
    const columns = new RecordColumns(CALLED);
    for (const record of list) columns.add(record);
    return columns.finish();
  }
  if (!list.every((row) => Array.isArray(row))) return null;
  const rows = (list as unknown[][]).map((row) => row.map(plainOrText));
  return gridTable({ rows, merges: [] }, options, CALLED);
}

/** Names in "columns" and rows in "data", as pandas splits a table. */
function fromSplit(
  { columns, data }: Record<string, unknown>,
  options: ReadOptions,
): LoadedTable | null {
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every((row) => Array.isArray(row))) {
    return null;
  }
  const rows = [columns, ...(data as unknown[][])].map((row) => row.map(plainOrText));
  return gridTable({ rows, merges: [] }, { ...options, hasHeader: true }, CALLED);
}

/** Columns by name: lists of one length, or values by row, as pandas writes them. */
function fromColumns(value: Record<string, unknown>): LoadedTable | null {
  const lists = Object.values(value);
  const [first] = lists;
  if (Array.isArray(first)) {
    const areColumns = lists.every(
      (list) => Array.isArray(list) && list.length === first.length && !list.some(isRecord),
    );
    if (!areColumns || first.length === 0) return null;
    return recordsFrom(
      value,
      first.map((_, i) => i),
    );
  }
  if (lists.length < 2 || !isRecord(first)) return null;
  const keys = Object.keys(first);
  const areIndexed =
    keys.length > 0 &&
    keys.every((key) => /^\d+$/.test(key)) &&
    lists.every((list) => isRecord(list) && Object.keys(list).length === keys.length);
  return areIndexed ? recordsFrom(value, keys) : null;
}

function recordsFrom(
  value: Record<string, unknown>,
  keys: readonly (string | number)[],
): LoadedTable {
  const columns = new RecordColumns(CALLED);
  const entries = Object.entries(value) as [string, Record<string | number, unknown>][];
  for (const key of keys) {
    columns.add(Object.fromEntries(entries.map(([name, cells]) => [name, cells[key]])));
  }
  return columns.finish();
}

function plainOrText(value: unknown): string | number | boolean | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** Parsed, with whole numbers of too many digits for a double as texts. */
function parse(text: string, where: string): unknown {
  const exact = /\d{16}/.test(text)
    ? text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
        /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
      )
    : text;
  try {
    return JSON.parse(exact) as unknown;
  } catch (cause) {
    // Python writes what is no number so, which JSON has no word for.
    const plain = exact.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
      token.startsWith('"') ? token : "null",
    );
    if (plain !== exact) return parse(plain, where);
    const what = cause instanceof Error ? cause.message : String(cause);
    throw damaged(CALLED, where === "it" ? what : `${where}: ${what}`);
  }
}
