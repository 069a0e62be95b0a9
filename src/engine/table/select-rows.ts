import type { Table } from "./column";

/** The table with only these rows, in this order; categories keep their codes. */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  return {
    rows: rows.length,
    columns: table.columns.map((column) => ({
      ...column,
      numbers: column.numbers && Float64Array.from(rows, (row) => column.numbers![row]!),
      codes: column.codes && Int32Array.from(rows, (row) => column.codes![row]!),
    })),
  };
}
