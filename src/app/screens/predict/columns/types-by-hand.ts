import type { ColumnType } from "../../../../engine/kinds/table/columns/column";
import type { TableProfile } from "../../../../engine/kinds/table/columns/profile";

/** Types that the user chose; by the column's name, so that they outlive a new reading. */
export type TypesByHand = readonly (readonly [name: string, type: ColumnType])[];

export function typesByHand({ columns }: TableProfile): TypesByHand {
  return columns.flatMap(({ name, type, detected }) => (type === detected ? [] : [[name, type]]));
}

/** By index, those that the columns of another reading can have. */
export function stillPossible(
  { columns }: TableProfile,
  types: TypesByHand,
): readonly (readonly [column: number, type: ColumnType])[] {
  return types.flatMap(([name, type]) => {
    const at = columns.findIndex((column) => column.name === name);
    const column = columns[at];
    return column && column.type !== type && column.possible.includes(type) ? [[at, type]] : [];
  });
}
