import type { PredictionColumn } from "../../contracts/data-api";
import type { Predictions } from "../../contracts/reuse-api";

const NO_YES = ["no", "yes"];

/**
 * The columns to add to the download: the prediction; the ends of its interval, or a probability for every label; and
 * whether the row is far from all that the learnwares have seen.
 */
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
  const predicted = `predicted_${predictions.target}`;
  const columns: PredictionColumn[] =
    predictions.task === "regression"
      ? numberColumns(predictions, predicted)
      : classColumns(predictions, predicted);
  if (predictions.far) {
    const values = Float64Array.from(predictions.far);
    columns.push({ name: "far_from_training", values, labels: NO_YES });
  }
  return columns.map((column) => ({ ...column, name: unique(column.name) }));
}

function numberColumns(
  { values, radii }: Extract<Predictions, { readonly task: "regression" }>,
  name: string,
): PredictionColumn[] {
  if (!radii) return [{ name, values }];
  return [
    { name, values },
    { name: `${name}_low`, values: values.map((value, i) => value - radii[i]!) },
    { name: `${name}_high`, values: values.map((value, i) => value + radii[i]!) },
  ];
}

function classColumns(
  predictions: Extract<Predictions, { readonly task: "classification" }>,
  name: string,
): PredictionColumn[] {
  const { labels, values, confidence, probabilities } = predictions;
  const column: PredictionColumn = { name, values, labels };
  if (!probabilities) {
    return [column, { name: `${name}_probability`, values: Float64Array.from(confidence, tidy) }];
  }
  const each = labels.map((label, j) => ({
    name: `probability_${label}`,
    values: Float64Array.from(values, (_, i) => tidy(probabilities[i * labels.length + j]!)),
  }));
  return [column, ...each];
}

/** A single-precision number as the shortest decimal that means it: 0.1, not 0.10000000149. */
function tidy(value: number): number {
  return Number(value.toPrecision(6));
}

export function downloadName(tableName: string): string {
  return `${stemOf(tableName)}-predictions.csv`;
}

export function modelName(tableName: string): string {
  return `${stemOf(tableName)}-model.zip`;
}

function stemOf(tableName: string): string {
  return tableName.replace(/(\.(csv|tsv|txt))?(\.gz)?$/i, "");
}
