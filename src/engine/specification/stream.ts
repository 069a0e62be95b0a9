/** @file Describes rows that come in blocks, in memory that does not grow with their number. */

import type { Compute } from "./kernel/compute";
import { type RandomFeatures, sketchOf } from "./kernel/random-features";
import type { Matrix } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { type Described, describeRows, type DescribeOptions } from "./describe";
import { KeyedSample } from "./keyed/keyed-sample";
import type { Secret } from "./keyed/secret";
import { gaussianKernel } from "./kernel/kernel";

export interface StreamedDescription extends Described {
  /** Shape [features.count]: the sketch of all rows, exact but for rounding. */
  readonly sketch: Float64Array;
  /**
   * Estimate of the squared MMD between the sample and all rows, ≥ 0. One of n rows has about (1 − ‖mean‖²) / n.
   */
  readonly sampleMmd2: number;
  /** Rows in the sample. */
  readonly sampleRows: number;
}

const DEFAULT_SAMPLE = 50_000;

/** Sums all rows up in a sketch, and keeps a sample of them. */
export class RowStreamSummary {
  readonly #compute: Compute;
  readonly #features: RandomFeatures;
  readonly #sample: KeyedSample;
  readonly #sums: Float64Array;

  /** @param sample - Rows to keep, ≥ 1; the secret decides which, together with what rows there are. */
  constructor(
    compute: Compute,
    features: RandomFeatures,
    { secret, sample = DEFAULT_SAMPLE }: { readonly secret: Secret; readonly sample?: number },
  ) {
    this.#compute = compute;
    this.#features = features;
    this.#sample = new KeyedSample(sample, features.cols, secret);
    this.#sums = new Float64Array(features.count);
  }

  /** Rows so far. */
  get rows(): number {
    return this.#sample.seen;
  }

  /**
   * The mean of the random features of all rows so far.
   *
   * @returns Shape [features.count].
   */
  get sketch(): Float64Array {
    return this.#sums.map((sum) => sum / this.rows);
  }

  /** A sample of all rows so far that does not depend on their order. */
  get sample(): Matrix<Float32Array> {
    return this.#sample.rows;
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
    this.#sample.add(block);
  }
}

/**
 * Describe all rows that a summary has taken in, by reducing its sample. The row count is that of
 * all rows; what the safety check says of rows, it says of those that were picked of the sample.
 *
 * @throws EngineError as `describeRows` does.
 */
export async function* describeStream(
  compute: Compute,
  summary: RowStreamSummary,
  features: RandomFeatures,
  options: Omit<DescribeOptions, "kernel">,
): Steps<StreamedDescription> {
  const { sample, sketch } = summary;
  const kernel = gaussianKernel(features.gamma);
  const described = yield* describeRows(compute, sample, { ...options, kernel });
  const ofSample = sketchOf(sample, null, features);
  const sampleMmd2 = sketch.reduce((sum, value, j) => sum + (value - ofSample[j]!) ** 2, 0);
  const rkme = { ...described.rkme, rowCount: summary.rows };
  return { ...described, rkme, sketch, sampleMmd2, sampleRows: sample.rows };
}
