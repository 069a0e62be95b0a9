import { type Matrix, zeros } from "../matrix";
import { normaliseShares } from "./average";
import { blend } from "./blend";
import { knownRows, type Reuser } from "./reuser";
import { stackClasses } from "./stack-classes";
import { stackNumbers } from "./stack-numbers";

/** Learnwares weighed by how well they answer the labelled rows, held to the mixture's shares. */
export const stacking: Reuser = {
  name: "stack",
  tasks: ["regression", "classification"],
  needs: ["labels"],
  leastLabels: 5,
  async *fit(task) {
    const { outputs, target } = knownRows(task);
    yield { stage: "train", done: 0, total: 1 };
    const shares = normaliseShares(task.shares);
    const { weights, constant, penalty } =
      target.task === "regression"
        ? stackNumbers(sideBySide(outputs.values), target.values, shares)
        : { constant: 0, ...stackClasses(outputs.values, target, shares) };
    return {
      predict(block) {
        const values = blend(block.outputs.values, weights);
        for (let i = 0; constant !== 0 && i < values.data.length; i++) values.data[i]! += constant;
        return {
          values,
          account: {
            code: "stacked",
            weights: [...weights],
            constant,
            isMixture: penalty === Infinity,
            labels: outputs.rows,
          },
        };
      },
    };
  },
};

/** Columns of one number per row in one matrix. */
function sideBySide(columns: readonly Matrix<Float64Array>[]): Matrix<Float64Array> {
  const joined = zeros(columns[0]!.rows, columns.length);
  columns.forEach(({ data }, m) => {
    data.forEach((value, i) => (joined.data[i * columns.length + m] = value));
  });
  return joined;
}
