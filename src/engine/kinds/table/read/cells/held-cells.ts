import type { Cell } from "./cell";
import type { CellTable } from "./cell-table";

/** A table whose cells are held, column by column. */
export function heldCells(
  names: readonly string[],
  columns: readonly ArrayLike<Cell>[],
): CellTable {
  const rows = columns[0]?.length ?? 0;
  return {
    ...{ rows, names, ends: [rows] },
    cells: async (column, from, to) => {
      const cells = columns[column]!;
      return Array.from({ length: to - from }, (_, i) => cells[from + i] ?? null);
    },
  };
}
