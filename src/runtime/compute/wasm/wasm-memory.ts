/** @file The memory that the WASM kernels work in. */

import { align, growTo, type KernelMemory, openKernels } from "./open-kernels";

export interface Kernels extends KernelMemory {
  kernelSums(
    ...args: [
      x: number,
      blocks: number,
      d: number,
      z: number,
      m: number,
      gamma: number,
      sums: number,
      tile: number,
    ]
  ): void;
  kernelPull(
    ...args: [
      ...[x: number, blocks: number, d: number, z: number, m: number, gamma: number],
      ...[sums: number, pull: number, scratch: number, tile: number],
    ]
  ): void;
  nearest(
    ...args: [
      x: number,
      blocks: number,
      d: number,
      z: number,
      m: number,
      index: number,
      squared: number,
    ]
  ): void;
  featureSums(
    ...args: [
      x: number,
      blocks: number,
      d: number,
      w: number,
      m: number,
      sums: number,
      tile: number,
    ]
  ): void;
}

const LARGEST_SPARE = 64 * 2 ** 20;

/** Instances of the kernels, each with a memory of its own. */
export class Memories {
  readonly #module: WebAssembly.Module;
  /** The small memory of a table that went, for the next one: blocks of a stream come by the hundred. */
  #spare: Kernels | null = null;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  async take(): Promise<Kernels> {
    const spare = this.#spare;
    this.#spare = null;
    return spare ?? openKernels(this.#module);
  }

  giveBack(kernels: Kernels): void {
    if (kernels.memory.buffer.byteLength <= LARGEST_SPARE) this.#spare = kernels;
  }

  clear(): void {
    this.#spare = null;
  }
}

/** Hands out the memory of one instance from its start; what is taken first lies first. */
export class Layout {
  readonly kernels: Kernels;
  #next: number;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
    this.#next = align(kernels.heapBase());
  }

  /** @throws RangeError when the memory cannot grow. */
  take(bytes: number): number {
    const start = this.#next;
    this.#next = align(start + bytes);
    growTo(this.kernels.memory, this.#next);
    return start;
  }

  /** Doubles set to 0. */
  zeroed(count: number): number {
    const start = this.take(8 * count);
    new Float64Array(this.kernels.memory.buffer, start, count).fill(0);
    return start;
  }

  /** A view, valid until the next `take`. */
  floats(start: number, count: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, start, count);
  }

  /** A copy: a view would take the whole memory with it when transferred. */
  doubles(start: number, count: number): Float64Array {
    return new Float64Array(this.kernels.memory.buffer.slice(start, start + 8 * count));
  }

  /** A copy. */
  integers(start: number, count: number): Int32Array {
    return new Int32Array(this.kernels.memory.buffer.slice(start, start + 4 * count));
  }
}
