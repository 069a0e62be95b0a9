import { categoryKey } from "../../../ground/category-key";
import type { ReadColumn, TableProfile } from "../columns/profile";
import type { CellStyle } from "../columns/spelling/cell-style";
import { type ReadTable, retype } from "../columns/typed-table";
import type { ReadBefore, ReadOptions } from "./reader";

/** Types of columns that models learn from. */
const LEARNED: ReadonlySet<ReadColumn["type"]> = new Set([
  ...(["number", "integer", "boolean", "category", "date"] as const),
]);

/** How another table of such columns is to be read: what was told of the cells of one, and what was found out. */
export function readingOf({
  dialect: { told, decimal },
  columns,
}: {
  readonly dialect: TableProfile["dialect"];
  readonly columns: readonly ReadColumn[];
}): ReadOptions {
  const kept = columns.map(({ name, type, unit, spelling }) => ({ name, type, unit, spelling }));
  return { ...told, before: { decimal, columns: kept } };
}

/** What a column takes over from the one of its name, where its own cells do not say it. */
export function styleBefore(before: ReadBefore | undefined, name: string): Partial<CellStyle> {
  const { unit = null, spelling } = columnBefore(before, name) ?? {};
  const { valueMark, dateOrder, hasCurrency } = spelling ?? {};
  return {
    ...(unit !== null && { unit }),
    ...(hasCurrency && { hasCurrency }),
    ...(valueMark !== undefined && { valueMark }),
    ...(dateOrder && { isLikelyMonthFirst: dateOrder === "month" }),
  };
}

/** The column of a name, whatever its case and spaces. */
export function columnBefore(before: ReadBefore | undefined, name: string): ReadColumn | undefined {
  const key = categoryKey(name);
  return (
    before?.columns.find((column) => column.name === name) ??
    before?.columns.find((column) => categoryKey(column.name) === key)
  );
}

/** The same table with columns of the types that they had before, where their values allow it and none was told. */
export function typedBefore<File>(
  read: ReadTable<File>,
  { before, types = {} }: ReadOptions,
): ReadTable<File> {
  if (!before) return read;
  return read.profile.columns.reduce((table, { name, type, possible }, index) => {
    const wanted = columnBefore(before, name)?.type ?? type;
    const isOpen = wanted !== type && !Object.hasOwn(types, name) && LEARNED.has(wanted);
    return isOpen && possible.includes(wanted) ? retype(table, index, wanted) : table;
  }, read);
}
