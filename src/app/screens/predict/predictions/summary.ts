import type { Predictions } from "../../../../engine/reuse/predict/predictions";

export type PredictionSummary =
  | {
      readonly kind: "numbers";
      readonly least: number;
      readonly median: number;
      readonly most: number;
      /** Bins of equal width from `least` to `most`. */
      readonly bins: readonly number[];
      /** Of each bin, those whose row is far from what was learnt. */
      readonly doubtful: readonly number[];
    }
  | { readonly kind: "labels"; readonly counts: readonly { label: string; count: number }[] }
  | { readonly kind: "none" };

const BINS = 24;

/** Share of the rows that are far from every learnware's training data; null if that was not measured. */
export function farShare({ far }: Predictions): number | null {
  if (!far) return null;
  return far.reduce((sum, one) => sum + one, 0) / Math.max(1, far.length);
}

/** Rows for which no learnware gave a usable number. */
export function blankRows({ values }: Predictions): number {
  return values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
}

/** What the predictions look like taken together. */
export function summarise(predictions: Predictions): PredictionSummary {
  if (predictions.task === "classification") {
    const counts = predictions.labels.map((label) => ({ label, count: 0 }));
    for (const index of predictions.values) {
      const entry = counts[index];
      if (entry) entry.count++;
    }
    return { kind: "labels", counts: counts.sort((a, b) => b.count - a.count) };
  }
  const sorted = predictions.values.filter((value) => Number.isFinite(value)).sort();
  const least = sorted[0];
  const most = sorted.at(-1);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (least === undefined || most === undefined || median === undefined) return { kind: "none" };
  const bins = new Array<number>(BINS).fill(0);
  const doubtful = new Array<number>(BINS).fill(0);
  const width = (most - least) / BINS || 1;
  predictions.values.forEach((value, row) => {
    if (!Number.isFinite(value)) return;
    const bin = Math.min(BINS - 1, Math.floor((value - least) / width));
    bins[bin]! += 1;
    if (predictions.far?.[row]) doubtful[bin]! += 1;
  });
  return { kind: "numbers", least, median, most, bins, doubtful };
}
