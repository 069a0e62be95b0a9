import { EngineError } from "../../../ground/errors";
import type { AddedColumn } from "../../added-column";
import { isMissing, trimCell } from "../columns/missing";
import { unusedName } from "../columns/names";
import { type Cell, isAscii } from "../read/cells/cell";
import type { CellKind, KindedTable } from "../read/cells/cell-table";

/** Predictions are not known to more figures than this. */
const FIGURES = 7;

/** A table whose last columns were added to it, by learnwares of someone else's. */
export interface WidenedTable extends KindedTable {
  /** How many columns are the file's own. */
  readonly own: number;
}

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
export function withAdded(table: KindedTable, all: readonly AddedColumn[]): WidenedTable {
  const own = table.names.length;
  const added = all.filter(({ fills }) => fills === undefined);
  const fillers = new Map(
    all.flatMap((one) => (one.fills === undefined ? [] : [[one.fills, one]])),
  );
  const taken = new Set(table.names);
  const names = added.map(({ name }) => {
    const unused = unusedName(name, taken, (n) => `${name}_${n}`);
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
    own,
    cells: async (column, from, to) => {
      const of = added[column - own];
      if (of) return addedCells(of, from, to);
      const cells = await table.cells(column, from, to);
      const filler = fillers.get(column);
      return filler ? filledCells(cells, table.kinds[column]!, filler, from, to) : cells;
    },
  };
}

/** Predicted numbers have fractions. */
function filledKind(kind: CellKind, filler: AddedColumn | undefined): CellKind {
  return filler && !filler.labels && kind === "integer" ? "number" : kind;
}

function filledCells(
  cells: ArrayLike<Cell>,
  kind: CellKind,
  filler: AddedColumn,
  from: number,
  to: number,
): Cell[] {
  const predicted = addedCells(filler, from, to);
  return Array.from(cells, (cell, i) => {
    const isEmpty = cell === null || (typeof cell === "string" && isMissing(trimCell(cell)));
    return isEmpty ? ofKind(predicted[i]!, kind) : cell;
  });
}

/** A label as the cells of its column are: true rather than "true". */
function ofKind(cell: Cell, kind: CellKind): Cell {
  if (typeof cell !== "string" || kind === "text" || kind === "date") return cell;
  return kind === "boolean" ? cell === "true" : Number(cell);
}

function addedCells({ values, labels }: AddedColumn, from: number, to: number): Cell[] {
  return Array.from(values.subarray(from, to), (value) => {
    if (labels) return labels[value] ?? null;
    return Number.isFinite(value) ? Number(value.toPrecision(FIGURES)) : null;
  });
}
