import { gaussianGamma, gaussianKernel, type Kernel } from "../../../specification/kernel/kernel";
import { EngineError } from "../../../ground/errors";
import { medianGamma } from "../../../specification/kernel/bandwidth";
import type { Matrix } from "../../../ground/matrix";
import { PointSample } from "../../../specification/book/point-sample";
import type { Specification } from "../../../specification/specification";
import { categoryScaling, round } from "./found";
import { encodedWidth, widthOf } from "./encoded-width";
import type { Space, SpaceFeature } from "./space";
import { rescalePoints } from "./rescale";

/** A change of less than this share of the scale, or of gamma, is not worth a new version. */
const NEGLIGIBLE = 0.05;
/** Single precision cannot tell a spread of less than this share of the mean from none. */
const ROUNDING = 1e-6;
/**
 * The next version of an island, estimated from the specifications of all learnwares on it (a
 * system specification): centres and scales by the founding formulas from the pooled reduced sets,
 * ranges and gamma from a fair sample of their points.
 *
 * Every learnware counts the same, whatever number of rows it claims. An island's scale is to tell
 * learnwares apart, and a user is as likely to need a small one; the claimed number cannot be
 * checked, and one learnware of 10⁹ rows would otherwise set the scale alone. Even log(rows) would
 * let it count fourfold, and gain nothing: a reduced set of a few hundred rows already tells its
 * mean to within a few hundredths of the scale, far less than learnwares differ.
 *
 * Features and categories stay as they are, in their order: models rely on them, and reduced sets
 * made on this version know no others. A column that does not vary keeps its scale. Reduced sets say
 * little of a column finer than a fortieth of its scale, because their kernel does not see it, so a
 * scale that is too large by more is corrected by that much at a time. Specifications made for an
 * older version have to be moved to this one before (`rescale`).
 *
 * One pass; memory does not grow with the learnwares. The same specifications in the same order give
 * the same island. Cost is O(m · d) for each.
 *
 * @param island - The version the specifications are on.
 * @param specifications - Each of m points of the island's d columns; negative weights do not count.
 * @returns With `version` one higher; null if nothing changed by more than 5 %, if there are no
 *   specifications, or for the profile `beimingwu`, whose scale is fixed.
 * @throws EngineError `shape_mismatch` if points are not of the island's columns.
 */
export async function estimateIsland(
  island: Space,
  specifications: AsyncIterable<Specification> | Iterable<Specification>,
): Promise<Space | null> {
  if (island.profile === "beimingwu") return null;
  const pool = new Pool(widthOf(island));
  for await (const specification of specifications) pool.add(specification);
  if (pool.count === 0) return null;

  let offset = 0;
  const features = island.features.map((feature) => {
    const estimated = estimateFeature(feature, pool, offset);
    offset += encodedWidth(feature);
    return estimated;
  });
  const rescaled = { ...island, features };
  const kernel = kernelOf(rescalePoints(pool.sample, island, rescaled)) ?? island.kernel;
  const next = { ...rescaled, version: island.version + 1, kernel };
  return isNegligible(island, next) ? null : next;
}

/** Means and variances of the mixture of all reduced sets, each with the same share, and a sample of it. */
class Pool {
  readonly mean: Float64Array;
  readonly #squares: Float64Array;
  readonly #points: PointSample;
  #count = 0;

  constructor(cols: number) {
    this.mean = new Float64Array(cols);
    this.#squares = new Float64Array(cols);
    this.#points = new PointSample(cols);
  }

  /** Reduced sets pooled so far. */
  get count(): number {
    return this.#count;
  }

  /** Every point stands for the same share of the mixture. */
  get sample(): Matrix<Float32Array> {
    return this.#points.rows;
  }

  /** Standard deviation of a column. */
  deviation(k: number): number {
    return Math.sqrt(this.#squares[k]! / this.#count);
  }

  /**
   * Moments of groups are merged as in Chan, Golub, LeVeque, "Algorithms for Computing the Sample
   * Variance", The American Statistician 37 (1983), eq. 2.1.
   */
  add(specification: Specification): void {
    const shares = this.#points.add(specification);
    if (!shares) return;
    const { data, rows, cols } = specification.points;
    const before = this.#count++;
    for (let k = 0; k < cols; k++) {
      let mean = 0;
      for (let i = 0, at = k; i < rows; i++, at += cols) mean += shares[i]! * data[at]!;
      let squares = 0;
      for (let i = 0, at = k; i < rows; i++, at += cols) {
        squares += shares[i]! * (data[at]! - mean) ** 2;
      }
      const step = mean - this.mean[k]!;
      this.mean[k]! += step / this.#count;
      this.#squares[k]! += squares + (step * step * before) / this.#count;
    }
  }
}

function estimateFeature(feature: SpaceFeature, pool: Pool, offset: number): SpaceFeature {
  const raw = (k: number, scaled: number) => feature.center[k]! + feature.scale[k]! * scaled;
  if (feature.type === "category") {
    const shares = feature.center.map((_, k) => {
      return Math.min(1, Math.max(0, raw(k, pool.mean[offset + k]!)));
    });
    return { ...feature, ...categoryScaling(shares) };
  }
  const mean = pool.mean[offset]!;
  const deviation = pool.deviation(offset);
  const varies = deviation > ROUNDING * Math.abs(mean);
  const { data, rows, cols } = pool.sample;
  const values = Float64Array.from({ length: rows }, (_, i) =>
    raw(0, data[i * cols + offset]!),
  ).sort();
  const at = (share: number) => round(values[Math.round(share * (rows - 1))]!);
  return {
    ...feature,
    range: [at(0.01), at(0.99)],
    center: [round(raw(0, mean))],
    scale: varies ? [round(feature.scale[0]! * deviation)] : feature.scale,
  };
}

/** By the median rule; null if no two points differ. */
function kernelOf(points: Matrix): Kernel | null {
  try {
    return gaussianKernel(round(medianGamma(points)));
  } catch (error) {
    if (error instanceof EngineError && error.code === "bad_parameter") return null;
    throw error;
  }
}

function isNegligible(before: Space, after: Space): boolean {
  const isNear = (a: number, b: number) => Math.abs(a - b) <= NEGLIGIBLE * a;
  return (
    isNear(gaussianGamma(before.kernel), gaussianGamma(after.kernel)) &&
    before.features.every(({ center, scale }, f) => {
      const next = after.features[f]!;
      return scale.every(
        (one, k) =>
          isNear(one, next.scale[k]!) && Math.abs(center[k]! - next.center[k]!) <= NEGLIGIBLE * one,
      );
    })
  );
}
