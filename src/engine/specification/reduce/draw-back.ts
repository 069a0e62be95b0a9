import type { LoadedRows } from "../kernel/compute";
import type { Matrix } from "../../ground/matrix";

/** What every point of a reduced set has to keep to. */
export interface PointRules {
  /** Rows that must be behind (nearest to) it. */
  readonly fewestRows: number;
  /** It must be farther than this from every row. */
  readonly closest: number;
}

/** Shares of the whole way that all points try together … */
const SHARES = [1, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1];
/** … until at most this share of the points breaks a rule; those then turn back alone. */
const FEW = 0.35;
const TURNS = 5;

/**
 * Go from points that keep the rules towards others as far as the rules allow: all together first,
 * then those that still break a rule by half of their way at a time, and at last all of it. Points
 * to which their neighbours then leave no place are dropped.
 *
 * Where the kernel is narrow, the best points leave the middle of their rows, and the few that stay
 * behind become the nearest of all rows. Stopping all of them early keeps them equally far out.
 * Costs one pass over the rows when the goal keeps the rules, some 12 otherwise.
 *
 * @param from - Shape [m, d].
 * @param to - Shape [m, d].
 * @returns Shape [k, d], k ≤ m, in single precision; `to` itself where it keeps the rules.
 */
export async function drawBack(
  rows: LoadedRows,
  from: Matrix<Float64Array>,
  to: Matrix<Float64Array>,
  rules: PointRules,
): Promise<Matrix<Float64Array>> {
  let at = to;
  let breaking: readonly number[] = [];
  for (const share of SHARES) {
    at = share === 1 ? to : between(from, to, share);
    breaking = await findBreaking(rows, at, rules);
    if (breaking.length <= FEW * to.rows) break;
  }
  for (let turn = 1; turn <= TURNS && breaking.length > 0; turn++) {
    at = turnBack(from, at, breaking, turn === TURNS ? 0 : 0.5);
    breaking = await findBreaking(rows, at, rules);
  }
  return breaking.length === 0 ? at : dropBreaking(rows, at, rules);
}

/**
 * Leave out points until the others keep the rules, those with the fewest rows behind them first.
 *
 * @param points - Shape [m, d].
 * @returns Shape [k, d], 0 ≤ k ≤ m.
 */
export async function dropBreaking(
  rows: LoadedRows,
  points: Matrix<Float64Array>,
  rules: PointRules,
): Promise<Matrix<Float64Array>> {
  let kept = points;
  while (kept.rows > 0) {
    const breaking = await findBreaking(rows, kept, rules);
    if (breaking.length === 0) break;
    const gone = new Set(breaking.slice(0, Math.ceil(breaking.length / 4)));
    const d = kept.cols;
    const data = kept.data.filter((_, at) => !gone.has(Math.floor(at / d)));
    kept = { data, rows: kept.rows - gone.size, cols: d };
  }
  return kept;
}

/** Points that break a rule, fewest rows first. */
async function findBreaking(
  rows: LoadedRows,
  points: Matrix<Float64Array>,
  { fewestRows, closest }: PointRules,
): Promise<number[]> {
  const { index, squaredDistance } = await rows.nearest(points);
  const behind = new Int32Array(points.rows);
  const least = new Float64Array(points.rows).fill(Infinity);
  for (let i = 0; i < index.length; i++) {
    const j = index[i]!;
    behind[j]!++;
    if (squaredDistance[i]! < least[j]!) least[j] = squaredDistance[i]!;
  }
  return Array.from(behind.keys())
    .filter((j) => behind[j]! < fewestRows || !(least[j]! > closest * closest))
    .sort((i, j) => behind[i]! - behind[j]!);
}

function between(
  from: Matrix<Float64Array>,
  to: Matrix<Float64Array>,
  share: number,
): Matrix<Float64Array> {
  const data = from.data.map((z, i) => Math.fround(z + share * (to.data[i]! - z)));
  return { ...to, data };
}

/** Some of the points keep only a share of their way from the start. */
function turnBack(
  from: Matrix<Float64Array>,
  at: Matrix<Float64Array>,
  turning: readonly number[],
  share: number,
): Matrix<Float64Array> {
  const { cols: d } = at;
  const data = at.data.slice();
  for (const j of turning) {
    for (let k = j * d; k < (j + 1) * d; k++) {
      data[k] = Math.fround(from.data[k]! + share * (at.data[k]! - from.data[k]!));
    }
  }
  return { ...at, data };
}
