import { EngineError } from "../../../engine/ground/errors";
import {
  type RandomFeatures,
  sketchOf,
} from "../../../engine/specification/kernel/random-features";
import type { PackedRkme } from "../../../engine/search/pairs";
import { fusedSketchesBase64, sketchesBase64 } from "../../assembly/sketches-base64";
import {
  align,
  BLOCK,
  compileKernels,
  growTo,
  type KernelMemory,
  openKernels,
  packBlocks,
} from "./open-kernels";

interface Kernels extends KernelMemory {
  sums(
    ...args: [
      ...[f: number, blocks: number, d: number, z: number, w: number, n: number],
      to: number,
    ]
  ): void;
}

/** Phases, in radians, up to which single precision errs by less than 1e-5 in a sketch. */
const LARGEST_PHASE = 500;

/**
 * Makes sketches of many packed sets with the same random features, in WebAssembly SIMD, as
 * `sketchOf` makes them in double precision: each number agrees to 1e-5 · Σ|weights|.
 */
export class WasmSketcher {
  readonly #kernels: Kernels;
  readonly #features: RandomFeatures;
  /** The largest ‖ω‖, in radians per input unit. */
  readonly #fastest: number;
  readonly #blocks: number;
  /** Where the frequencies lie, where sums go, and where a set may come to. */
  readonly #frequencies: number;
  readonly #sums: number;
  readonly #set: number;

  private constructor(kernels: Kernels, features: RandomFeatures) {
    const { data, rows, cols } = features.frequencies;
    this.#kernels = kernels;
    this.#features = features;
    this.#fastest = largestNorm(data, cols);
    this.#blocks = Math.ceil(rows / BLOCK);
    const padded = this.#blocks * BLOCK;
    this.#frequencies = align(kernels.heapBase());
    this.#sums = this.#frequencies + 4 * padded * cols;
    this.#set = this.#sums + 8 * padded;
    growTo(kernels.memory, this.#set);
    const quarterTurns = data.map((value) => value / (Math.PI / 2));
    const blocks = new Float32Array(kernels.memory.buffer, this.#frequencies, padded * cols);
    packBlocks(quarterTurns, cols, blocks, 0);
  }

  /** @throws WebAssembly.CompileError where SIMD or WebAssembly is not to be had. */
  static async create(features: RandomFeatures): Promise<WasmSketcher> {
    return new WasmSketcher(
      await openKernels<Kernels>(await compileKernels(sketchesBase64, fusedSketchesBase64)),
      features,
    );
  }

  /**
   * Σᵢ weights[i] · φ(points[i]); where points lie so far off that single precision would not do,
   * in double. Cost O(m · d · count).
   *
   * @param set - m ≥ 1 points, finite.
   * @returns Shape [count]: the cosines of all frequencies, then the sines.
   * @throws EngineError `shape_mismatch` if the dimension is not that of the features, or the bytes do not fill the shape.
   * @throws RangeError when the memory cannot hold the set.
   */
  sketch(set: PackedRkme): Float64Array {
    const { rows, cols } = set;
    const { frequencies, count } = this.#features;
    const isFull = set.points.length === 4 * rows * cols && set.weights.length === 4 * rows;
    if (rows < 1 || cols !== frequencies.cols || !isFull) {
      throw new EngineError(
        "shape_mismatch",
        `a set must be [m ≥ 1, ${frequencies.cols}], got [${rows}, ${cols}]`,
      );
    }
    const { points, weights, w, padded } = this.#bring(set);
    if (largestNorm(points, cols) * this.#fastest > LARGEST_PHASE) {
      const matrix = { data: points, rows, cols };
      return sketchOf(matrix, Float64Array.from(weights), this.#features);
    }
    this.#kernels.sums(
      ...[this.#frequencies, this.#blocks, cols, this.#set, w, padded],
      this.#sums,
    );
    const sums = new Float32Array(this.#kernels.memory.buffer, this.#sums, 16 * this.#blocks);
    const half = count / 2;
    const sketch = new Float64Array(count);
    for (let i = 0; i < half; i++) {
      const at = 2 * (i - (i % BLOCK)) + (i % BLOCK);
      sketch[i] = sums[at]! / Math.sqrt(half);
      sketch[half + i] = sums[at + BLOCK]! / Math.sqrt(half);
    }
    return sketch;
  }

  /** Copy a set in, padded to a multiple of four points that weigh nothing. */
  #bring({ rows, cols, points, weights }: PackedRkme) {
    const { memory } = this.#kernels;
    const padded = Math.ceil(rows / 4) * 4;
    const w = this.#set + 4 * padded * cols;
    growTo(memory, w + 4 * padded);
    const bytes = new Uint8Array(memory.buffer);
    bytes.set(points, this.#set);
    bytes.set(weights, w);
    bytes.fill(0, this.#set + 4 * rows * cols, w);
    bytes.fill(0, w + 4 * rows, w + 4 * padded);
    return {
      points: new Float32Array(memory.buffer, this.#set, rows * cols),
      weights: new Float32Array(memory.buffer, w, rows),
      w,
      padded,
    };
  }
}

/** The largest Euclidean norm of the rows of a [·, cols] matrix. */
function largestNorm(data: Float32Array | Float64Array, cols: number): number {
  let largest = 0;
  for (let start = 0; start < data.length; start += cols) {
    let squared = 0;
    for (let k = start; k < start + cols; k++) squared += data[k]! * data[k]!;
    largest = Math.max(largest, squared);
  }
  return Math.sqrt(largest);
}
