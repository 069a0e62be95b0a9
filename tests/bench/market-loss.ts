import type { Target } from "../../src/engine/learner/target";
import type { Matrix } from "../../src/engine/ground/matrix";
import { largestColumns } from "../../src/engine/reuse/outputs/average";

/** Squared error over variance, or the share of rows whose most probable class is wrong. */
export function lossOf(target: Target, predictions: Matrix): number {
  if (target.task === "regression") {
    const { values } = target;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = (answer: (i: number) => number) =>
      values.reduce((sum, value, i) => sum + (value - answer(i)) ** 2, 0);
    return squares((i) => predictions.data[i]!) / squares(() => mean);
  }
  const answers = largestColumns(predictions);
  const wrong = target.codes.filter((code, i) => code !== answers[i]).length;
  return wrong / target.codes.length;
}
