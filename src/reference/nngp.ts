import { EngineError } from "../engine/ground/errors";
import { type Matrix, zeros } from "../engine/ground/matrix";
import type { ImageSpecification } from "./image-specification";

/** Images as the kernel sees them. */
export interface Images {
  /** Shape [n, channels · side · side], channel by channel, row by row. */
  readonly points: Matrix;
  readonly channels: number;
  readonly side: number;
}

/** Weight variance √2 of a 3×3 convolution per cell, in single precision as the package keeps it. */
const CELL_VARIANCE = Math.fround(Math.SQRT2 / 9);
const BIAS_VARIANCE = 0.1;
/** Smallest normal number of single precision: keeps a product of variances above 0. */
const TINY = 2 ** -126;

/** Covariance of one pair of images per pixel, shape [side, side], and the variances of both. */
interface Covariance {
  readonly xy: Float64Array;
  readonly xx: Float64Array;
  readonly yy: Float64Array;
}

/**
 * Kernel of an infinitely wide convolutional network between images: `depth` times a 3×3
 * convolution (padded, weight variance √2, bias variance 0.1), ReLU and a 2×2 mean, then the mean
 * over what is left. Not scaled to a unit diagonal. Double precision; the package's is single.
 *
 * Cost is O(n · m · side² · depth).
 *
 * Source: Garriga-Alonso, Aitchison, Rasmussen, "Deep Convolutional Networks as shallow Gaussian
 * Processes", ICLR 2019, section 3; the ReLU term is that of Cho and Saul, "Kernel Methods for
 * Deep Learning", NIPS 2009, eq. 6.
 *
 * @param a - n images.
 * @param b - m images; the very same object sets the diagonal to each image's own variance.
 * @param depth - Blocks, ≥ 1; 2^depth must divide the side.
 * @returns Shape [n, m].
 * @throws EngineError `shape_mismatch` if channels or sides differ, or the side does not fit the depth.
 */
export function nngpGram(a: Images, b: Images, depth = 3): Matrix<Float64Array> {
  checkImages(a, b, depth);
  const size = a.side * a.side;
  const own = (images: Images) =>
    Array.from({ length: images.points.rows }, (_, i) => meanProduct(images, i, images, i, size));
  const ownOfA = own(a);
  const ownOfB = a === b ? ownOfA : own(b);
  const gram = zeros(a.points.rows, b.points.rows);
  for (let i = 0; i < gram.rows; i++) {
    for (let j = a === b ? i : 0; j < gram.cols; j++) {
      const xy = meanProduct(a, i, b, j, size);
      const start = { xy, xx: ownOfA[i]!, yy: ownOfB[j]! };
      const value = propagate(start, a.side, depth, a === b && i === j);
      gram.data[i * gram.cols + j] = value;
      if (a === b) gram.data[j * gram.cols + i] = value;
    }
  }
  return gram;
}

/**
 * ⟨a, b⟩ = Σᵢⱼ a.weights[i] · b.weights[j] · k(a.points[i], b.points[j]) of two image
 * specifications, with the depth of a's network.
 *
 * @throws EngineError `shape_mismatch` if the images differ in shape or are not square.
 */
export function imageInnerProduct(a: ImageSpecification, b: ImageSpecification): number {
  const first = imagesOf(a);
  const gram = nngpGram(first, a === b ? first : imagesOf(b), a.model.netDepth);
  let total = 0;
  for (let i = 0; i < gram.rows; i++) {
    for (let j = 0; j < gram.cols; j++) {
      total += a.weights[i]! * b.weights[j]! * gram.data[i * gram.cols + j]!;
    }
  }
  return total;
}

function imagesOf({ points, sampleShape }: ImageSpecification): Images {
  const [channels = 0, side = 0, width = 0] = sampleShape;
  if (sampleShape.length !== 3 || side !== width) {
    throw new EngineError(
      "shape_mismatch",
      `images must be [channels, side, side], got [${sampleShape.join(", ")}]`,
    );
  }
  return { points, channels, side };
}

/** Mean over channels of the product of two images, per pixel. */
function meanProduct(a: Images, i: number, b: Images, j: number, size: number): Float64Array {
  const product = new Float64Array(size);
  for (let c = 0; c < a.channels; c++) {
    const from = i * a.points.cols + c * size;
    const other = j * b.points.cols + c * size;
    for (let p = 0; p < size; p++) {
      product[p]! += (a.points.data[from + p]! * b.points.data[other + p]!) / a.channels;
    }
  }
  return product;
}

function propagate(start: Covariance, side: number, depth: number, same: boolean): number {
  let { xy, xx, yy } = start;
  let width = side;
  for (let block = 0; block < depth; block++) {
    const at = width;
    ({ xy, xx, yy } = rectify(
      { xy: convolve(xy, at), xx: convolve(xx, at), yy: convolve(yy, at) },
      same,
    ));
    [xy, xx, yy] = [halve(xy, at), halve(xx, at), halve(yy, at)];
    width /= 2;
  }
  return xy.reduce((sum, value) => sum + value, 0) / xy.length;
}

/** Sum over each pixel's 3×3 surroundings, times the variance per cell, plus the bias variance. */
function convolve(map: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(map.length);
  for (let row = 0; row < width; row++) {
    for (let col = 0; col < width; col++) {
      let sum = 0;
      for (let r = Math.max(0, row - 1); r <= Math.min(width - 1, row + 1); r++) {
        for (let c = Math.max(0, col - 1); c <= Math.min(width - 1, col + 1); c++) {
          sum += map[r * width + c]!;
        }
      }
      sums[row * width + col] = sum * CELL_VARIANCE + BIAS_VARIANCE;
    }
  }
  return sums;
}

/** (√(xx·yy − xy²) + (π − θ)·xy) / 2π with cos θ = xy / √(xx·yy); variances are halved. */
function rectify({ xy, xx, yy }: Covariance, same: boolean): Covariance {
  const after = xy.map((covariance, p) => {
    if (same) return xx[p]! / 2;
    const product = xx[p]! * yy[p]! + TINY;
    const cosine = Math.min(1, Math.max(-1, covariance / Math.sqrt(product)));
    const sine = Math.sqrt(Math.max(0, product - covariance * covariance));
    return (sine + (Math.PI - Math.acos(cosine)) * covariance) / (2 * Math.PI);
  });
  const half = (variance: number) => variance / 2;
  return { xy: after, xx: xx.map(half), yy: yy.map(half) };
}

/** Means of 2×2 cells. */
function halve(map: Float64Array, width: number): Float64Array {
  const half = width / 2;
  return Float64Array.from({ length: half * half }, (_, p) => {
    const corner = 2 * Math.floor(p / half) * width + 2 * (p % half);
    const cells = map[corner]! + map[corner + 1]! + map[corner + width]! + map[corner + width + 1]!;
    return cells / 4;
  });
}

function checkImages(a: Images, b: Images, depth: number): void {
  if (a.channels !== b.channels || a.side !== b.side) {
    throw new EngineError(
      "shape_mismatch",
      `images are [${a.channels}, ${a.side}, ${a.side}] and [${b.channels}, ${b.side}, ${b.side}]`,
    );
  }
  if (!Number.isInteger(depth) || depth < 1 || a.side % 2 ** depth !== 0) {
    throw new EngineError("shape_mismatch", `images of side ${a.side} do not fit depth ${depth}`);
  }
  for (const { points, channels, side } of [a, b]) {
    if (
      points.cols !== channels * side * side ||
      points.data.length !== points.rows * points.cols
    ) {
      throw new EngineError(
        "shape_mismatch",
        `images of ${points.cols} numbers are not [${channels}, ${side}, ${side}]`,
      );
    }
  }
}
