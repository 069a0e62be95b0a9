import { EngineError } from "../../../ground/errors";
import type { Matrix } from "../../../ground/matrix";

/**
 * The one-to-one assignment of rows to columns with the largest sum of gains; a pair without a gain
 * above 0 is never made.
 *
 * Each row has a place of its own beside the columns, worth nothing, so that leaving it out is a
 * choice like any other. Cost O(n² · (n + m)).
 *
 * Source: Jonker, Volgenant, "A Shortest Augmenting Path Algorithm for Dense and Sparse Linear
 * Assignment Problems", Computing 38 (1987), its augmentation step alone.
 *
 * @param gains - Shape [n, m], finite.
 * @returns Shape [n]: the column of each row, −1 for none.
 * @throws EngineError `bad_parameter` if a gain is not finite.
 */
export function assign(gains: Matrix): Int32Array {
  if (!gains.data.every(Number.isFinite)) {
    throw new EngineError("bad_parameter", "gains must be finite");
  }
  const { rows, cols } = gains;
  const state: State = {
    gains,
    rowOf: new Int32Array(cols + rows).fill(-1),
    rowPrices: new Float64Array(rows),
    colPrices: new Float64Array(cols + rows),
  };
  for (let row = 0; row < rows; row++) augment(state, row);
  const columns = new Int32Array(rows).fill(-1);
  state.rowOf.subarray(0, cols).forEach((row, col) => {
    if (row >= 0 && gains.data[row * cols + col]! > 0) columns[row] = col;
  });
  return columns;
}

interface State {
  readonly gains: Matrix;
  /** Shape [m + n]: the row that has each column, −1 for none. */
  readonly rowOf: Int32Array;
  /** Prices under which every pair costs at least 0, and those made exactly 0. */
  readonly rowPrices: Float64Array;
  readonly colPrices: Float64Array;
}

function reducedCost({ gains, rowPrices, colPrices }: State, row: number, col: number): number {
  const gain = col < gains.cols ? Math.max(0, gains.data[row * gains.cols + col]!) : 0;
  return -gain - rowPrices[row]! - colPrices[col]!;
}

/** Give one more row a column, by the cheapest chain of rows that make way for each other. */
function augment(state: State, start: number): void {
  const { rowOf, rowPrices, colPrices } = state;
  const distance = new Float64Array(rowOf.length).fill(Infinity);
  const before = new Int32Array(rowOf.length).fill(-1);
  const settled: number[] = [];
  const isSettled = new Uint8Array(rowOf.length);
  let row = start;
  let via = -1;
  let reached = 0;
  while (row >= 0) {
    let nearest = -1;
    for (let col = 0; col < rowOf.length; col++) {
      if (isSettled[col]) continue;
      const length = reached + reducedCost(state, row, col);
      if (length < distance[col]!) {
        distance[col] = length;
        before[col] = via;
      }
      if (nearest < 0 || distance[col]! < distance[nearest]!) nearest = col;
    }
    reached = distance[nearest]!;
    isSettled[nearest] = 1;
    settled.push(nearest);
    via = nearest;
    row = rowOf[nearest]!;
  }
  rowPrices[start]! += reached;
  for (const col of settled) {
    const rest = reached - distance[col]!;
    colPrices[col]! -= rest;
    if (rowOf[col]! >= 0) rowPrices[rowOf[col]!]! += rest;
  }
  for (let col = via; col >= 0; col = before[col]!) {
    rowOf[col] = before[col]! < 0 ? start : rowOf[before[col]!]!;
  }
}
