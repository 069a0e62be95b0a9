import { pickTarget } from "../../learner/target";
import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { knownRows, type Reuser, type ReuseTask } from "../reuser";
import { pickDoubles } from "../rows/row-block";
import { augmentingLinear } from "../ways/augmenting";
import { blend } from "../ways/blend";
import { combinationShares, combining } from "../ways/combining";
import { lineFit } from "../ways/guided-line";
import { guidedModel } from "../ways/guided-model";
import { stacking } from "../ways/stacking";
import { FOLDS } from "./folds";

interface Combined {
  readonly reuser: Reuser;
  /** Shape [labelled rows, c]: each fold is predicted with shares that the other folds told. */
  readonly heldOut: Matrix<Float64Array>;
}

/** Ways that are put together with the one that needs no labels: each learns something else of these. */
const LEARNING: ReadonlySet<Reuser> = new Set([stacking, guidedModel, augmentingLinear]);
/** In what only weighs what learnwares say: in two such ways as much as in one that corrects it. */
const BELIEF_IN_WEIGHING = 0.5;
/** By so much over the number of labels is the way without them believed in more. */
const ANCHOR_ROWS = 30;
/** In what looks at the user's columns alone, at most. */
const MOST_BELIEF = 3;
/** What learnwares say over what their line leaves out of it, where that line is believed in as what corrects them is. */
const LINE_OVER_REST = 5;
const LEAST_BELIEF = 1e-3;

/**
 * The combination of the way without labels and of those that learn from them, or the one that has all shares in it; null
 * without any to combine.
 *
 * Before there are answers it is the way without labels more than anything: belief in it is ½ + 30 / n, in `stacking` ½, in
 * `augmentingLinear` 1. A line through the user's columns goes on where models stop, and is of no use where these are
 * not nearly lines themselves: which of both it is can be seen without labels. With R² of what learnwares say in their line,
 * `guidedModel` is believed in as R² / (1 − R²) / 5, at most 3.
 *
 * @param held - Per way that was tried: shape [labelled rows, c], predictions of rows by what learned without them.
 * @param anchor - The way without labels.
 */
export async function* combineWays(
  held: ReadonlyMap<Reuser, Matrix<Float64Array>>,
  anchor: Reuser,
  task: ReuseTask,
  folds: Int32Array,
): Steps<Combined | null> {
  const tried = [...held].filter(([reuser]) => reuser === anchor || LEARNING.has(reuser));
  if (tried.length === 0) return null;
  const { target } = knownRows(task);
  const predictions = tried.map(([, heldOut]) => heldOut);
  const beliefs: number[] = [];
  for (const [reuser] of tried) {
    if (reuser === anchor) beliefs.push(BELIEF_IN_WEIGHING + ANCHOR_ROWS / folds.length);
    else if (reuser === stacking) beliefs.push(BELIEF_IN_WEIGHING);
    else beliefs.push(reuser === guidedModel ? yield* beliefInLine(task) : 1);
  }
  const sharesBy = (rows: Int32Array) =>
    combinationShares(
      predictions.map((values) => pickDoubles(values, rows)),
      pickTarget(target, rows),
      beliefs,
    );
  const all = Int32Array.from(folds.keys());
  const shares = sharesBy(all);
  const parts = tried
    .map(([reuser], k) => ({ reuser, share: shares[k]! }))
    .filter(({ share }) => share > 0);
  const [first] = parts;
  if (parts.length === 1) return { reuser: first!.reuser, heldOut: held.get(first!.reuser)! };
  const weights = zeros(folds.length, tried.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const told = sharesBy(all.filter((row) => folds[row] !== fold));
    folds.forEach((own, row) => {
      if (own === fold) weights.data.set(told, row * weights.cols);
    });
  }
  return { reuser: combining(parts), heldOut: blend(predictions, weights) };
}

async function* beliefInLine(task: ReuseTask): Steps<number> {
  const fit = yield* lineFit(task);
  const over = fit < 1 ? Math.max(0, fit) / (1 - fit) : Infinity;
  return Math.max(LEAST_BELIEF, Math.min(MOST_BELIEF, over / LINE_OVER_REST));
}
