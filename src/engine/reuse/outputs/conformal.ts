import { EngineError } from "../../ground/errors";

/**
 * How far a prediction may be off: the radius that holds the error of a new row with probability `coverage` or more,
 * q = the ⌈(n + 1) · coverage⌉-th smallest of the n scores.
 *
 * Exact for rows drawn like the labelled ones, if the predictions scored were made without learning from them.
 * With predictions held out in turn by cross-validation it mostly holds too, but what is proved of the like of it is
 * only 2 · coverage − 1 (Barber, Candès, Ramdas, Tibshirani, "Predictive Inference with the Jackknife+", Annals of
 * Statistics 49 (2021), theorem 4).
 *
 * Source: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, "Distribution-Free Predictive Inference for Regression", Journal
 * of the American Statistical Association 113 (2018), algorithm 2.
 *
 * @param predicted - Shape [n].
 * @param truth - Shape [n].
 * @param coverage - In (0, 1).
 * @param difficulty - Shape [n], > 0: the radius is a multiple of it where given, so that rows on which learnwares
 *   disagree get a wider interval.
 * @returns ≥ 0, in units of the target, or of the difficulty; Infinity where n is too small to say.
 * @throws EngineError `shape_mismatch` if lengths differ; `bad_parameter` if `coverage` or a difficulty is out of range.
 */
export function conformalRadius(
  predicted: Float64Array,
  truth: Float64Array,
  coverage: number,
  difficulty: Float64Array | null = null,
): number {
  if (!(coverage > 0 && coverage < 1)) {
    throw new EngineError("bad_parameter", `coverage must be in (0, 1), got ${coverage}`);
  }
  const n = truth.length;
  if (predicted.length !== n || (difficulty && difficulty.length !== n)) {
    throw new EngineError(
      "shape_mismatch",
      `${n} answers, but ${predicted.length} predictions and ${difficulty?.length ?? n} difficulties`,
    );
  }
  if (difficulty?.some((one) => !(one > 0)) === true) {
    throw new EngineError("bad_parameter", "difficulties must be > 0");
  }
  const scores = truth.map((y, i) => Math.abs(y - predicted[i]!) / (difficulty?.[i] ?? 1)).sort();
  const rank = Math.ceil((n + 1) * coverage);
  return rank > n ? Infinity : scores[rank - 1]!;
}
