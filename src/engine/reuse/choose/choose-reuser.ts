import { pickTarget, type Target } from "../../learner/target";
import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { seededRandom } from "../../ground/random";
import { augmentingLinear, augmentingTrees } from "../ways/augmenting";
import { averaging, voting } from "../ways/averaging";
import { bootstrapMean } from "./bootstrap-mean";
import { combineWays } from "./combine-ways";
import { FOLDS, type Folds, foldsOf } from "./folds";
import { guidedModel } from "../ways/guided-model";
import { heading } from "../ways/head";
import { rowLosses } from "./losses";
import { ownModel } from "../ways/own-model";
import { pruning } from "../ways/pruning";
import { knownRows, type LabelledRows, type Need, type Reuser, type ReuseTask } from "../reuser";
import { pickBlock, type RowBlock } from "../rows/row-block";
import { selecting, weighingByRow } from "../ways/selecting";
import { stacking } from "../ways/stacking";

/** Every way of reuse, the simplest first. */
const REUSERS: readonly Reuser[] = [
  averaging,
  weighingByRow,
  selecting,
  voting,
  stacking,
  ownModel,
  pruning,
  heading,
  guidedModel,
  augmentingLinear,
  augmentingTrees,
];

/** How a way of reuse does on rows that it did not learn from. */
export interface Judgement {
  readonly reuser: Reuser;
  /** Why it was not judged: what it needs, or more labels, or another task. */
  readonly lacks: Need | "more_labels" | "other_task" | null;
  readonly result: JudgedResult | null;
}

interface JudgedResult {
  /** Mean squared error, or mean Brier score. */
  readonly loss: number;
  /** 99.5 % bootstrap interval, over the same rows, of its loss less that of the best. */
  readonly behindBest: readonly [number, number];
  /** Nothing says that it is worse than the best. */
  readonly isWithinNoise: boolean;
  /** Shape [labelled rows, c]: predictions of each row by what learned without it. */
  readonly heldOut: Matrix<Float64Array>;
}

export interface Choice {
  readonly recommended: Reuser;
  /** Whether the labels decided, or only how well the mixture fits. */
  readonly basis: "labels" | "fit";
  /**
   * Why that one: its loss is the least; or, there being others that nothing says are worse, it puts together what learns
   * different things, or is the simplest. Null where labels did not decide.
   */
  readonly reason: "least" | "combination" | "simplest" | null;
  /** Which labelled rows were judged together; null without any. */
  readonly folds: Folds | null;
  /** The combination, where there is one, and all ways in the order given. */
  readonly table: readonly Judgement[];
}

const LEAST_LABELS = 5;
/** Of each interval; of ten together 95 %, so that no way is chosen for having been lucky once. */
const LEVEL = 0.995;
/** Share of the rows that must look like some learnware's for evidence to decide row by row. */
const LEAST_COVERAGE = 0.5;

/**
 * Choose how to reuse learnwares.
 *
 * With 5 labels or more: every way that can be tried is fitted on four fifths of them and judged on the rest, five
 * times, on the same folds. Recommended is the combination, of which the way without labels is a part, or what has all
 * shares in it, unless another way is better by more than noise; then the simplest within noise of the best. Noise: the
 * lower end of the 99.5 % paired bootstrap interval of its loss less the best's is not above 0. Among ten ways, on fifty
 * rows, some one looks better by less.
 *
 * Without: weights row by row where evidence was measured and half of the rows look like some learnware's, else
 * the mixture's average.
 *
 * @param task - Its labelled rows are those judged on.
 * @param block - Rows to be predicted, or a sample of them; they say what can be tried.
 * @param reusers - Simplest first; by default all.
 * @throws EngineError as the reusers do.
 */
export async function* chooseReuser(
  task: ReuseTask,
  block: RowBlock,
  reusers: readonly Reuser[] = REUSERS,
): Steps<Choice> {
  const lacking = reusers.map((reuser) => ({ reuser, lacks: lackOf(reuser, task, block) }));
  if ((task.known?.outputs.rows ?? 0) < LEAST_LABELS) {
    const table = lacking.map((one) => ({ ...one, result: null }));
    return { recommended: byFit(block), basis: "fit", reason: null, folds: null, table };
  }
  const known = knownRows(task);
  const parts = foldsOf(known.target, known.time ?? null);
  const folds = parts.of;
  const sampled = { ...task, sample: block };
  const held = new Map<Reuser, Matrix<Float64Array>>();
  for (const { reuser, lacks } of lacking) {
    if (lacks === null) held.set(reuser, yield* predictHeldOut(reuser, sampled, known, folds));
  }
  const together = yield* combineWays(held, byFit(block), sampled, folds);
  const isNew = together !== null && !held.has(together.reuser);
  if (isNew) held.set(together.reuser, together.heldOut);
  const results = compare(held, known.target);
  const all = isNew ? [{ reuser: together.reuser, lacks: null }, ...lacking] : lacking;
  const table = all.map((one) => ({ ...one, result: results.get(one.reuser) ?? null }));
  const inOrder = [...(together ? [together.reuser] : []), ...reusers];
  const recommended = inOrder.find((reuser) => results.get(reuser)?.isWithinNoise);
  return {
    ...{ recommended: recommended ?? byFit(block), basis: "labels", table, folds: parts },
    reason: recommended ? reasonFor(recommended, results, together?.reuser) : null,
  };
}

function reasonFor(
  recommended: Reuser,
  results: ReadonlyMap<Reuser, JudgedResult>,
  together: Reuser | undefined,
): Choice["reason"] {
  const least = Math.min(...[...results.values()].map(({ loss }) => loss));
  if (results.get(recommended)!.loss === least) return "least";
  return recommended === together ? "combination" : "simplest";
}

function lackOf(
  { tasks, needs, leastLabels, growsTrees }: Reuser,
  { known }: ReuseTask,
  block: RowBlock,
): Judgement["lacks"] {
  if (!tasks.includes(block.outputs.task)) return "other_task";
  const missing = needs.find((need) =>
    need === "labels"
      ? known === null
      : block[need] === null || (known !== null && known[need] === null),
  );
  if (missing !== undefined) return missing;
  const columns = growsTrees ? (known?.features?.cols ?? 0) : 0;
  return (known?.outputs.rows ?? 0) < Math.max(leastLabels, columns) ? "more_labels" : null;
}

function byFit({ evidence }: RowBlock): Reuser {
  if (!evidence) return averaging;
  const far = evidence.far.reduce((sum, one) => sum + one, 0);
  return far <= (1 - LEAST_COVERAGE) * evidence.far.length ? weighingByRow : averaging;
}

async function* predictHeldOut(
  reuser: Reuser,
  task: ReuseTask,
  known: LabelledRows,
  folds: Int32Array,
): Steps<Matrix<Float64Array>> {
  const rows = Int32Array.from(folds.keys());
  const held = zeros(rows.length, known.outputs.values[0]!.cols);
  for (let fold = 0; fold < FOLDS; fold++) {
    const fitted = rows.filter((row) => folds[row] !== fold);
    const judged = rows.filter((row) => folds[row] === fold);
    const part = { ...pickBlock(known, fitted), target: pickTarget(known.target, fitted) };
    const model = yield* reuser.fit({ ...task, known: part });
    const { values } = model.predict(pickBlock(known, judged));
    judged.forEach((row, i) => {
      held.data.set(values.data.subarray(i * held.cols, (i + 1) * held.cols), row * held.cols);
    });
  }
  return held;
}

function compare(
  held: ReadonlyMap<Reuser, Matrix<Float64Array>>,
  target: Target,
): Map<Reuser, JudgedResult> {
  const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const judged = [...held].map(([reuser, heldOut]) => {
    const losses = rowLosses(heldOut, target);
    return { reuser, heldOut, losses, loss: mean(losses) };
  });
  const best = judged.reduce((a, b) => (b.loss < a.loss ? b : a));
  const results = judged.map(({ reuser, heldOut, losses, loss }): [Reuser, JudgedResult] => {
    const behind = losses.map((x, i) => x - best.losses[i]!);
    const behindBest = bootstrapMean(behind, LEVEL, seededRandom(1));
    return [reuser, { loss, behindBest, isWithinNoise: behindBest[0] <= 0, heldOut }];
  });
  return new Map(results);
}
