/** @file Exact comparison of one reduced set with many in WebAssembly SIMD, one thread. Runs in workers and in Node alike. */

import {
  checkPairs,
  type Comparison,
  type PackedRkme,
  type PairKernel,
  type ReachingRkme,
} from "../../../engine/search/pairs";
import { fusedPairsBase64, pairsBase64 } from "../../assembly/pairs-base64";
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
  compare(
    ...args: [
      ...[x: number, u: number, blocks: number, d: number, z: number, w: number, n: number],
      ...[gamma: number, reach: number, covered: number],
    ]
  ): number;
}

/** Where padding lies: so far off that its kernel is 0 and its square still finite. */
const FAR = 1e15;

/** Distances are summed from differences, so that points need not be centred. */
export class WasmPairs implements PairKernel {
  readonly #kernels: Kernels;

  private constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /** @throws WebAssembly.CompileError where SIMD or WebAssembly is not to be had. */
  static async create(): Promise<WasmPairs> {
    return new WasmPairs(
      await openKernels<Kernels>(await compileKernels(pairsBase64, fusedPairsBase64)),
    );
  }

  /** @throws RangeError when the memory cannot hold two of the sets. */
  compare(one: PackedRkme, gamma: number, others: readonly ReachingRkme[]): Comparison[] {
    checkPairs(one, gamma, others);
    const { rows, cols } = one;
    const blocks = Math.ceil(rows / BLOCK);
    const { x, u, covered, z } = this.#place(one, others);
    const maskBytes = Math.ceil(rows / 8);
    const bytes = new Uint8Array(this.#kernels.memory.buffer);
    return others.map((other) => {
      const { w, count } = this.#bring(other, z);
      const cross = this.#kernels.compare(
        ...[x, u, blocks, cols, z, w, count],
        ...[gamma, other.radiusSquared, covered],
      );
      const mask = bytes.slice(covered, covered + maskBytes);
      mask[maskBytes - 1]! &= 0xff >> (8 * maskBytes - rows);
      return { cross, covered: mask };
    });
  }

  /** Lay out the memory, and the one set in it; the others come to `z` one after the other. */
  #place(one: PackedRkme, others: readonly PackedRkme[]) {
    const { memory } = this.#kernels;
    const { rows, cols } = one;
    const padded = Math.ceil(rows / BLOCK) * BLOCK;
    const x = align(this.#kernels.heapBase());
    const u = x + 4 * padded * cols;
    const covered = u + 8 * padded;
    const z = align(covered + padded / BLOCK);
    const most = others.reduce((largest, other) => Math.max(largest, other.rows), rows);
    growTo(memory, z + 4 * (most + 3) * (cols + 1));

    const { w } = this.#bring(one, z);
    const points = new Float32Array(memory.buffer, z, rows * cols);
    packBlocks(points, cols, new Float32Array(memory.buffer, x, padded * cols), FAR);
    const weights = new Float64Array(memory.buffer, u, padded).fill(0);
    weights.set(new Float32Array(memory.buffer, w, rows));
    return { x, u, covered, z };
  }

  /** Copy a set to `z`, padded to a multiple of four points, and its weights behind it. */
  #bring({ rows, cols, points, weights }: PackedRkme, z: number): { w: number; count: number } {
    const { buffer } = this.#kernels.memory;
    const count = Math.ceil(rows / 4) * 4;
    const w = z + 4 * count * cols;
    const bytes = new Uint8Array(buffer);
    bytes.set(points, z);
    bytes.set(weights, w);
    new Float32Array(buffer, z + 4 * rows * cols, (count - rows) * cols).fill(-FAR);
    new Float32Array(buffer, w + 4 * rows, count - rows).fill(0);
    return { w, count };
  }
}
