/**
 * @file The Python package's way with pictures: weights on fifty points of noise that all share, under the kernel of an
 * infinitely wide network. Its hundred steps of moving the points, at 88 s of processor time each, are left out, and of each set
 * a sample is looked at.
 */

import { type Matrix, pickRows, zeros } from "../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../src/engine/ground/random";
import { writePlanes } from "../../../src/engine/kinds/image/pixels/planes";
import type { Raster } from "../../../src/engine/kinds/image/pixels/raster";
import { greedyMixture } from "../../../src/engine/search/mixture";
import { solveSimplexQp } from "../../../src/engine/specification/reduce/simplex-qp";
import { type Images, nngpGram } from "../../../src/reference/nngp";

const SIDE = 32;
const POINTS = 50;
/** Pictures of each set that are looked at: every pair with a point takes some hundred microseconds. */
const LOOKED_AT = 40;
const POOL = 25;

export class ReferencePictures {
  readonly #rasters: readonly Raster[];
  readonly #points: Images;
  /** Shape [points, points]. */
  readonly #gram: Matrix<Float64Array>;

  constructor(rasters: readonly Raster[]) {
    const random = seededRandom(0);
    const data = Float32Array.from({ length: POINTS * 3 * SIDE * SIDE }, () => normal(random));
    this.#rasters = rasters;
    this.#points = {
      points: { data, rows: POINTS, cols: 3 * SIDE * SIDE },
      channels: 3,
      side: SIDE,
    };
    this.#gram = nngpGram(this.#points, this.#points);
  }

  /** Weights on the shared points, of standardised pictures as the package has them. */
  describe(rows: readonly number[]): Float64Array {
    const looked = rows.slice(0, LOOKED_AT);
    const size = 3 * SIDE * SIDE;
    const data = new Float32Array(looked.length * size);
    looked.forEach((row, i) => {
      const planes = data.subarray(i * size, (i + 1) * size);
      writePlanes(this.#rasters[row]!, SIDE, SIDE, planes);
    });
    const x = {
      points: standardised({ data, rows: looked.length, cols: size }),
      channels: 3,
      side: SIDE,
    };
    const gram = nngpGram(this.#points, x);
    const means = Float64Array.from(
      { length: POINTS },
      (_, i) =>
      gram.data.subarray(i * gram.cols, (i + 1) * gram.cols).reduce((a, b) => a + b, 0) / gram.cols, // prettier-ignore
    );
    return solveSimplexQp(this.#gram, means, { ridge: 1e-6 }).weights;
  }

  rank(user: Float64Array, of: readonly { readonly id: string; readonly rkme: Float64Array }[]) {
    const self = this.#product(user, user);
    const distances = of.map(({ id, rkme }) => {
      const apart = self - 2 * this.#product(user, rkme) + this.#product(rkme, rkme);
      return { id, rkme, apart };
    });
    const pool = distances.toSorted((a, b) => a.apart - b.apart).slice(0, POOL);
    const gram = zeros(pool.length, pool.length);
    pool.forEach((a, i) =>
      pool.forEach((b, j) => (gram.data[i * pool.length + j] = this.#product(a.rkme, b.rkme))),
    );
    const target = Float64Array.from(pool, ({ rkme }) => this.#product(user, rkme));
    const mixture = greedyMixture(gram, target, self);
    const best = pool[0]!.id;
    return { best, mixture: mixture?.members.map(({ index }) => pool[index]!.id) ?? [best] };
  }

  #product(a: Float64Array, b: Float64Array): number {
    const { data, cols } = this.#gram;
    let sum = 0;
    a.forEach((one, i) => b.forEach((other, j) => (sum += one * other * data[i * cols + j]!)));
    return sum;
  }
}

/** Each channel of all pictures with mean 0 and deviation 1. */
function standardised({ data, rows, cols }: Matrix<Float32Array>): Matrix<Float32Array> {
  const x = pickRows({ data, rows, cols }, [...Array(rows).keys()]);
  const area = SIDE * SIDE;
  for (let c = 0; c < 3; c++) {
    let [sum, squares] = [0, 0];
    const each = (with_: (at: number) => void) => {
      for (let i = 0; i < rows; i++) for (let k = 0; k < area; k++) with_(i * cols + c * area + k);
    };
    each((at) => {
      sum += x.data[at]!;
      squares += x.data[at]! ** 2;
    });
    const mean = sum / (rows * area);
    const deviation = Math.sqrt(squares / (rows * area) - mean ** 2) || 1;
    each((at) => (x.data[at] = (x.data[at]! - mean) / deviation));
  }
  return x;
}
