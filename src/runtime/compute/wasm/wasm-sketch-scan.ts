/** @file Search by sketch in WebAssembly SIMD: every sketch, one after the other. Runs in workers and in Node alike. */

import { EngineError } from "../../../engine/ground/errors";
import {
  scanSketches,
  type SketchMatch,
  type Sketches,
} from "../../../engine/search/sketches/sketch-scan";
import { Smallest } from "../../../engine/search/sketches/smallest";
import { fusedSketchesBase64, sketchesBase64 } from "../../assembly/sketches-base64";
import { type Breathe, nextTask } from "../../threads/next-task";
import { align, compileKernels, growTo, type KernelMemory, openKernels } from "./open-kernels";

interface Kernels extends KernelMemory {
  products(data: number, rows: number, count: number, query: number, to: number): void;
  squares(data: number, rows: number, count: number, to: number): void;
}

/** Sketches whose products are taken in one call: few enough to stay in the cache. */
const SLICE = 16384;
/** Bytes scanned between two breaths: about 10 ms. */
const BYTES_PER_BREATH = 2 ** 27;
/** What 32-bit addresses reach. */
const MOST_BYTES = 2 ** 32;
/** The kernels read sixteen bytes at once; up to 2048 of them products of 16 bits fit in the sums. */
const STEP = 16;
const MOST_NUMBERS = 2048;
const LARGEST_QUERY = 32767;
/**
 * Sketches kept beyond the limit until their exact distance is taken: those that the query's
 * rounding, about 1e-6 in a squared distance, may have put on the wrong side of it.
 */
const SPARE = 32;

/** A query as whole numbers: number i is about step · data[i]. */
interface Query {
  readonly data: Int16Array;
  readonly step: number;
}

/**
 * Sketches of one byte per number, held to be searched again and again.
 *
 * The first pass takes the products of the sketches with the query rounded to 16 bits; what comes
 * near the limit is compared exactly. Answers are those of `scanSketches` on the same sketches,
 * unless more than 32 that are left out lie within that rounding of the last one kept.
 */
export class WasmSketchScan {
  readonly #kernels: Kernels;
  readonly #breathe: Breathe;
  /** Numbers per sketch. */
  readonly count: number;
  #rows = 0;
  #scales = new Float64Array(0);
  /** ‖sketch‖². */
  #selfProducts = new Float64Array(0);

  private constructor(kernels: Kernels, count: number, breathe: Breathe) {
    this.#kernels = kernels;
    this.count = count;
    this.#breathe = breathe;
    this.reserve(0);
  }

  /**
   * @param count - Numbers per sketch: a multiple of 16, at most 2048.
   * @param breathe - Awaited between slices of work; by default it only lets messages in.
   * @throws EngineError `bad_parameter` if count is none of these.
   * @throws WebAssembly.CompileError where SIMD or WebAssembly is not to be had.
   */
  static async create(count: number, breathe: Breathe = nextTask): Promise<WasmSketchScan> {
    if (!(count >= STEP && count <= MOST_NUMBERS && count % STEP === 0)) {
      throw new EngineError(
        "bad_parameter",
        `count must be a multiple of ${STEP} up to ${MOST_NUMBERS}, got ${count}`,
      );
    }
    const kernels = await openKernels<Kernels>(
      await compileKernels(sketchesBase64, fusedSketchesBase64),
    );
    return new WasmSketchScan(kernels, count, breathe);
  }

  /** How many sketches it holds. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Makes room for so many sketches in all, so that later pieces surely find it.
   *
   * @throws RangeError if they are more than 4 GiB or the memory cannot grow so far; what is held stays.
   */
  reserve(rows: number): void {
    const bytes = this.#layout().data + rows * this.count;
    if (bytes > MOST_BYTES) {
      throw new RangeError(`${rows} sketches of ${this.count} bytes do not fit in 4 GiB`);
    }
    growTo(this.#kernels.memory, bytes);
    if (rows <= this.#scales.length) return;
    const room = Math.max(rows, 2 * this.#scales.length);
    this.#scales = longer(this.#scales, room);
    this.#selfProducts = longer(this.#selfProducts, room);
  }

  /**
   * Adds sketches behind those it holds: all of them or none.
   *
   * @throws EngineError `shape_mismatch` if they are of another length, or not one for every scale.
   * @throws RangeError like `reserve`.
   */
  append({ data, scales, count }: Sketches<Int8Array>): void {
    const added = scales.length;
    if (count !== this.count || data.length !== added * count) {
      throw new EngineError(
        "shape_mismatch",
        `${added} scales of ${this.count} numbers each, got ${data.length} numbers in sketches of ${count}`,
      );
    }
    const first = this.#rows;
    this.reserve(first + added);
    const layout = this.#layout();
    const { memory } = this.#kernels;
    new Int8Array(memory.buffer, layout.data + first * count, data.length).set(data);
    this.#scales.set(scales, first);
    for (let at = first; at < first + added; at += SLICE) {
      const rows = Math.min(SLICE, first + added - at);
      this.#kernels.squares(layout.data + at * count, rows, count, layout.products);
      const squares = new Int32Array(memory.buffer, layout.products, rows);
      for (let i = 0; i < rows; i++) {
        this.#selfProducts[at + i] = squares[i]! * this.#scales[at + i]! ** 2;
      }
    }
    this.#rows += added;
  }

  /**
   * The sketches nearest to a query, best first, ties by index. Cost O(rows · count).
   *
   * @param query - Shape [count], finite.
   * @param limit - Most matches wanted, ≥ 1.
   * @param accept - Shape [rows]: 0 for sketches that do not count; all do unless told.
   * @throws EngineError `shape_mismatch` if query or mask are of another length.
   */
  async scan(
    query: Float32Array | Float64Array,
    limit: number,
    accept: Uint8Array | null = null,
  ): Promise<SketchMatch[]> {
    const rows = this.#rows;
    if (query.length !== this.count || (accept && accept.length !== rows)) {
      throw new EngineError(
        "shape_mismatch",
        `a query has ${this.count} numbers and a mask ${rows}, got ${query.length} and ${accept?.length ?? 0}`,
      );
    }
    const rounded = roundQuery(query);
    const nearest = new Smallest(Math.min(limit + SPARE, Math.max(1, rows)));
    const perBreath = SLICE * Math.ceil(BYTES_PER_BREATH / (SLICE * this.count));
    for (let first = 0; first < rows; first += SLICE) {
      if (first > 0 && first % perBreath === 0) await this.#breathe();
      this.#scanSlice(rounded, first, Math.min(SLICE, rows - first), accept, nearest);
    }
    return this.#compare(query, limit, nearest.indices());
  }

  #scanSlice(
    { data, step }: Query,
    first: number,
    rows: number,
    accept: Uint8Array | null,
    nearest: Smallest,
  ): void {
    const layout = this.#layout();
    const { buffer } = this.#kernels.memory;
    new Int16Array(buffer, layout.query, this.count).set(data);
    const start = layout.data + first * this.count;
    this.#kernels.products(start, rows, this.count, layout.query, layout.products);
    const products = new Int32Array(buffer, layout.products, rows);
    const scales = this.#scales.subarray(first, first + rows);
    const selfProducts = this.#selfProducts.subarray(first, first + rows);
    for (let i = 0; i < rows; i++) {
      const score = selfProducts[i]! - 2 * step * scales[i]! * products[i]!;
      if (score < nearest.bound && (!accept || accept[first + i])) nearest.offer(score, first + i);
    }
  }

  /** @param indices - In ascending order, so that ties stay ties by index. */
  #compare(query: Float32Array | Float64Array, limit: number, indices: Uint32Array): SketchMatch[] {
    const { count } = this;
    const held = new Int8Array(this.#kernels.memory.buffer, this.#layout().data);
    const data = new Int8Array(indices.length * count);
    indices.forEach((index, i) => {
      data.set(held.subarray(index * count, (index + 1) * count), i * count);
    });
    const scales = Float64Array.from(indices, (index) => this.#scales[index]!);
    return scanSketches({ data, scales, count }, query, limit).map((match) => ({
      ...match,
      index: indices[match.index]!,
    }));
  }

  #layout(): { query: number; products: number; data: number } {
    const query = align(this.#kernels.heapBase());
    const products = query + 2 * this.count;
    return { query, products, data: products + 4 * SLICE };
  }
}

function longer(numbers: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(numbers);
  return copy;
}

function roundQuery(query: Float32Array | Float64Array): Query {
  let largest = 0;
  for (const value of query) largest = Math.max(largest, Math.abs(value));
  const step = largest > 0 ? largest / LARGEST_QUERY : 1;
  return { data: Int16Array.from(query, (value) => Math.round(value / step)), step };
}
