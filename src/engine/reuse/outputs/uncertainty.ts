import type { Target } from "../../learner/target";
import type { Matrix } from "../../ground/matrix";
import { conformalRadius } from "./conformal";
import { disagreement } from "./difficulty";
import type { Outputs } from "./outputs";
import { applyTemperature, fitTemperature } from "./temperature";

/** What share of new rows an interval is made to hold. */
const INTERVAL_COVERAGE = 0.9;
/** With fewer answers a temperature follows chance: all of five rows right would make it certain of everything. */
const LEAST_ANSWERS_TO_CALIBRATE = 30;

/** How far predictions are to be trusted, learned from rows whose answer is known. */
export interface Uncertainty {
  /** Of intervals of numbers, as a multiple of the difficulty; null if no answers say. */
  readonly radius: number | null;
  /** What `disagreement` adds; null where intervals are of one width. */
  readonly typical: number | null;
  /** How many labelled rows intervals held that were made without them; null without intervals. */
  readonly held: HeldByRanges | null;
  /** Of class probabilities; 1 leaves them as they are. */
  readonly temperature: number;
}

/** Of so many rows, the truth lay within the interval in so many. */
export interface HeldByRanges {
  readonly held: number;
  readonly of: number;
}

export const noUncertainty: Uncertainty = {
  radius: null,
  typical: null,
  held: null,
  temperature: 1,
};

/**
 * Learn from predictions of rows that were held out.
 *
 * @param heldOut - Shape [k, 1] numbers or [k, classes] probabilities.
 * @param outputs - What the learnwares say of the same rows.
 * @param isUsed - Shape [m]: the learnwares whose disagreement counts; with fewer than two, all rows are alike.
 * @param folds - Shape [k]: the part in which each row was held out.
 */
export function learnUncertainty(
  heldOut: Matrix<Float64Array>,
  target: Target,
  outputs: Outputs,
  isUsed: readonly boolean[],
  folds: Int32Array,
): Uncertainty {
  if (target.task === "classification") {
    if (target.codes.length < LEAST_ANSWERS_TO_CALIBRATE) return noUncertainty;
    return { ...noUncertainty, temperature: fitTemperature(heldOut, target) };
  }
  const spread = spreadOf(outputs, isUsed);
  const radius = conformalRadius(
    heldOut.data,
    target.values,
    INTERVAL_COVERAGE,
    spread?.difficulty ?? null,
  );
  if (!Number.isFinite(radius)) return noUncertainty;
  const held = heldByRanges(heldOut.data, target.values, spread?.difficulty ?? null, folds);
  return { ...noUncertainty, radius, typical: spread?.typical ?? null, held };
}

/** Each part by the radius that the other parts tell: what is learned from a row says nothing of how it holds there. */
function heldByRanges(
  predicted: Float64Array,
  truth: Float64Array,
  difficulty: Float64Array | null,
  folds: Int32Array,
): HeldByRanges | null {
  let [held, of] = [0, 0];
  for (const fold of new Set(folds)) {
    const others = [...folds.keys()].filter((row) => folds[row] !== fold);
    const pick = (values: Float64Array) => Float64Array.from(others, (row) => values[row]!);
    const spread = difficulty && pick(difficulty);
    const radius = conformalRadius(pick(predicted), pick(truth), INTERVAL_COVERAGE, spread);
    if (!Number.isFinite(radius)) return null;
    folds.forEach((one, row) => {
      if (one !== fold) return;
      of++;
      if (Math.abs(truth[row]! - predicted[row]!) <= radius * (difficulty?.[row] ?? 1)) held++;
    });
  }
  return { held, of };
}

/** Half the width of each row's interval, in units of the target; null if no answers say. */
export function radiiOf(
  { radius, typical }: Uncertainty,
  outputs: Outputs,
  isUsed: readonly boolean[],
): Float64Array | null {
  if (radius === null) return null;
  if (typical === null) return new Float64Array(outputs.rows).fill(radius);
  return spreadOf(outputs, isUsed, typical)!.difficulty.map((one) => radius * one);
}

/** Numbers as they are; probabilities at the temperature. */
export function calibrated(
  values: Matrix<Float64Array>,
  { temperature }: Uncertainty,
): Matrix<Float64Array> {
  return temperature === 1 ? values : applyTemperature(values, temperature);
}

function spreadOf({ values }: Outputs, isUsed: readonly boolean[], typical?: number) {
  const used = values.filter((_, m) => isUsed[m]);
  return used.length < 2 ? null : disagreement(used, typical);
}
