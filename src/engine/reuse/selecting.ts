import { type Matrix, zeros } from "../matrix";
import { largestColumns, normaliseShares } from "./average";
import { blend } from "./blend";
import type { Evidence } from "./evidence";
import { type Reuser, required } from "./reuser";

/** Each row goes to the learnware it most probably comes from: the largest wₘ · fₘ(x). */
export const selecting: Reuser = jobSelector("select");

/** Each row is averaged with weights wₘ · fₘ(x): the probability that it comes from each learnware. */
export const weighingByRow: Reuser = jobSelector("weigh_by_row");

function jobSelector(name: "select" | "weigh_by_row"): Reuser {
  return {
    name,
    tasks: ["regression", "classification"],
    needs: ["evidence"],
    leastLabels: 0,
    async *fit({ shares }) {
      yield { stage: "train", done: 1, total: 1 };
      return {
        predict({ outputs, evidence }) {
          const { weights, abstained } = rowWeights(required(evidence, "evidence"), shares);
          const chosen = largestColumns(weights);
          const rowsOf = outputs.values.map(() => 0);
          chosen.forEach((m, i) => {
            if (!abstained[i]) rowsOf[m]! += 1;
          });
          if (name === "select") keepLargest(weights, chosen, abstained);
          return {
            values: blend(outputs.values, weights),
            account: {
              code: name === "select" ? "selected" : "weighed_by_row",
              rowsOf,
              abstained: abstained.reduce((sum, one) => sum + one, 0),
            },
          };
        },
      };
    },
  };
}

/**
 * How probable it is that a row comes from each learnware, their mixture being the user's rows:
 * rₘ(x) = wₘ fₘ(x) / Σ wfₗ(x) (Bayes' rule; kernel means of one gamma are densities up to one factor).
 *
 * Where a row is far from all learnwares, or has no evidence for any, the shares are its weights: it abstains.
 * Cost is O(n · m).
 *
 * @param evidence - Of n rows and m learnwares.
 * @param shares - Shape [m]: w, ≥ 0 and not all 0.
 * @returns `weights` [n, m], rows sum to 1; `abstained` [n], 1 or 0.
 * @throws EngineError `bad_parameter` if the shares are not usable.
 */
function rowWeights(
  { values, far }: Evidence,
  shares: Float64Array,
): { readonly weights: Matrix<Float64Array>; readonly abstained: Uint8Array } {
  const prior = normaliseShares(shares);
  const { rows, cols } = values;
  const weights = zeros(rows, cols);
  const abstained = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = weights.data.subarray(i * cols, (i + 1) * cols);
    let total = 0;
    for (let m = 0; m < cols; m++) total += row[m] = prior[m]! * values.data[i * cols + m]!;
    if (far[i] === 1 || !(total > 0)) {
      abstained[i] = 1;
      row.set(prior);
    } else {
      for (let m = 0; m < cols; m++) row[m]! /= total;
    }
  }
  return { weights, abstained };
}

/** The chosen learnware alone; rows that abstain keep their average. */
function keepLargest(
  { data, cols }: Matrix<Float64Array>,
  chosen: Float64Array,
  abstained: Uint8Array,
): void {
  chosen.forEach((m, i) => {
    if (abstained[i]) return;
    data.fill(0, i * cols, (i + 1) * cols);
    data[i * cols + m] = 1;
  });
}
