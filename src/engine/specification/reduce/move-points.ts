import { ReferenceCompute } from "../kernel/reference-compute";
import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { drawBack, dropBreaking, type PointRules } from "./draw-back";
import { type Evaluation, evaluatePoints } from "./objective";
import { refinePoints } from "./refine";
import type { RowSample } from "./row-sample";

export interface MoveOptions {
  /** Kernel width, in 1 / (scaled unit)²; finite and > 0. */
  readonly gamma: number;
  readonly rules: PointRules | undefined;
  /** Rows that the sample stands for. */
  readonly total: number;
}

/** Products of a row number and a point number spent on moving points, per row of the table … */
const WORK_PER_ROW = 8e3;
/** … but no less than this, 40 ms in WASM, */
const LEAST_WORK = 1.3e8;
/** and no more than this. */
const MOST_WORK = 1.2e9;
const FEWEST_EVALUATIONS = 16;
const MOST_EVALUATIONS = 80;
/** Products that plain loops in double precision do in some 15 ms. */
const DOUBLE_WORK = 1.2e6;
const DOUBLE_EVALUATIONS = 50;
const DOUBLE_RIDGE = 1e-12;
/** Times that points set out again from where the rules stopped them. */
const ROUNDS = 3;

/**
 * Move points downhill on the squared MMD to the rows of a sample, within the rules if there are
 * any: points that break one at the start are dropped, the others keep them. A small sample whose
 * sums in single precision show no further way down is summed in double precision.
 *
 * Tried on 100,000 made-up rows of 6, 20 and 60 columns, and not taken: a fit to 512 or 2048 random
 * features of all rows (it fits their error, and at 6 and 20 columns loses most of what moving
 * gains), and fresh samples along the way (the same place, in more time). On the tables of the
 * benchmark other seeds than cluster centres lead to the same place, and fewer steps or noise on the
 * points hide rows no better from a membership attack than fewer points of the same squared MMD.
 *
 * @param centres - Shape [m, d], in single precision.
 * @returns The points, shape [k, d], 1 ≤ k ≤ m, and their weights for the sample.
 */
export async function* movePoints(
  sample: RowSample,
  centres: Matrix<Float64Array>,
  { gamma, rules, total }: MoveOptions,
): Steps<Evaluation> {
  const { rows } = sample;
  const safe = rules ? await dropBreaking(rows, centres, rules) : centres;
  let at = await evaluatePoints(rows, safe.rows > 0 ? safe : centres, { gamma });
  if (safe.rows === 0) return at;
  for (let round = 0; round < ROUNDS; round++) {
    const goal = yield* descend(sample, at, gamma, total);
    if (!rules) return goal;
    const points = await drawBack(rows, at.points, goal.points, rules);
    if (points === goal.points) return goal;
    if (points.rows === 0) break;
    const next = await evaluatePoints(rows, points, { gamma });
    if (!(next.value < at.value)) break;
    at = next;
  }
  return at;
}

async function* descend(
  { x, rows }: RowSample,
  at: Evaluation,
  gamma: number,
  total: number,
): Steps<Evaluation> {
  const work = x.rows * at.points.data.length;
  const affordable = Math.min(Math.max(WORK_PER_ROW * total, LEAST_WORK), MOST_WORK) / work;
  const evaluations = Math.round(
    Math.min(Math.max(affordable, FEWEST_EVALUATIONS), MOST_EVALUATIONS),
  );
  const refined = yield* refinePoints(rows, at, { gamma, evaluations });
  if (!refined.stalled || work > DOUBLE_WORK) return refined;
  const exactRows = await new ReferenceCompute().load(x);
  const options = { gamma, ridge: DOUBLE_RIDGE };
  const exact = await evaluatePoints(exactRows, refined.points, options);
  return yield* refinePoints(exactRows, exact, { ...options, evaluations: DOUBLE_EVALUATIONS });
}
