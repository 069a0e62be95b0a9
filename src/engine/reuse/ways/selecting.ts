import type { Matrix } from "../../ground/matrix";
import { largestColumns } from "../outputs/average";
import { blend } from "./blend";
import { type Reuser, required } from "../reuser";
import { rowWeights } from "../evidence/row-weights";

/** Each row goes to the learnware it most probably comes from: the largest wₘ · eₘ(x). */
export const selecting: Reuser = jobSelector("select");

/** Each row is averaged with weights wₘ · eₘ(x): the probability that it comes from each learnware. */
export const weighingByRow: Reuser = jobSelector("weigh_by_row");

function jobSelector(name: "select" | "weigh_by_row"): Reuser {
  return {
    name,
    tasks: ["regression", "classification"],
    needs: ["evidence"],
    leastLabels: 0,
    async *fit({ shares }) {
      yield { stage: "train", done: 1, total: 1 };
      const counted = {
        learnwares: shares.filter((share) => share > 0).length,
        heaviest: shares.indexOf(Math.max(...shares)),
      };
      return {
        formula: { kind: "by_row", shares, onlyLargest: name === "select" },
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
              ...counted,
              rowsOf,
              abstained: abstained.reduce((sum, one) => sum + one, 0),
            },
          };
        },
      };
    },
  };
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
