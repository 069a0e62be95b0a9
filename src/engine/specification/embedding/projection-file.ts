/** @file The file of a projection: one NumPy array, of which the first rows are centre and factor, and the others the axes. */

import { EngineError } from "../../ground/errors";
import { type Matrix, zeros } from "../../ground/matrix";
import { decodeBook, encodeBook } from "../files/book-file";
import type { Projection } from "./projection";

/** Rows before the axes. */
const HEAD = 2;

export function encodeProjection({ center, factor, axes }: Projection): Uint8Array<ArrayBuffer> {
  const all = zeros(HEAD + axes.rows, axes.cols);
  all.data.set(center);
  all.data.set(factor, axes.cols);
  all.data.set(axes.data, HEAD * axes.cols);
  return encodeBook(all);
}

/**
 * @param dimensions - Numbers of a point, and of a vector of the embedder.
 * @throws EngineError `bad_specification` if the file is none, or of other dimensions.
 */
export function decodeProjection(
  bytes: Uint8Array,
  [points, vectors]: readonly [points: number, vectors: number],
): Projection {
  const all: Matrix<Float64Array> = decodeBook(bytes, vectors);
  if (all.rows !== HEAD + points) {
    throw new EngineError("bad_specification", `the projection has no ${points} axes`);
  }
  const axes = { data: all.data.slice(HEAD * vectors), rows: points, cols: vectors };
  return {
    center: all.data.slice(0, vectors),
    factor: all.data.slice(vectors, HEAD * vectors),
    axes,
  };
}
