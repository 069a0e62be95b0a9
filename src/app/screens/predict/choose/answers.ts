import type { Task } from "../../../../engine/ground/task";
import { nameSimilarity } from "../../../../engine/kinds/table/match/names/names";
import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";

/** More different values than these are no classes that anyone could learn. */
const MOST_CLASSES = 100;

/** A column that may hold the answers of some rows. */
export interface AnswersColumn {
  readonly index: number;
  readonly name: string;
  /** Rows with an answer. */
  readonly known: number;
}

/** The columns that can be answers to a task. */
export function possibleAnswers(columns: readonly ColumnProfile[], task: Task): AnswersColumn[] {
  return columns.flatMap((column, index) => {
    const { name, type, count, distinct, distinctIsExact } = column;
    const isNumbers = type === "number" || type === "integer";
    const isClasses = distinctIsExact && distinct <= MOST_CLASSES && type !== "date";
    const fits = task === "regression" ? isNumbers || type === "constant" : isClasses;
    return fits && count > 0 ? [{ index, name, known: count }] : [];
  });
}

/** The column that is named like what is to be predicted; null if none is. */
export function detectAnswers(
  columns: readonly ColumnProfile[],
  target: string | undefined,
): string | null {
  if (target === undefined) return null;
  const named = columns.find(({ name, count }) => count > 0 && nameSimilarity(name, target) === 1);
  return named?.name ?? null;
}
