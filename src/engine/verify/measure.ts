import type { Matrix } from "../ground/matrix";
import type { ClassTarget, Target } from "../learner/target";
import type { HeldBackMetric } from "../learnware/manifest";
import { coarseCount } from "../specification/coarse-count";

/**
 * How good answers are, beside the trivial one.
 *
 * @param said - Shape [n, 1] numbers or [n, classes] scores.
 * @param truth - Of the same rows.
 * @param training - Of the rows that were learned from: they tell what the trivial answer is.
 */
export function measure(said: Matrix, truth: Target, training: Target): HeldBackMetric[] {
  const { data, rows } = said;
  if (rows === 0) return [];
  if (truth.task === "classification") {
    return training.task === "classification" ? accuracyOf(said, truth, training) : [];
  }
  if (training.task !== "regression") return [];
  const mean = training.values.reduce((sum, value) => sum + value, 0) / training.values.length;
  const rmse = (answer: (i: number) => number) =>
    Math.sqrt(truth.values.reduce((sum, value, i) => sum + (value - answer(i)) ** 2, 0) / rows);
  const value = round(rmse((i) => data[i]!));
  const trivial = round(rmse(() => mean));
  // It is published, and a fifth of a count tells the count.
  return [{ name: "rmse", value, trivial, rows: coarseCount(rows) }];
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/**
 * How often the likeliest class is right, beside the most frequent one.
 *
 * @param scores - Shape [n, classes], of what was held back.
 */
export function accuracyOf(
  { data, cols }: Matrix,
  { codes }: ClassTarget,
  learned: ClassTarget,
): HeldBackMetric[] {
  if (codes.length === 0) return [];
  const counts = new Int32Array(learned.classes);
  for (const code of learned.codes) counts[code]!++;
  const commonest = counts.indexOf(Math.max(...counts));
  const share = (said: (i: number) => number) => {
    const hits = codes.reduce((sum, code, i) => sum + Number(said(i) === code), 0);
    return Number((hits / codes.length).toPrecision(4));
  };
  const likeliest = (i: number) => {
    const scores = data.subarray(i * cols, (i + 1) * cols);
    return scores.indexOf(Math.max(...scores));
  };
  const [value, trivial] = [share(likeliest), share(() => commonest)];
  return [{ name: "accuracy", value, trivial, rows: coarseCount(codes.length) }];
}
