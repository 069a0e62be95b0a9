/** @file Search by sketch: every learnware of an island, one after the other, no index to build or to fetch. */

import { EngineError } from "../../ground/errors";

/** Sketches to search, each with its own scale: sketch i is scales[i] · data[i]. */
export interface Sketches<T extends Int8Array | Float32Array = Int8Array | Float32Array> {
  /** Shape [rows, count], row-major. */
  readonly data: T;
  /** Shape [rows]; 1 where the numbers are meant as they are. */
  readonly scales: Float64Array;
  /** Numbers per sketch. */
  readonly count: number;
}

export interface SketchMatch {
  /** Which sketch. */
  readonly index: number;
  /** ‖query − sketch‖², which approximates MMD²; ≥ 0. */
  readonly squaredDistance: number;
  /** 2⟨query, sketch⟩ / (‖query‖² + ‖sketch‖²), in [0, 1]. */
  readonly similarity: number;
}

const LARGEST = 127;

/**
 * Sketches as whole numbers of one byte: each is divided by its own scale, its largest magnitude
 * over 127. The error of a number is at most half its sketch's scale, that of a squared distance
 * about 512 · scale² / 12, which is far below what sketches err by themselves.
 *
 * @param data - Shape [rows, count], finite.
 */
export function quantiseSketches(data: Float32Array, count: number): Sketches<Int8Array> {
  const rows = data.length / count;
  const scales = new Float64Array(rows);
  const quantised = new Int8Array(data.length);
  for (let i = 0; i < rows; i++) {
    const sketch = data.subarray(i * count, (i + 1) * count);
    const largest = sketch.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = largest > 0 ? largest / LARGEST : 1;
    scales[i] = scale;
    sketch.forEach((value, j) => (quantised[i * count + j] = Math.round(value / scale)));
  }
  return { data: quantised, scales, count };
}

/**
 * The sketches nearest to a query, best first. Cost O(rows · count).
 *
 * The distance is that to the sketch as it is held, quantised or not: taking ‖sketch‖² from
 * elsewhere would leave the error of the inner product standing alone, where here both cancel
 * for the sketches that are near.
 *
 * @param query - Shape [count].
 * @param limit - Most matches wanted, ≥ 1.
 * @param accept - Which sketches count; all of them unless told.
 * @throws EngineError `shape_mismatch` if the query is of another length.
 */
export function scanSketches(
  { data, scales, count }: Sketches,
  query: Float32Array | Float64Array,
  limit: number,
  accept: (index: number) => boolean = () => true,
): SketchMatch[] {
  if (query.length !== count) {
    throw new EngineError(
      "shape_mismatch",
      `the query has ${query.length} numbers, a sketch ${count}`,
    );
  }
  let querySelf = 0;
  for (const value of query) querySelf += value * value;
  const matches: SketchMatch[] = [];
  for (let index = 0; index < scales.length; index++) {
    if (!accept(index)) continue;
    let cross = 0;
    let self = 0;
    for (let j = 0, at = index * count; j < count; j++, at++) {
      const value = data[at]!;
      cross += value * query[j]!;
      self += value * value;
    }
    cross *= scales[index]!;
    self *= scales[index]! ** 2;
    const both = querySelf + self;
    matches.push({
      index,
      squaredDistance: Math.max(0, both - 2 * cross),
      similarity: both > 0 ? Math.min(1, Math.max(0, (2 * cross) / both)) : 0,
    });
  }
  return matches
    .sort((a, b) => a.squaredDistance - b.squaredDistance || a.index - b.index)
    .slice(0, limit);
}
