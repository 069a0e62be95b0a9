import { packOrderedDate, parsePlainDate } from "../../columns/dates";
import { isMissing, trimCell } from "../../columns/missing";
import { parseNumber } from "../../columns/spelling/numerals";

export type CellKind = "number" | "date" | "boolean" | "missing" | "text";

const BOOLEAN = /^(?:true|false|yes|no|[ynt])$/i;
/** What a column holds, where that can be told from words; null where it cannot. */
export type ToldKind = "number" | "date" | "boolean" | null;

/** `2021-01` */
const SHORTEST_DAY = 7;

/** A column is of a kind if so many of its values are. */
export const MOSTLY = 0.8;

/** @param cell - Without outer spaces. */
export function kindOf(cell: string): CellKind {
  if (isMissing(cell)) return "missing";
  if (BOOLEAN.test(cell)) return "boolean";
  const isNumber = ([".", ","] as const).some(
    (decimal) => !Number.isNaN(parseNumber(cell, { decimal })),
  );
  if (isNumber) return "number";
  // Months are also what columns of numbers are called.
  const isPlain = cell.length > SHORTEST_DAY && !Number.isNaN(parsePlainDate(cell));
  const isDate = isPlain || !Number.isNaN(packOrderedDate(cell));
  return isDate ? "date" : "text";
}

/** The kind that most values of each column have: what tells rows from names and notes. Null where there is none. */
export function kindsOf(rows: readonly (readonly string[])[], width: number): readonly ToldKind[] {
  return Array.from({ length: width }, (_, j) => {
    const kinds = rows
      .map((row) => kindOf(trimCell(row[j] ?? "")))
      .filter((kind) => kind !== "missing");
    const usual = (["number", "date", "boolean"] as const).find(
      (one) => kinds.filter((kind) => kind === one).length >= MOSTLY * kinds.length,
    );
    return kinds.length > 0 && usual ? usual : null;
  });
}
