import { type Matrix, pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import { predictLinear } from "../../engine/learner/linear/linear-model";
import { fitRidge } from "../../engine/learner/linear/ridge";
import { pickTarget, type Target } from "../../engine/learner/target";
import {
  fitGradientBoosting,
  predictGradientBoosting,
} from "../../engine/learner/trees/gradient-boosting";
import { errorOf, trivialAnswer } from "./own-figures";

const MOST_ROWS = 2000;
/** Of the error of the trivial answer: a column that leaves less alone tells the answer. */
const LEFT_OVER = 0.02;
/** Of one column; each round grows a tree for every class. A column that tells the answer needs few. */
const MOST_TREES = 60;
const LEAST_ROUNDS = 6;

/**
 * Columns that alone tell the answer almost perfectly, on rows that were not learned from: the answer under another name,
 * or something that is known only afterwards.
 *
 * @param groups - Per column: which inputs are its.
 * @returns Indices of groups.
 */
export async function* leaksIn(
  inputs: Matrix<Float32Array>,
  target: Target,
  groups: readonly (readonly number[])[],
  seed: number,
): Steps<number[]> {
  const order = sampleIndices(inputs.rows, MOST_ROWS, seededRandom(seed));
  const cut = Math.ceil(order.length / 2);
  const [learned, judged] = [order.slice(0, cut), order.slice(cut)];
  const [taught, truth] = [pickTarget(target, learned), pickTarget(target, judged)];
  const trivial = errorOf(trivialAnswer(taught, judged.length), truth);
  const leaks: number[] = [];
  const outputs = target.task === "classification" && target.classes > 2 ? target.classes : 1;
  const rounds = Math.max(LEAST_ROUNDS, Math.round(MOST_TREES / outputs));
  if (!(trivial > 0)) return leaks;
  for (const [g, group] of groups.entries()) {
    yield { stage: "check", done: g, total: groups.length };
    const own = pickColumns(inputs, group);
    const [seen, unseen] = [pickRows(own, learned), pickRows(own, judged)];
    const options = { rounds, rate: 0.3, minLeafRows: 2, rowShare: 1, featureShare: 1, patience: 0, seed }; // prettier-ignore
    const trees = yield* fitGradientBoosting(seen, taught, options);
    let error = errorOf(predictGradientBoosting(trees, unseen), truth);
    if (taught.task === "regression") {
      const line = yield* fitRidge(seen, taught, { alphas: [1e-6 * seen.rows] });
      error = Math.min(error, errorOf(predictLinear(line, unseen), truth));
    }
    if (error <= LEFT_OVER * trivial) leaks.push(g);
  }
  return leaks;
}

function pickColumns({ data, rows, cols }: Matrix<Float32Array>, columns: readonly number[]) {
  const picked = new Float32Array(rows * columns.length);
  for (let i = 0; i < rows; i++) {
    columns.forEach((k, j) => (picked[i * columns.length + j] = data[i * cols + k]!));
  }
  return { data: picked, rows, cols: columns.length };
}
