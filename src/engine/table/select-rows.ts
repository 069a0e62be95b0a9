import type { Table } from "./column";

/** The table with only these rows, in this order; categories keep their codes. */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  return {
    rows: rows.length,
    columns: table.columns.map((column) => {
      const { numbers, codes } = column; // Taken once: both may be made when asked for.
      return {
        ...column,
        numbers: numbers && Float64Array.from(rows, (row) => numbers[row]!),
        codes: codes && Int32Array.from(rows, (row) => codes[row]!),
      };
    }),
  };
}
