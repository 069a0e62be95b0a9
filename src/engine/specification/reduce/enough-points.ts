import type { Compute, LoadedRows } from "../kernel/compute";
import { type Matrix, pickRows } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { type Random, sampleIndices } from "../../ground/random";
import { clusterRows } from "./cluster";
import { weighPoints } from "./objective";

export interface EnoughOptions {
  /** Kernel width, in 1 / (scaled unit)²; finite and > 0. */
  readonly gamma: number;
  /** Most points, ≥ 1. */
  readonly most: number;
}

/** Sizes tried before the largest. */
const SIZES = [25, 50];
/** Rows that the sizes are tried on. */
const ROWS = 1024;

/**
 * How many points describe rows as well as the rows describe where they come from: the first of
 * 25, 50 and `most` whose clusters, not yet refined, are closer in squared MMD to a sample than n
 * rows are to their source, (1 − mean kernel) / n on average. More would only describe the noise.
 *
 * Cost is O(1024² · d) at most, whatever n is.
 *
 * Source of the noise: Gretton et al., "A Kernel Two-Sample Test", JMLR 13 (2012), the expectation
 * of its biased estimate for one sample.
 *
 * @param x - Shape [n, d], finite.
 * @returns In [1, most].
 */
export async function* enoughPoints(
  compute: Compute,
  x: Matrix<Float32Array>,
  { gamma, most }: EnoughOptions,
  random: Random,
): Steps<number> {
  const sizes = SIZES.filter((size) => size < most);
  if (sizes.length === 0) return most;
  const part = pickRows(x, sampleIndices(x.rows, ROWS, random));
  const rows = await compute.load(part);
  try {
    const meanKernel = await meanOfKernel(rows, part, gamma);
    // Without the rows' kernels with themselves, which say nothing of the source.
    const withoutSelf = (meanKernel * part.rows - 1) / (part.rows - 1);
    const noise = (1 - withoutSelf) / x.rows;
    for (const count of sizes) {
      const centres = yield* clusterRows(rows, part, { count, fewest: 1 }, random);
      const { value } = await weighPoints(rows, centres, { gamma });
      if (meanKernel + value <= noise) return count;
    }
    return most;
  } finally {
    rows.dispose();
  }
}

/** Mean of k(x, x′) over all pairs of rows, a row with itself included. */
async function meanOfKernel(rows: LoadedRows, x: Matrix, gamma: number): Promise<number> {
  const means = await rows.kernelMeans(x, gamma);
  return means.reduce((sum, mean) => sum + mean, 0) / x.rows;
}
