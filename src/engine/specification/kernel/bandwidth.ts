import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import { sampleIndices, seededRandom } from "../../ground/random";
import { squaredDistance } from "./gaussian";

/**
 * Kernel width by the median rule: gamma = 1 / median ‖x_i − x_j‖² over pairs of different rows.
 *
 * Pairs at distance 0 do not count, so heavy duplicates do not make the kernel vanish.
 * Cost is O(sample² · d), whatever the number of rows.
 *
 * Source: Gretton et al., "A Kernel Two-Sample Test", JMLR 13 (2012), section 8 (the median
 * heuristic), without its factor 2.
 *
 * @param x - Shape [n, d], finite, on the scale of the island.
 * @param options - `sample`: most rows looked at (default 1000); `seed` of the choice.
 * @returns Finite and > 0, in 1 / (input unit)².
 * @throws EngineError `bad_parameter` if no two rows differ.
 */
export function medianGamma(
  x: Matrix,
  { sample = 1000, seed = 0 }: { readonly sample?: number; readonly seed?: number } = {},
): number {
  const chosen = sampleIndices(x.rows, sample, seededRandom(seed));
  const distances: number[] = [];
  for (let i = 0; i < chosen.length; i++) {
    for (let j = 0; j < i; j++) {
      const distance = squaredDistance(x, chosen[i]!, x, chosen[j]!);
      if (distance > 0) distances.push(distance);
    }
  }
  if (distances.length === 0) {
    throw new EngineError("bad_parameter", "no kernel width can be chosen: no two rows differ");
  }
  const sorted = Float64Array.from(distances).sort();
  return 1 / sorted[sorted.length >> 1]!;
}
