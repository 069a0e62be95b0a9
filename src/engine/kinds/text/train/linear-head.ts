import { type Matrix, zeros } from "../../../ground/matrix";
import type { Steps } from "../../../ground/progress";
import type { ClassTarget } from "../../../learner/target";
import { minimise } from "../../../learner/linear/minimise";
import { softmaxInPlace } from "../../../learner/trees/boosting-loss";
import type { SparseRows } from "./vocabulary";

/** Scores of classes from words: x · W + b, to be put through softmax. */
export interface LinearHead {
  /** Shape [classes, words]. */
  readonly weights: Matrix<Float64Array>;
  /** Shape [classes]. */
  readonly intercepts: Float64Array;
}

/** Counts that every word has in every class before any text is read. */
const SMOOTHING = 0.1;
export const MOST_STEPS = 60;

/**
 * Multinomial naive Bayes on tf-idf: what few texts tell best.
 *
 * Source: Manning, Raghavan, Schütze, "Introduction to Information Retrieval" (2008), section 13.2; Rennie et al., ICML 2003.
 */
export function fitNaiveBayes(x: SparseRows, { codes, classes }: ClassTarget): LinearHead {
  const weights = zeros(classes, x.cols);
  const totals = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let i = 0; i < x.rows; i++) {
    const code = codes[i]!;
    counts[code]!++;
    for (let at = x.starts[i]!; at < x.starts[i + 1]!; at++) {
      weights.data[code * x.cols + x.columns[at]!]! += x.values[at]!;
      totals[code]! += x.values[at]!;
    }
  }
  for (let k = 0; k < classes; k++) {
    const all = Math.log(totals[k]! + SMOOTHING * x.cols);
    for (let j = 0, at = k * x.cols; j < x.cols; j++, at++) {
      weights.data[at] = Math.log(weights.data[at]! + SMOOTHING) - all;
    }
  }
  return { weights, intercepts: counts.map((count) => Math.log(Math.max(count, 0.5) / x.rows)) };
}

/**
 * Multinomial logistic regression, as `minimiseLogLoss` does it, of sparse rows.
 *
 * @param c - What the summed loss is multiplied with, against ½ · ‖W‖².
 */
export async function* fitSparseLogistic(
  x: SparseRows,
  { codes, classes }: ClassTarget,
  c = 4,
): Steps<LinearHead> {
  // Shape [words, classes], then the intercepts: all classes of a word lie side by side.
  const intercepts = classes * x.cols;
  const scores = new Float64Array(classes);
  const strength = 1 / (c * x.rows);
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let p = 0; p < intercepts; p++) {
      gradient[p] = strength * at[p]!;
      loss += (strength * at[p]! * at[p]!) / 2;
    }
    gradient.fill(0, intercepts);
    for (let i = 0; i < x.rows; i++) {
      const [from, to] = [x.starts[i]!, x.starts[i + 1]!];
      scores.set(at.subarray(intercepts));
      for (let p = from; p < to; p++) {
        const value = x.values[p]!;
        for (let k = 0, q = x.columns[p]! * classes; k < classes; k++) {
          scores[k]! += at[q++]! * value;
        }
      }
      softmaxInPlace(scores);
      loss -= Math.log(Math.max(1e-300, scores[codes[i]!]!)) / x.rows;
      scores[codes[i]!]! -= 1;
      for (let k = 0; k < classes; k++) gradient[intercepts + k]! += scores[k]! / x.rows;
      for (let p = from; p < to; p++) {
        const value = x.values[p]! / x.rows;
        for (let k = 0, q = x.columns[p]! * classes; k < classes; k++) {
          gradient[q++]! += scores[k]! * value;
        }
      }
    }
    return loss;
  };
  const start = new Float64Array(intercepts + classes);
  const found = yield* minimise(objective, start, MOST_STEPS, 1e-5);
  const weights = zeros(classes, x.cols);
  for (let k = 0; k < classes; k++) {
    for (let j = 0; j < x.cols; j++) weights.data[k * x.cols + j] = found[j * classes + k]!;
  }
  return { weights, intercepts: found.slice(intercepts) };
}

/** Probabilities of classes, shape [n, classes]. */
export function predictHead(
  { weights, intercepts }: LinearHead,
  x: SparseRows,
): Matrix<Float64Array> {
  const classes = intercepts.length;
  const result = zeros(x.rows, classes);
  for (let i = 0; i < x.rows; i++) {
    const scores = result.data.subarray(i * classes, (i + 1) * classes);
    scores.set(intercepts);
    for (let at = x.starts[i]!; at < x.starts[i + 1]!; at++) {
      for (let k = 0; k < classes; k++) {
        scores[k]! += weights.data[k * x.cols + x.columns[at]!]! * x.values[at]!;
      }
    }
    softmaxInPlace(scores);
  }
  return result;
}
