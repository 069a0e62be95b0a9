import type { Steps } from "../../../ground/progress";
import type { OpenTable } from "./index";

/** Rows that are read at once: of the others' cells none is held. */
const AT_ONCE = 20_000;

/** The cells of a column as they are written, empty where a row has none. Yields as the table's reader does. */
export async function* columnTexts(
  { read, texts }: Pick<OpenTable, "read" | "texts">,
  column: number,
): Steps<string[]> {
  const { rows } = read.profile;
  const cells: string[] = [];
  for (let from = 0; from < rows; from += AT_ONCE) {
    const some = yield* texts(from, Math.min(rows, from + AT_ONCE));
    for (const row of some) cells.push(row[column] ?? "");
  }
  return cells;
}
