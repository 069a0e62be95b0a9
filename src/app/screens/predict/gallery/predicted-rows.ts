import type { Predictions } from "../../../../engine/reuse/predict/predictions";
import { isDoubtful } from "../predictions/rows/doubt";

export type ClassPredictions = Extract<Predictions, { readonly task: "classification" }>;

/** What is shown of the pictures, and how. */
export interface Look {
  view: "gallery" | "list";
  /** Only those that count as this; null: all. */
  label: string | null;
}

/** In which order pictures are shown: as they came, or those first that need a look. */
export type Order = "file" | "doubt";

/** What a picture counts as: as was said by hand, else as was predicted; empty if nothing was. */
export function labelOf(
  { labels, values }: Pick<ClassPredictions, "labels" | "values">,
  byHand: ReadonlyMap<number, string>,
  row: number,
): string {
  return byHand.get(row) ?? labels[values[row]!] ?? "";
}

/**
 * Rows to be shown, in their order: those in doubt first, then those that the models are least sure of.
 *
 * @param label - Only of pictures that count as this; null: of all.
 */
export function predictedRows(
  predictions: ClassPredictions,
  byHand: ReadonlyMap<number, string>,
  label: string | null,
  order: Order,
): Int32Array {
  const all = Int32Array.from(predictions.values.keys());
  const rows = label === null ? all : all.filter((row) => labelOf(predictions, byHand, row) === label); // prettier-ignore
  if (order === "file") return rows;
  // What is said by hand changes nothing here: a picture stays where it is looked at.
  const rank = (row: number) =>
    (predictions.confidence[row]! || 0) + Number(!isDoubtful(predictions, row));
  return rows.sort((a, b) => rank(a) - rank(b) || a - b);
}

/** How many pictures count as what. */
export function labelCounts(
  predictions: ClassPredictions,
  byHand: ReadonlyMap<number, string>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of predictions.values.keys()) {
    const label = labelOf(predictions, byHand, row);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
