/** @file The kernel sums in WebAssembly SIMD, one thread. Runs in workers and in Node alike. */

import {
  checkFeatures,
  checkPoints,
  checkRows,
} from "../../../engine/specification/kernel/check-points";
import type {
  Compute,
  KernelPull,
  LoadedRows,
  Nearest,
} from "../../../engine/specification/kernel/compute";
import { checkGamma } from "../../../engine/specification/kernel/gaussian";
import {
  type RandomFeatures,
  sketchOf,
} from "../../../engine/specification/kernel/random-features";
import type { Matrix } from "../../../engine/ground/matrix";
import { Mutex } from "../../../engine/ground/mutex";
import { fusedKernelsBase64, kernelsBase64 } from "../../assembly/kernels-base64";
import { type Breathe, nextTask } from "../../threads/next-task";
import { BLOCK, compileKernels } from "./open-kernels";
import { type Kernels, Layout, Memories } from "./wasm-memory";

/** Where padding lies: so far off that its kernel is 0 and its square still finite. */
const FAR = 1e15;
/** Products of row and point numbers between two breaths: about 30 ms. */
const WORK_PER_BREATH = 1e8;
/** Row numbers packed between two breaths. */
const NUMBERS_PER_BREATH = 4e6;
/** Row numbers in a tile, whose sums are added in single precision: what the first cache holds … */
const TILE_NUMBERS = 8192;
/** … and few enough blocks that rounding does not pile up. */
const TILE_BLOCKS = 32;
/** A frequency costs as much as so many points: it has two values, not one. */
const FEATURE_COST = 2;

export class WasmCompute implements Compute {
  readonly name = "wasm";
  readonly #memories: Memories;
  readonly #breathe: Breathe;

  private constructor(module: WebAssembly.Module, breathe: Breathe) {
    this.#memories = new Memories(module);
    this.#breathe = breathe;
  }

  /**
   * @param breathe - Awaited between slices of work; by default it only lets messages in.
   * @throws WebAssembly.CompileError where SIMD or WebAssembly is not to be had.
   */
  static async create(breathe: Breathe = nextTask): Promise<WasmCompute> {
    return new WasmCompute(await compileKernels(kernelsBase64, fusedKernelsBase64), breathe);
  }

  /**
   * Each table gets a memory of its own, which goes when the table does: WASM memory cannot shrink.
   * Rows are copied there when they are first asked about, so that memory of a table that went
   * before that can be theirs.
   */
  async load(x: Matrix<Float32Array>): Promise<LoadedRows> {
    checkRows(x);
    return new WasmRows(this.#memories, x.rows, x.cols, this.#breathe, x.data);
  }

  /** Room for rows that `put` brings. */
  reserve(rows: number, cols: number): WasmRows {
    return new WasmRows(this.#memories, rows, cols, this.#breathe);
  }

  dispose(): void {
    this.#memories.clear();
  }
}

export class WasmRows implements LoadedRows {
  readonly rows: number;
  readonly cols: number;
  readonly #memories: Memories;
  readonly #blocks: number;
  readonly #breathe: Breathe;
  #kernels: Kernels | null = null;
  /** Rows that are still to be copied. */
  #unpacked: Float32Array | null;
  #disposed = false;
  /** One thing after the other: all of it works in the same memory behind the rows. */
  readonly #mutex = new Mutex();

  constructor(
    memories: Memories,
    rows: number,
    cols: number,
    breathe: Breathe,
    x: Float32Array | null = null,
  ) {
    this.#memories = memories;
    this.rows = rows;
    this.cols = cols;
    this.#blocks = Math.ceil(rows / BLOCK);
    this.#breathe = breathe;
    this.#unpacked = x;
  }

  /**
   * Bring rows from `first` on, in pieces or at once.
   *
   * @param first - A multiple of `BLOCK`.
   * @param x - Shape [·, d].
   * @throws RangeError when the memory cannot grow so far.
   */
  put(first: number, x: Float32Array): Promise<void> {
    return this.#inTurn(() => this.#pack(first, x));
  }

  async #pack(first: number, x: Float32Array): Promise<void> {
    const layout = this.#layout();
    const start = layout.take(4 * this.#blocks * BLOCK * this.cols);
    const d = this.cols;
    const from = first / BLOCK;
    const blocks = Math.ceil(x.length / d / BLOCK);
    const packed = layout.floats(start + 4 * from * BLOCK * d, blocks * BLOCK * d);
    const perBreath = Math.max(1, Math.floor(NUMBERS_PER_BREATH / (BLOCK * d)));
    for (let b = 0; b < blocks; b++) {
      if (b > 0 && b % perBreath === 0) await this.#breathe();
      for (let lane = 0; lane < BLOCK; lane++) {
        const at = (b * BLOCK + lane) * d;
        const to = b * BLOCK * d + lane;
        if (at < x.length) {
          for (let k = 0; k < d; k++) packed[to + k * BLOCK] = x[at + k]!;
        } else {
          for (let k = 0; k < d; k++) packed[to + k * BLOCK] = FAR;
        }
      }
    }
  }

  kernelMeans(z: Matrix, gamma: number): Promise<Float64Array> {
    return this.#inTurn(() => this.#kernelMeans(z, gamma));
  }

  async #kernelMeans(z: Matrix, gamma: number): Promise<Float64Array> {
    checkGamma(gamma);
    const { kernels, layout, x, points, count } = this.#prepare(z);
    const sums = layout.zeroed(count);
    await this.#inSlices(x, count, this.#blocks, (at, blocks) => {
      kernels.kernelSums(at, blocks, this.cols, points, count, gamma, sums, this.#tile());
    });
    return layout.doubles(sums, z.rows).map((sum) => sum / this.rows);
  }

  kernelPull(z: Matrix, gamma: number): Promise<KernelPull> {
    return this.#inTurn(() => this.#kernelPull(z, gamma));
  }

  async #kernelPull(z: Matrix, gamma: number): Promise<KernelPull> {
    checkGamma(gamma);
    const { kernels, layout, x, points, count } = this.#prepare(z);
    const d = this.cols;
    const sums = layout.zeroed(count);
    const pull = layout.zeroed(count * d);
    const scratch = layout.take(64 * d);
    await this.#inSlices(x, count, this.#blocks, (at, blocks) => {
      kernels.kernelPull(at, blocks, d, points, count, gamma, sums, pull, scratch, this.#tile());
    });
    return {
      means: layout.doubles(sums, z.rows).map((sum) => sum / this.rows),
      pull: {
        data: layout.doubles(pull, z.rows * d).map((sum) => sum / this.rows),
        rows: z.rows,
        cols: d,
      },
    };
  }

  nearest(z: Matrix): Promise<Nearest> {
    return this.#inTurn(() => this.#nearest(z));
  }

  async #nearest(z: Matrix): Promise<Nearest> {
    const { kernels, layout, x, points, count } = this.#prepare(z);
    const padded = this.#blocks * BLOCK;
    const index = layout.take(4 * padded);
    const squared = layout.take(4 * padded);
    await this.#inSlices(x, count, this.#blocks, (at, blocks, first) => {
      const offset = 4 * BLOCK * first;
      kernels.nearest(at, blocks, this.cols, points, count, index + offset, squared + offset);
    });
    return {
      index: layout.integers(index, this.rows),
      squaredDistance: layout.floats(squared, this.rows).slice(),
    };
  }

  featureMeans(features: RandomFeatures): Promise<Float64Array> {
    return this.#inTurn(() => this.#featureMeans(features));
  }

  async #featureMeans(features: RandomFeatures): Promise<Float64Array> {
    checkFeatures(features, this.cols);
    const { frequencies: omega } = features;
    const quarterTurns = Float32Array.from(omega.data, (value) => value / (Math.PI / 2));
    const { kernels, layout, x, points, count } = this.#prepare({ ...omega, data: quarterTurns });
    const sums = layout.zeroed(2 * count);
    const whole = Math.floor(this.rows / BLOCK);
    await this.#inSlices(x, FEATURE_COST * count, whole, (at, blocks) => {
      kernels.featureSums(at, blocks, this.cols, points, count, sums, this.#tile());
    });
    const total = new Float64Array(features.count);
    total.set(layout.doubles(sums, omega.rows));
    total.set(layout.doubles(sums + 8 * count, omega.rows), omega.rows);
    // Padding has no phase, so the rows of a last block that is not full are summed apart.
    const rest = this.#lastRows(layout, x, whole);
    const last = rest.rows > 0 ? sketchOf(rest, null, features) : null;
    const norm = Math.sqrt(omega.rows);
    return total.map((sum, j) => (sum / norm + rest.rows * (last?.[j] ?? 0)) / this.rows);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#unpacked = null;
    // Not before work in progress has left the memory.
    void this.#mutex.take(async () => {
      if (this.#kernels) this.#memories.giveBack(this.#kernels);
      this.#kernels = null;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#mutex.take(async () => {
      await this.#makeReady();
      return work();
    });
  }

  /** @throws RangeError when the memory cannot hold the rows. */
  async #makeReady(): Promise<void> {
    if (this.#disposed) throw new Error("rows were used after they were disposed of");
    this.#kernels ??= await this.#memories.take();
    if (!this.#unpacked) return;
    await this.#pack(0, this.#unpacked);
    this.#unpacked = null;
  }

  #layout(): Layout {
    return new Layout(this.#kernels!);
  }

  /** Copy points in behind the rows, padded to a multiple of four. */
  #prepare(z: Matrix) {
    checkPoints(z, this.cols);
    const layout = this.#layout();
    const x = layout.take(4 * this.#blocks * BLOCK * this.cols);
    const count = Math.ceil(z.rows / 4) * 4;
    const points = layout.take(4 * count * this.cols);
    const floats = layout.floats(points, count * this.cols);
    floats.set(z.data);
    floats.fill(-FAR, z.data.length);
    return { kernels: layout.kernels, layout, x, points, count };
  }

  #tile(): number {
    return Math.max(1, Math.min(TILE_BLOCKS, Math.floor(TILE_NUMBERS / (BLOCK * this.cols))));
  }

  /** The rows after the first `blocks` blocks, at most seven. */
  #lastRows(layout: Layout, x: number, blocks: number): Matrix<Float32Array> {
    const d = this.cols;
    const rows = this.rows - blocks * BLOCK;
    const packed = layout.floats(x + 4 * blocks * BLOCK * d, rows > 0 ? BLOCK * d : 0);
    const data = new Float32Array(rows * d);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < d; k++) data[row * d + k] = packed[k * BLOCK + row]!;
    }
    return { data, rows, cols: d };
  }

  async #inSlices(
    x: number,
    count: number,
    blocks: number,
    work: (at: number, blocks: number, first: number) => void,
  ): Promise<void> {
    const perBlock = BLOCK * this.cols;
    const slice = Math.max(1, Math.floor(WORK_PER_BREATH / (perBlock * count)));
    for (let first = 0; first < blocks; first += slice) {
      if (first > 0) await this.#breathe();
      work(x + 4 * perBlock * first, Math.min(slice, blocks - first), first);
    }
  }
}
