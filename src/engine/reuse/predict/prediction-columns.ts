import type { Predictions } from "./predictions";
import type { AddedColumn } from "../../kinds/added-column";

const NO_YES = ["no", "yes"];

/**
 * The columns to add to the download: the prediction; the ends of its interval, or a probability for every label;
 * whether the row is far from all that the learnwares have seen; and a caution, which stays with every row.
 *
 * @param caution - What has to be said of all of them; null if nothing.
 * @param fills - Index of the column whose empty cells are filled by predictions, without any other column but the caution.
 * @param areOwn - Whether the model learned from the user's own table alone, so that its words are the user's.
 */
export function predictionColumns(
  predictions: Predictions,
  caution: string | null = null,
  fills: number | null = null,
  areOwn = false,
): AddedColumn[] {
  const predicted = `predicted_${predictions.target}`;
  const made =
    predictions.task === "regression"
      ? numberColumns(predictions, predicted)
      : classColumns(predictions, predicted);
  const columns = areOwn ? made.map((column) => ({ ...column, areOwn })) : made;
  const { far, values } = predictions;
  const everywhere = new Float64Array(values.length);
  const cautions = caution === null ? [] : [{ name: "caution", values: everywhere, labels: [caution] }]; // prettier-ignore
  if (fills !== null) return [{ ...columns[0]!, fills }, ...cautions];
  return [
    ...columns,
    ...(far ? [{ name: "far_from_training", values: Float64Array.from(far), labels: NO_YES }] : []),
    ...cautions,
  ];
}

function numberColumns(
  { values, radii }: Extract<Predictions, { readonly task: "regression" }>,
  name: string,
): AddedColumn[] {
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
): AddedColumn[] {
  const { labels, values, confidence, probabilities } = predictions;
  const column: AddedColumn = { name, values, labels };
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
