import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import { type Random, seededRandom } from "../../ground/random";
import { Reservoir } from "../reduce/reservoir";
import type { Specification } from "../specification";

/** Points that stand for one learnware where all of them are sampled. */
const DRAWS = 64;
/** Points kept of all learnwares. */
const SAMPLE = 2048;

/**
 * A fair sample of the points of many specifications, each of which counts the same, and each of its points as its weight
 * says; negative weights do not count. Memory does not grow with their number.
 */
export class PointSample {
  readonly #cols: number;
  readonly #reservoir: Reservoir;
  readonly #random: Random = seededRandom(1);

  constructor(cols: number) {
    this.#cols = cols;
    this.#reservoir = new Reservoir(SAMPLE, cols, 0);
  }

  /** Shape [≤ 2048, cols]. */
  get rows(): Matrix<Float32Array> {
    return this.#reservoir.rows;
  }

  /**
   * @returns Shape [points]: the share of each point, sum 1; null if none has any.
   * @throws EngineError `shape_mismatch` if points are not of these columns, or weights disagree.
   */
  add({ points, weights }: Specification): Float64Array | null {
    if (points.cols !== this.#cols || points.rows !== weights.length) {
      throw new EngineError(
        "shape_mismatch",
        `${points.rows} points of ${points.cols} columns and ${weights.length} weights came to ${this.#cols} columns`,
      );
    }
    const positive = weights.map((weight) => Math.max(0, weight));
    const total = positive.reduce((sum, share) => sum + share, 0);
    if (!(total > 0)) return null;
    const shares = positive.map((share) => share / total);
    this.#reservoir.add(this.#drawFrom(points, shares));
    return shares;
  }

  /** Systematic sampling: equal steps through the shares, from a random start. */
  #drawFrom({ data, cols }: Matrix, shares: Float64Array): Matrix<Float32Array> {
    const drawn = new Float32Array(DRAWS * cols);
    const start = this.#random();
    let row = 0;
    let reached = shares[0]!;
    for (let t = 0; t < DRAWS; t++) {
      const wanted = (t + start) / DRAWS;
      while (reached < wanted && row < shares.length - 1) reached += shares[++row]!;
      drawn.set(data.subarray(row * cols, (row + 1) * cols), t * cols);
    }
    return { data: drawn, rows: DRAWS, cols };
  }
}
