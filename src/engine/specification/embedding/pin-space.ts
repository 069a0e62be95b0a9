import { factor } from "../../ground/cholesky";
import { type Matrix, zeros } from "../../ground/matrix";
import { normal, seededRandom } from "../../ground/random";
import { medianGamma } from "../kernel/bandwidth";
import { fitProjection, project, type Projection } from "./projection";

/** What makes specifications of an embedding comparable, worked out once from public data and never again. */
export interface PinnedSpace {
  readonly projection: Projection;
  /** Of the Gaussian kernel between points. */
  readonly gamma: number;
  /** Shape [m, d], in single precision: what specifications are weights on. */
  readonly book: Matrix<Float64Array>;
}

/**
 * A space for an embedding, with a book of points drawn from a Gaussian of the mean and covariance of public data.
 *
 * @param x - Shape [n, e]: vectors of public data that nobody's privacy depends on.
 * @param options - Numbers of a point, points of the book, seed of their draw.
 */
export function pinSpace(
  x: Matrix,
  {
    dimension,
    points,
    seed,
  }: { readonly dimension: number; readonly points: number; readonly seed: number },
): PinnedSpace {
  const projection = fitProjection(x, dimension);
  const placed = project(x, projection);
  return { projection, gamma: medianGamma(placed), book: drawBook(placed, points, seed) };
}

function drawBook(x: Matrix<Float32Array>, count: number, seed: number): Matrix<Float64Array> {
  const { rows, cols } = x;
  const mean = new Float64Array(cols);
  for (let at = 0; at < x.data.length; at++) mean[at % cols]! += x.data[at]! / rows;
  const covariance = zeros(cols, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const own = (x.data[i * cols + j]! - mean[j]!) / (rows - 1);
      for (let k = 0; k <= j; k++) {
        covariance.data[j * cols + k]! += own * (x.data[i * cols + k]! - mean[k]!);
      }
    }
  }
  const all = Array.from({ length: cols }, (_, j) => j);
  const lower = factor(covariance, all, 1e-9);
  const random = seededRandom(seed);
  const book = zeros(count, cols);
  for (let i = 0; i < count; i++) {
    const drawn = Float64Array.from({ length: cols }, () => normal(random));
    for (let j = 0; j < cols; j++) {
      let sum = mean[j]!;
      for (let k = 0; k <= j; k++) sum += lower[j * cols + k]! * drawn[k]!;
      book.data[i * cols + j] = Math.fround(sum);
    }
  }
  return book;
}
