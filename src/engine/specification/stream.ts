/** @file Describes rows that come in blocks, in memory that does not grow with their number. */

import type { Compute } from "./kernel/compute";
import { type RandomFeatures, sketchOf } from "./kernel/random-features";
import type { Matrix } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { type Described, describeRows } from "./describe";
import type { ReduceOptions } from "./reduce/reduce";
import { Reservoir } from "./reduce/reservoir";
import { gaussianKernel } from "./kernel/kernel";

export interface StreamedDescription extends Described {
  /** Shape [features.count]: the sketch of all rows, exact but for rounding. */
  readonly sketch: Float64Array;
  /**
   * Estimate of the squared MMD between the sample that was reduced and all rows, ≥ 0. A fair
   * sample of n rows has about (1 − ‖mean‖²) / n.
   */
  readonly sampleMmd2: number;
  /** Rows in the sample. */
  readonly sampleRows: number;
}

const DEFAULT_SAMPLE = 50_000;

/** Sums all rows up in a sketch, and keeps a fair sample of them. */
export class RowStreamSummary {
  readonly #compute: Compute;
  readonly #features: RandomFeatures;
  readonly #reservoir: Reservoir;
  readonly #sums: Float64Array;

  /** @param sample - Rows to keep, ≥ 1; `seed` repeats which. */
  constructor(
    compute: Compute,
    features: RandomFeatures,
    {
      sample = DEFAULT_SAMPLE,
      seed = 0,
    }: { readonly sample?: number; readonly seed?: number } = {},
  ) {
    this.#compute = compute;
    this.#features = features;
    this.#reservoir = new Reservoir(sample, features.cols, seed);
    this.#sums = new Float64Array(features.count);
  }

  /** Rows so far. */
  get rows(): number {
    return this.#reservoir.seen;
  }

  /**
   * The mean of the random features of all rows so far.
   *
   * @returns Shape [features.count].
   */
  get sketch(): Float64Array {
    return this.#sums.map((sum) => sum / this.rows);
  }

  /** A fair sample of all rows so far, in no order. */
  get sample(): Matrix<Float32Array> {
    return this.#reservoir.rows;
  }

  /**
   * Take in further rows; nothing of them is kept but those in the sample.
   *
   * @param block - Shape [n, d], finite, scaled by the island.
   */
  async add(block: Matrix<Float32Array>): Promise<void> {
    if (block.rows === 0) return;
    const rows = await this.#compute.load(block);
    try {
      const means = await rows.featureMeans(this.#features);
      for (let j = 0; j < means.length; j++) this.#sums[j]! += block.rows * means[j]!;
    } finally {
      rows.dispose();
    }
    this.#reservoir.add(block);
  }
}

/**
 * Describe all rows that a summary has taken in, by reducing its sample. The row count is that of
 * all rows; what the safety check says of distances to rows, it says of the rows in the sample.
 *
 * @throws EngineError as `describeRows` does.
 */
export async function* describeStream(
  compute: Compute,
  summary: RowStreamSummary,
  features: RandomFeatures,
  options: Omit<ReduceOptions, "kernel">,
): Steps<StreamedDescription> {
  const { sample, sketch } = summary;
  const kernel = gaussianKernel(features.gamma);
  const described = yield* describeRows(compute, sample, { ...options, kernel });
  const ofSample = sketchOf(sample, null, features);
  const sampleMmd2 = sketch.reduce((sum, value, j) => sum + (value - ofSample[j]!) ** 2, 0);
  const rkme = { ...described.rkme, rowCount: summary.rows };
  return { ...described, rkme, sketch, sampleMmd2, sampleRows: sample.rows };
}
