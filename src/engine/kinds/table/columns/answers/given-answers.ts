import type { Column } from "../column";

/**
 * Answers that were given by hand, over those that a column holds, as a column of classes.
 *
 * @param base - Null if no column holds any.
 * @param rows - Of the table.
 * @param byRow - The class of some rows.
 */
export function givenAnswers(
  base: Pick<Column, "codes" | "categories"> | null,
  rows: number,
  byRow: ReadonlyMap<number, string>,
): Column {
  const codeOf = new Map((base?.codes ? base.categories : []).map((name, code) => [name, code]));
  const codes = base?.codes ? base.codes.slice() : new Int32Array(rows).fill(-1);
  for (const [row, name] of byRow) {
    const code = codeOf.get(name) ?? codeOf.size;
    codeOf.set(name, code);
    codes[row] = code;
  }
  return { name: "", type: "category", numbers: null, codes, categories: [...codeOf.keys()] };
}
