/** @file From rows, specifications and noisy sketches to weights on a book. */

import { type Matrix, zeros } from "../../ground/matrix";
import { gaussianGram } from "../kernel/gaussian";
import { gaussianGamma } from "../kernel/kernel";
import { innerProduct } from "../kernel/mmd";
import type { LoadedRows } from "../kernel/compute";
import type { Specification } from "../specification";
import { solveSimplexQp } from "../reduce/simplex-qp";
import { type Book, checkWeights, onBook } from "./book";

/** Of the weights' problem: measured, a book's weights vary less with it from one sample of rows to the next. */
const RIDGE = 1e-4;

/** Of the points those where the embedding is highest are tried first: the answer is the same, in a half to a sixth of the time. */
const TRIED_FIRST = 0.25;

/**
 * The weights whose embedding is nearest to one that has these values at the points: min ½βᵀKβ − cᵀβ over β ≥ 0,
 * Σβ = 1, in double precision.
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023, eq. 4, the points
 * held fixed.
 *
 * @param means - c, shape [m]: the kernel mean at each point.
 * @param start - Weights of something near, shape [m].
 * @returns Shape [m], each ≥ 0, sum 1.
 */
export function weightsOfMeans(
  { gram, points }: Book,
  means: Float64Array,
  start = highest(means),
): Float64Array {
  checkWeights(points, means);
  return solveSimplexQp(gram, means, { ridge: RIDGE, start }).weights;
}

function highest(means: Float64Array): Float64Array {
  const least = means.toSorted()[Math.floor((1 - TRIED_FIRST) * means.length)]!;
  return means.map((mean) => (mean >= least ? 1 : 0));
}

/**
 * The weights of rows on a book.
 *
 * @returns Shape [m], each ≥ 0, sum 1.
 */
export async function weighRows(book: Book, rows: LoadedRows): Promise<Float64Array> {
  const means = await rows.kernelMeans(book.points, gaussianGamma(book.kernel));
  return weightsOfMeans(book, means);
}

/**
 * The weights on a book that come nearest to a specification; its own where all of its points are the book's.
 *
 * @param rkme - Under the book's kernel.
 * @returns Shape [m], each ≥ 0, sum 1.
 */
export function weighSpecification(book: Book, rkme: Specification): Float64Array {
  const own = ownWeights(book, rkme);
  if (own) return own;
  const between = gaussianGram(book.points, rkme.points, gaussianGamma(book.kernel));
  return weightsOfMeans(book, times(between, rkme.weights));
}

/** Below it, weights tell of the book more than of what was weighed. */
const LEAST_LIKE = 0.5;

/**
 * Why weights do not stand for a specification: it lies where the book has no points. Null if they do.
 *
 * @param weights - Shape [m], of `weighSpecification`.
 */
export function whyOffBook(book: Book, rkme: Specification, weights: Float64Array): string | null {
  const on = onBook(book, weights, rkme.rowCount);
  const selves = innerProduct(rkme, rkme) + innerProduct(on, on);
  const isLike = 2 * innerProduct(rkme, on) >= LEAST_LIKE * selves;
  return isLike ? null : "the specification lies far from all public points of its space";
}

/**
 * The weights that a sketch with noise most likely was made of: those whose sketch is nearest.
 *
 * @param sketch - Shape [m], as of `sketchOfMeans`.
 * @returns Shape [m], each ≥ 0, sum 1.
 */
export function weightsOfSketch(book: Book, sketch: Float64Array | Float32Array): Float64Array {
  const m = book.points.rows;
  const means = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) means[i]! += book.lower[i * m + j]! * sketch[j]!;
  }
  return weightsOfMeans(book, means);
}

/**
 * The weights on a book that a specification has as it is: null unless every point is one of the book's, and no weight is
 * negative.
 *
 * @returns Shape [m], each ≥ 0, sum 1.
 */
export function ownWeights(
  { points: book }: Pick<Book, "points">,
  { points, weights }: Specification,
): Float64Array | null {
  if (points.cols !== book.cols || points.rows > book.rows) return null;
  const places = placesOf(book);
  const found = new Float64Array(book.rows);
  let total = 0;
  for (let i = 0; i < points.rows; i++) {
    const place = places.get(keyOf(points, i));
    const weight = weights[i]!;
    if (place === undefined || !(weight >= 0)) return null;
    found[place]! += weight;
    total += weight;
  }
  return total > 0 ? found.map((weight) => weight / total) : null;
}

/** By book, where each of its points stands: looked for with every specification that is weighed. */
const known = new WeakMap<Matrix, ReadonlyMap<string, number>>();

function placesOf(book: Matrix): ReadonlyMap<string, number> {
  const places =
    known.get(book) ?? new Map(Array.from({ length: book.rows }, (_, j) => [keyOf(book, j), j]));
  known.set(book, places);
  return places;
}

/** The same for two points that are equal in single precision. */
function keyOf({ data, cols }: Matrix, row: number): string {
  const single = new Float32Array(cols);
  for (let k = 0; k < cols; k++) single[k] = data[row * cols + k]! + 0; // Of −0, too, makes 0.
  return String.fromCharCode(...new Uint16Array(single.buffer));
}

function times(matrix: Matrix<Float64Array>, vector: Float64Array): Float64Array {
  const product = zeros(matrix.rows, 1).data;
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < matrix.cols; j++) {
      product[i]! += matrix.data[i * matrix.cols + j]! * vector[j]!;
    }
  }
  return product;
}
