import type { Matrix } from "../../ground/matrix";
import { type Random, sampleIndices } from "../../ground/random";

/** Up to this size of table every row is asked for its nearest neighbour, beyond it a sample. */
const SMALL_TABLE = 2000;
const QUERIES = 200;
/** Most rows the neighbour is looked for among. */
const AGAINST = 20_000;

/**
 * Median distance from a row to the nearest row that differs from it; on a sample of 200 rows
 * when there are more than 2000.
 *
 * Duplicates are no neighbours. With more than 20 000 rows only a sample of them is searched,
 * so the answer is then too large rather than too small.
 *
 * @param x - Shape [n, d], finite.
 * @returns > 0, in the unit of `x`; null when no two of the rows looked at differ.
 */
export function medianNeighbourDistance(x: Matrix<Float32Array>, random: Random): number | null {
  const queries = sampleIndices(x.rows, x.rows <= SMALL_TABLE ? x.rows : QUERIES, random);
  const against = sampleIndices(x.rows, AGAINST, random);
  const distances: number[] = [];
  for (const query of queries) {
    const squared = nearestDifferent(x, query, against);
    if (squared < Infinity) distances.push(squared);
  }
  if (distances.length === 0) return null;
  distances.sort((a, b) => a - b);
  return Math.sqrt(distances[distances.length >> 1]!);
}

function nearestDifferent({ data, cols }: Matrix, query: number, against: Int32Array): number {
  let best = Infinity;
  const start = query * cols;
  for (const other of against) {
    let sum = 0;
    for (let k = 0, p = start, q = other * cols; k < cols && sum < best; k++, p++, q++) {
      const difference = data[p]! - data[q]!;
      sum += difference * difference;
    }
    if (sum > 0 && sum < best) best = sum;
  }
  return best;
}
