import { type Matrix, zeros } from "../../ground/matrix";
import { normaliseShares } from "../outputs/average";
import { blend } from "./blend";
import { knownRows, type Reuser } from "../reuser";
import type { RowBlock } from "../rows/row-block";
import { unlabelledEstimate } from "../evidence/row-weights";
import { stackClasses } from "./stack-classes";
import { stackNumbers } from "./stack-numbers";

/**
 * The estimate made without labels and the learnwares, weighed by how well they answer the labelled rows, and held to
 * that estimate.
 */
export const stacking: Reuser = {
  name: "stack",
  tasks: ["regression", "classification"],
  needs: ["labels"],
  leastLabels: 5,
  async *fit(task) {
    const { outputs, target } = knownRows(task);
    yield { stage: "train", done: 0, total: 1 };
    const known = withEstimate(knownRows(task), task.shares);
    const start = Float64Array.from(known, (_, m) => (m === 0 ? 1 : 0));
    const { weights, constant, penalty } =
      target.task === "regression"
        ? stackNumbers(sideBySide(known), target.values, start)
        : { constant: 0, ...stackClasses(known, target, start) };
    const shares = normaliseShares(task.shares);
    return {
      formula: { kind: "sum", weights: weights.slice(1), estimate: weights[0]!, constant },
      predict(block) {
        const values = blend(withEstimate(block, task.shares), weights);
        for (let i = 0; constant !== 0 && i < values.data.length; i++) values.data[i]! += constant;
        return {
          values,
          account: {
            code: "stacked",
            weights: Array.from(shares, (share, m) => weights[0]! * share + weights[m + 1]!),
            constant,
            isMixture: penalty === Infinity,
            labels: outputs.rows,
          },
        };
      },
    };
  },
};

function withEstimate(block: RowBlock, shares: Float64Array): Matrix<Float64Array>[] {
  return [unlabelledEstimate(block, shares), ...block.outputs.values];
}

/** Columns of one number per row in one matrix. */
function sideBySide(columns: readonly Matrix<Float64Array>[]): Matrix<Float64Array> {
  const joined = zeros(columns[0]!.rows, columns.length);
  columns.forEach(({ data }, m) => {
    data.forEach((value, i) => (joined.data[i * columns.length + m] = value));
  });
  return joined;
}
