import type { OwnFigures } from "../../contracts/workers/own-plan";
import { type Matrix, zeros } from "../../engine/ground/matrix";
import type { Target } from "../../engine/learner/target";
import { rowLosses } from "../../engine/reuse/choose/losses";
import { errorInterval } from "../../engine/reuse/figures/error-interval";
import { shareInterval } from "../../engine/reuse/figures/share-interval";
import { largestColumns } from "../../engine/reuse/outputs/average";

/** The standard normal quantile of 95 %. */
const Z = 1.96;

/** @param heldOut - Shape [n, 1] or [n, classes]: of each row by what has not learned from it. */
export function ownFigures(heldOut: Matrix<Float64Array>, target: Target): OwnFigures {
  const { rows } = heldOut;
  const guess = trivialAnswer(target, rows);
  if (target.task === "regression") {
    const { rmse, interval } = errorInterval(rowLosses(heldOut, target));
    const trivial = Math.sqrt(errorOf(guess, target));
    return { measure: "rmse", value: rmse, interval, trivial, rows };
  }
  const right = 1 - errorOf(heldOut, target);
  return {
    ...{ measure: "accuracy", value: right, trivial: 1 - errorOf(guess, target), rows },
    interval: shareInterval(Math.round(right * rows), rows, Z),
  };
}

/** Whether a model is no better, for all that is known, than the answer that needs none: nobody should rely on it. */
export function isUseless({ measure, interval, trivial }: OwnFigures): boolean {
  return measure === "rmse" ? interval[1] >= trivial : interval[0] <= trivial;
}

/** Mean squared error, or the share of wrong answers. */
export function errorOf(said: Matrix<Float64Array>, target: Target): number {
  if (target.task === "regression") {
    return rowLosses(said, target).reduce((sum, one) => sum + one, 0) / said.rows;
  }
  const best = largestColumns(said);
  return target.codes.reduce((sum, code, i) => sum + Number(best[i] !== code), 0) / said.rows;
}

/** The mean of the answers, or the most frequent of them, for every row. */
export function trivialAnswer(target: Target, rows: number): Matrix<Float64Array> {
  if (target.task === "regression") {
    const { values } = target;
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    return { data: new Float64Array(rows).fill(mean), rows, cols: 1 };
  }
  const counts = new Float64Array(target.classes);
  for (const code of target.codes) counts[code]! += 1 / target.codes.length;
  const answer = zeros(rows, target.classes);
  for (let i = 0; i < rows; i++) answer.data.set(counts, i * target.classes);
  return answer;
}
