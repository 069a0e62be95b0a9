import { type Matrix, zeros } from "../../ground/matrix";
import { largestColumns, normaliseShares } from "../outputs/average";
import { blend } from "./blend";
import type { Reused, Reuser } from "../reuser";

/**
 * The mean of numbers, or of class probabilities, each learnware weighing its share in the mixture. Several numbers
 * per row are kept apart.
 */
export const averaging: Reuser = {
  name: "average",
  tasks: ["regression", "classification"],
  needs: [],
  leastLabels: 0,
  async *fit({ shares }) {
    yield { stage: "train", done: 1, total: 1 };
    const weights = normaliseShares(shares);
    return {
      formula: { kind: "sum", weights, estimate: 0, constant: 0 },
      predict: ({ outputs }) => average("averaged", outputs.values, weights),
    };
  },
};

/** Each learnware gives its share to its most probable class: a probability is the share a class was given. */
export const voting: Reuser = {
  name: "vote",
  tasks: ["classification"],
  needs: [],
  leastLabels: 0,
  async *fit({ shares }) {
    yield { stage: "train", done: 1, total: 1 };
    const weights = normaliseShares(shares);
    return {
      formula: { kind: "votes", weights },
      predict: ({ outputs }) => average("voted", outputs.values.map(oneHot), weights),
    };
  },
};

function average(
  code: "averaged" | "voted",
  values: readonly Matrix[],
  shares: Float64Array,
): Reused {
  const share = Math.max(...shares);
  return {
    values: blend(values, shares),
    account: {
      code,
      learnwares: shares.filter((one) => one > 0).length,
      heaviest: shares.indexOf(share),
      share,
    },
  };
}

/** 1 at the most probable class of each row, the first of equals; 0 elsewhere. */
function oneHot(probabilities: Matrix): Matrix {
  const votes = zeros(probabilities.rows, probabilities.cols);
  largestColumns(probabilities).forEach((k, i) => (votes.data[i * votes.cols + k] = 1));
  return votes;
}
