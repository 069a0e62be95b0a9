import { MOST_COLUMNS } from "../../../../../engine/search/covered-rows";
import type { Predictions } from "../../../../../engine/reuse/predict/predictions";

/** In which features a row that is far lies farthest off, the farthest first. */
export function farFeatures(
  { farIn }: Pick<Predictions, "farIn">,
  columnFeatures: readonly string[],
  row: number,
): string[] {
  const columns = farIn?.subarray(row * MOST_COLUMNS, (row + 1) * MOST_COLUMNS) ?? [];
  const named = Array.from(columns, (column) => columnFeatures[column] ?? "");
  return [...new Set(named.filter((name) => name !== ""))];
}

/** The features in which most of the rows that are far lie off. */
export function commonestFar(
  predictions: Pick<Predictions, "far" | "farIn">,
  columnFeatures: readonly string[],
  most: number,
): string[] {
  const counts = new Map<string, number>();
  predictions.far?.forEach((isFar, row) => {
    if (!isFar) return;
    for (const name of farFeatures(predictions, columnFeatures, row)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  });
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name]) => name);
}

/** Whether a prediction is to be looked at first: there is none, or its row is far from all that was learnt. */
export function isDoubtful({ far, values }: Predictions, row: number): boolean {
  return far?.[row] === 1 || Number.isNaN(values[row]);
}

/** Rows of the table, those in doubt first, otherwise as they stand in it. */
export function doubtFirst(predictions: Predictions): Int32Array {
  const rows = Int32Array.from(predictions.values.keys());
  const [doubtful, others] = [true, false].map((wanted) =>
    rows.filter((row) => isDoubtful(predictions, row) === wanted),
  );
  rows.set(doubtful!);
  rows.set(others!, doubtful!.length);
  return rows;
}
