import { EngineError } from "../../../ground/errors";
import type { AddedColumn } from "../../added-column";
import { meansMissing, trimCell } from "../columns/missing";
import { unusedName } from "../columns/names";
import type { KnownStyle } from "../columns/spelling/cell-style";
import { parseNumber } from "../columns/spelling/numerals";
import { filledNumber, knownFigures, writtenNumber } from "../columns/spelling/written-number";
import { type Cell, isAscii } from "../read/cells/cell";
import type { CellKind, KindedTable } from "../read/cells/cell-table";

/** A table as it is written: some columns of the file, others added by learnwares or a model of the user's own. */
export type WidenedTable = Pick<
  KindedTable,
  "rows" | "names" | "ends" | "kinds" | "isAscii" | "cells"
>;

/** How texts of an added column are said in the file. */
type Saying = (text: string, column: AddedColumn) => string;

/** @throws EngineError `shape_mismatch` if a column is not as long as the table. */
export function requireLengths(added: readonly AddedColumn[], rows: number): void {
  for (const { name, values } of added) {
    if (values.length === rows) continue;
    throw new EngineError(
      "shape_mismatch",
      `column "${name}" has ${values.length} values, the table has ${rows} rows`,
      { expected: rows, got: values.length },
    );
  }
}

/** The table with columns at its right, or empty cells filled. A name that it has already gets a number. */
export function withAdded(
  table: KindedTable,
  all: readonly AddedColumn[],
  said: Saying,
): WidenedTable {
  const own = table.names.length;
  const added = all
    .filter(({ fills }) => fills === undefined)
    .map((one) => ({ ...one, cellOf: besideOf(one, said) }));
  const fillers = new Map(
    all.flatMap((one) =>
      one.fills === undefined
        ? []
        : [[one.fills, { ...one, cellOf: fillingOf(one, one.fills, table, said) }]],
    ),
  );
  const taken = new Set(table.names);
  const names = added.map((one) => {
    const unused = unusedName(said(one.name, one), taken, (n) => `${said(one.name, one)}_${n}`);
    taken.add(unused);
    return unused;
  });
  const labels = all.flatMap((column) => column.labels ?? []);
  return {
    rows: table.rows,
    names: [...table.names, ...names],
    ends: table.ends,
    kinds: [
      ...table.kinds.map((kind, j) => filledKind(kind, fillers.get(j))),
      ...added.map((one): CellKind => (one.labels ? "text" : "number")),
    ],
    isAscii: table.isAscii && labels.every(isAscii),
    cells: async (column, from, to) => {
      const beside = added[column - own];
      if (beside) return Array.from(beside.values.subarray(from, to), beside.cellOf);
      const cells = await table.cells(column, from, to);
      const filler = fillers.get(column);
      if (!filler) return cells;
      const style = table.styles[column]!;
      return Array.from(cells, (cell, i) =>
        isEmpty(cell, style) ? filler.cellOf(filler.values[from + i]!) : cell,
      );
    },
  };
}

/** Predicted numbers have fractions. */
function filledKind(kind: CellKind, filler: AddedColumn | undefined): CellKind {
  const isExact = kind === "integer" || kind === "boolean";
  return filler && !filler.labels && isExact ? "number" : kind;
}

/** As the cell was read. */
export function isEmpty(cell: Cell, style: KnownStyle): boolean {
  if (cell === null) return true;
  if (typeof cell === "string") return meansMissing(trimCell(cell), style);
  return Number.isNaN(cell) || style.missing?.has(String(cell)) === true;
}

/** The cell of a value in a column of its own. */
function besideOf(column: AddedColumn, said: Saying): (value: number) => Cell {
  const labels = column.labels?.map((label) => said(label, column));
  if (labels) return (value) => labels[value] ?? null;
  return (value) => (Number.isFinite(value) ? knownFigures(value) : null);
}

/** The cell of a value among those of a column: a number where these are numbers, with its unit where they are texts. */
function fillingOf(
  column: AddedColumn,
  at: number,
  { kinds, styles, areMixed }: KindedTable,
  said: Saying,
): (value: number) => Cell {
  const [kind, style] = [kinds[at]!, styles[at]!];
  const labels = column.labels?.map((label) => {
    const cell = ofKind(label, kind, style);
    return typeof cell === "string" ? said(cell, column) : cell;
  });
  if (labels) return (value) => labels[value] ?? null;
  return (value) => {
    if (!Number.isFinite(value)) return null;
    const number = filledNumber(value);
    return kind === "text" && !areMixed[at] ? writtenNumber(number, style) : number;
  };
}

/** A label as the cells of its column are: true rather than "true". */
function ofKind(label: string, kind: CellKind, style: KnownStyle): Cell {
  if (kind === "text") return label;
  if (kind === "boolean") return label === "true";
  if (kind === "date") return new Date(label);
  const number = parseNumber(label, style);
  const isCut = kind === "integer" && !Number.isSafeInteger(number) && /^[+-]?\d+$/.test(label);
  return isCut ? BigInt(label) : number;
}
