import { EngineError } from "../../../ground/errors";
import type { Matrix } from "../../../ground/matrix";
import { discreteGaussian } from "./discrete-gaussian";
import { type Budget, gaussianMultiplier } from "./gaussian-calibration";
import type { RandomBytes } from "./random-bytes";

/** The grid that sketches are snapped to, 2⁻⁴⁰: the same for all data, and far finer than any noise. */
const STEPS_PER_UNIT = 2 ** 40;

/** How much of one row there is in the sketch of a kind, and how exact its sums are. */
export interface SketchKind {
  /** How far, in L2, n times the mean moves when one row is replaced by any other. */
  readonly reach: number;
  /** How far, in L2, rounding may leave a sketch from the mean it stands for. */
  readonly rounding: number;
}

/**
 * Means of random features.
 *
 * A row's features are (cos ω₁·x, …, sin ω_h·x) / √h. The squares of a cosine and a sine of the
 * same phase add up to 1, so the vector has length √(h/h) = 1 for every x whatsoever, and two of
 * them are at most 1 + 1 apart. Sums are in single precision; a wrong phase does not count, because
 * its cosine and sine still make a vector of length 1.
 *
 * Source: the argument of Harder, Adamczewski, Park, "DP-MERF", AISTATS 2021, section 3.
 */
export const ON_FEATURES: SketchKind = { reach: 2, rounding: 2e-5 };

/**
 * Kernel means at the points of a book, as `sketchOfMeans` has them: L⁻¹c with LLᵀ = K + ρI.
 *
 * With φ(x) the kernel's own feature of a row and Φ those of the points, c = Φᵀφ(x), so that two rows are apart by
 * ‖L⁻¹(c − c′)‖² = (c − c′)ᵀ(K + ρI)⁻¹(c − c′) ≤ ‖φ(x) − φ(x′)‖²: it is the length of a projection onto the points, made
 * shorter by ρ. And ‖φ(x) − φ(x′)‖² = k(x, x) + k(x′, x′) − 2k(x, x′) ≤ 2, because no value of the kernel is negative.
 *
 * Of √2, a thousandth more is for the factor, whose own rounding is that of a K off by some 1e-10 beside ρ = 1e-6. A mean
 * summed in double precision and in parts is off by less than 1e-12, which L⁻¹, of norm at most 1e3, makes 5e-8 of up to
 * 2000 points; solving adds less than that.
 */
export const ON_BOOK: SketchKind = { reach: 1.001 * Math.SQRT2, rounding: 1e-7 };

/** What of δ pays for the noise being on a grid. */
const SHARE_OF_DELTA = 0.99;

/** Numbers beyond this are no further away for a kernel, and would only cost its phases their digits. */
const FARTHEST = 1000;

/**
 * Draw scaled numbers into [−1000, 1000], in place. The bound is the same for all data, so that
 * nothing is learnt from it; a finite cosine and sine follow for every row.
 *
 * @param x - Shape [n, d], in the island's scaled unit.
 */
export function clipRows(x: Matrix<Float32Array>): void {
  const { data } = x;
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!;
    if (value > FARTHEST) data[at] = FARTHEST;
    else if (value < -FARTHEST) data[at] = -FARTHEST;
  }
}

/**
 * How far, in L2, the sketch of n rows moves when one row is replaced by any other: it is the mean of what each row
 * contributes.
 *
 * @param rowCount - n, ≥ 1. It is taken as known (neighbours have the same number of rows).
 */
export function sketchSensitivity({ reach }: SketchKind, rowCount: number): number {
  return reach / rowCount;
}

export interface PrivacyOptions extends Budget {
  readonly kind: SketchKind;
  /** n, or fewer: then there is more noise than needed. Give the number that is published. */
  readonly rowCount: number;
  /** From a cryptographic generator. */
  readonly random: RandomBytes;
}

/**
 * An (ε, δ)-differentially private copy of a sketch: whoever sees it can hardly tell whether any one
 * row was in the data or another in its place.
 *
 * The sketch is snapped to a fixed grid, and discrete Gaussian noise is added on that grid, drawn
 * exactly. The sensitivity is widened by what rounding can add: that of the sums, and half a grid step
 * per number for snapping.
 *
 * σ is calibrated for the continuous Gaussian. On the grid, δ becomes a Riemann sum of the same
 * integrand with step 1 where its scale is σ > 10⁶ steps: a relative error of the order
 * 512 / (24 σ²) < 10⁻⁸, to second order and not as a proven bound, for which 1 % of δ is set aside.
 *
 * What is done with the answer costs nothing more (post-processing); another answer about the same
 * rows does: their ε and δ add up.
 *
 * Sources: Balle, Wang, ICML 2018 (calibration); Canonne, Kamath, Steinke, "The Discrete Gaussian for
 * Differential Privacy", NeurIPS 2020 (sampling, and that noise on a grid is as good).
 *
 * @param sketch - Shape [count]: of all rows.
 * @returns Shape [count], single precision.
 * @throws EngineError `bad_parameter` if ε, δ or n is out of range, or the sketch not finite.
 */
export function privateSketch(
  sketch: Float64Array,
  { kind, epsilon, delta, rowCount, random }: PrivacyOptions,
): Float32Array<ArrayBuffer> {
  if (!(rowCount >= 1 && Number.isFinite(rowCount))) {
    throw new EngineError("bad_parameter", `rowCount must be finite and ≥ 1, got ${rowCount}`);
  }
  const snapped = Array.from(sketch, (value) => {
    if (!Number.isFinite(value)) throw new EngineError("bad_parameter", "a sketch must be finite");
    return BigInt(Math.round(value * STEPS_PER_UNIT));
  });
  const steps =
    (sketchSensitivity(kind, rowCount) + 2 * kind.rounding) * STEPS_PER_UNIT +
    Math.sqrt(sketch.length);
  const multiplier = gaussianMultiplier({ epsilon, delta: SHARE_OF_DELTA * delta });
  const sigma = BigInt(Math.ceil(multiplier * steps));
  return Float32Array.from(
    snapped,
    (value) => Number(value + discreteGaussian(sigma, random)) / STEPS_PER_UNIT,
  );
}
