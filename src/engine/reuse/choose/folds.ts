import { stratifiedFolds } from "../../learner/folds";
import type { Target } from "../../learner/target";
import { sampleIndices, seededRandom } from "../../ground/random";

/** Ways are judged on each of so many parts of the rows, having learned from the others. */
export const FOLDS = 5;
/** Share of the rows whose time has to be known for parts to be stretches of time. */
const LEAST_TIMED = 0.5;

export interface Folds {
  /** Shape [n]: the fold of each row. */
  readonly of: Int32Array;
  readonly by: "time" | "chance";
}

/**
 * Parts of the labelled rows, each of which is predicted by what learned from the others.
 *
 * Where times are known they are stretches of time, because the rows to be predicted come from another time than those with
 * answers as often as not, and a row of the same week tells much about its neighbour: parts at random would flatter every
 * way that remembers. Rows of one time stay together. Else parts are at random, classes spread evenly.
 *
 * Source: Roberts et al., "Cross-validation Strategies for Data with Temporal, Spatial, Hierarchical, or Phylogenetic
 * Structure", Ecography 40 (2017), for blocks.
 *
 * @param time - Shape [n], of any unit; NaN where not known.
 */
export function foldsOf(target: Target, time: Float64Array | null): Folds {
  const stretches = time && stretchesOf(time);
  return stretches ? { of: stretches, by: "time" } : { of: partsAtRandom(target), by: "chance" };
}

/** Null where times are too few to make five stretches. */
function stretchesOf(time: Float64Array): Int32Array | null {
  const timed = Int32Array.from(time.keys()).filter((row) => Number.isFinite(time[row]));
  if (timed.length < LEAST_TIMED * time.length) return null;
  timed.sort((a, b) => time[a]! - time[b]! || a - b);
  // Rows of unknown time go round the parts.
  const folds = Int32Array.from(time.keys(), (row) => row % FOLDS);
  const filled = new Set<number>();
  for (let from = 0; from < timed.length;) {
    let to = from + 1;
    while (to < timed.length && time[timed[to]!] === time[timed[from]!]) to++;
    const fold = Math.floor((FOLDS * (from + to)) / (2 * timed.length));
    for (const row of timed.subarray(from, to)) folds[row] = fold;
    filled.add(fold);
    from = to;
  }
  return filled.size === FOLDS ? folds : null;
}

function partsAtRandom(target: Target): Int32Array {
  const count = target.task === "regression" ? target.values.length : target.codes.length;
  const order = sampleIndices(count, count, seededRandom(1));
  const dealt =
    target.task === "regression"
      ? order.map((_, p) => p % FOLDS)
      : stratifiedFolds(
          order.map((row) => target.codes[row]!),
          FOLDS,
        );
  const folds = new Int32Array(count);
  order.forEach((row, p) => (folds[row] = dealt[p]!));
  return folds;
}
