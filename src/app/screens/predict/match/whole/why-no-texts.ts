import type { TableProfile } from "../../../../../engine/kinds/table/columns/profile";
import { wordsOf } from "../../../../../engine/kinds/text/embed/canonical";

/** Why a table that might be of texts is not: all of a column are the same, or there is nothing in any. */
export interface NoTexts {
  readonly why: "equal" | "empty";
  readonly column: string;
}

/** Words of one text: fewer are a name or a code. */
const FEWEST_WORDS = 5;

/** Null where texts would be no reason. */
export function whyNoTexts({
  columns,
  preview,
}: Pick<TableProfile, "columns" | "preview">): NoTexts | null {
  const filled = columns.filter(({ type, count }) => count > 0 && type !== "identifier");
  if (filled.length === 0) {
    const empty = columns.find(({ count }) => count === 0);
    return empty ? { why: "empty", column: empty.name } : null;
  }
  const [only, ...others] = filled;
  if (!only || others.length > 0 || only.distinct !== 1) return null;
  const text = preview.map((row) => row[columns.indexOf(only)] ?? "").find((cell) => cell !== "");
  const isText = text !== undefined && wordsOf(text).length >= FEWEST_WORDS;
  return isText ? { why: "equal", column: only.name } : null;
}
