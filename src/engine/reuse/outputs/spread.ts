import type { Matrix } from "../../ground/matrix";
import { largestColumns } from "./average";
import type { Outputs } from "./outputs";

/**
 * How far learnwares disagree about each row: of numbers, between which two the middle half of their answers lies; of
 * classes, which share of the learnwares finds the predicted one most probable.
 *
 * @param outputs - Of n rows; of those that are not used they do not count.
 * @param isUsed - Shape [m].
 * @param values - What was predicted: shape [n, 1], or [n, labels].
 * @returns Shape [n, 2] numbers, or [n, 1] shares; null where fewer than two are used.
 */
export function spreadOf(
  { task, rows, values: answers }: Outputs,
  isUsed: readonly boolean[],
  values: Matrix<Float64Array>,
): Matrix<Float32Array> | null {
  const used = answers.filter((_, m) => isUsed[m]);
  if (used.length < 2) return null;
  if (task === "classification") {
    const predicted = largestColumns(values);
    const agreeing = new Float32Array(rows);
    for (const answer of used) {
      largestColumns(answer).forEach((label, i) => {
        if (label === predicted[i]) agreeing[i]! += 1 / used.length;
      });
    }
    return { data: agreeing, rows, cols: 1 };
  }
  const data = new Float32Array(2 * rows);
  const [low, high] = [0.25 * (used.length - 1), 0.75 * (used.length - 1)];
  const row = new Float64Array(used.length);
  for (let i = 0; i < rows; i++) {
    used.forEach((answer, m) => (row[m] = answer.data[i * answer.cols]!));
    row.sort();
    data[2 * i] = row[Math.floor(low)]!;
    data[2 * i + 1] = row[Math.ceil(high)]!;
  }
  return { data, rows, cols: 2 };
}
