import type { TableProfile } from "../../engine/kinds/table/columns/profile";
import { areTexts } from "../../engine/kinds/text/are-texts";

/** A column whose cells are texts, and the first of them. */
export interface TextColumn {
  readonly column: number;
  readonly cells: readonly string[];
}

/** The column with the most of texts; null if none holds any. */
export function textColumnOf({
  columns,
  preview,
}: Pick<TableProfile, "columns" | "preview">): TextColumn | null {
  let best: (TextColumn & { readonly letters: number }) | null = null;
  for (const [column, { type }] of columns.entries()) {
    if (type !== "text" && type !== "category" && type !== "identifier") continue;
    const cells = preview.map((row) => row[column] ?? "");
    if (!areTexts(cells)) continue;
    const letters = cells.reduce((sum, cell) => sum + cell.length, 0);
    if (!best || letters > best.letters) best = { column, cells, letters };
  }
  return best;
}
