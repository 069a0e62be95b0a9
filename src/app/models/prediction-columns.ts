import type { PredictionColumn } from "../../contracts/data-api";
import type { Predictions } from "../../contracts/reuse-api";

/** Beyond this many labels the probabilities would bury the table. */
const MOST_PROBABILITY_COLUMNS = 10;

/** The columns to add to the download: the prediction, then a probability for every label. */
export function predictionColumns(
  predictions: Predictions,
  taken: readonly string[],
): PredictionColumn[] {
  const names = new Set(taken);
  const unique = (wanted: string): string => {
    let name = wanted;
    for (let n = 2; names.has(name); n++) name = `${wanted}_${n}`;
    names.add(name);
    return name;
  };
  const name = unique(`predicted_${predictions.target}`);
  if (predictions.task === "regression") return [{ name, values: predictions.values }];
  const { labels, values, probabilities } = predictions;
  const columns: PredictionColumn[] = [{ name, values, labels }];
  if (labels.length > MOST_PROBABILITY_COLUMNS) return columns;
  labels.forEach((label, j) => {
    const column = Float64Array.from(values, (_, i) =>
      tidy(probabilities[i * labels.length + j] ?? NaN),
    );
    columns.push({ name: unique(`probability_${label}`), values: column });
  });
  return columns;
}

/** A single-precision number as the shortest decimal that means it: 0.1, not 0.10000000149. */
function tidy(value: number): number {
  return Number(value.toPrecision(6));
}

export function downloadName(fileName: string): string {
  return `${fileName.replace(/(\.(csv|tsv|txt))?(\.gz)?$/i, "")}-predictions.csv`;
}
