import type { Column, Table } from "./column";

/** The table with only these rows, in this order; categories keep their codes. */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  return {
    rows: rows.length,
    columns: table.columns.map(({ name, type, categories, numbers, codes }) => ({
      name,
      type,
      categories,
      numbers: numbers && Float64Array.from(rows, (row) => numbers[row]!),
      codes: codes && Int32Array.from(rows, (row) => codes[row]!),
    })),
  };
}

/** A column for the rows from the first to the one before `to`. */
export function columnPart(column: Column, from: number, to: number): Column {
  if (column.part) return column.part(from, to);
  const { name, type, categories, numbers, codes } = column;
  return {
    name,
    type,
    categories,
    numbers: numbers?.subarray(from, to) ?? null,
    codes: codes?.subarray(from, to) ?? null,
  };
}
