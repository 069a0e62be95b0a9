/**
 * @file The kernel sums in WebAssembly over several threads. Each holds a share of the rows in its
 * own memory; partial sums are added in double precision in the order of the rows, so the same
 * number of threads gives the same numbers every time.
 */

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
import type { RandomFeatures } from "../../../engine/specification/kernel/random-features";
import type { Matrix } from "../../../engine/ground/matrix";
import { DeviceFailure } from "../../device";
import { AppError } from "../../../contracts/outcome";
import { type Breathe, nextTask } from "../../threads/next-task";
import { type Started, Thread } from "../../threads/thread";
import { BLOCK } from "../wasm/open-kernels";
import { WasmCompute } from "../wasm/wasm-compute";
import type { KernelApi } from "./kernel-api";

type Helper = Thread<KernelApi>;

export interface Threads {
  /** Starts one that serves `kernelSums`. */
  readonly spawn: () => Started;
  /** How many, ≥ 1. */
  readonly count: number;
  /** Tables of fewer numbers stay on the calling thread. */
  readonly fewestNumbers?: number;
}

/** With 100 points a pass over so many numbers takes some 8 ms: threads would gain next to nothing. */
const FEWEST_NUMBERS = 500_000;
/** Numbers on the way to one helper at a time, so that the table is not in memory three times. */
const NUMBERS_PER_PIECE = 1 << 20;
const LOOK_EVERY_MS = 30;
const STOP_MS = 200;
/** A thread that says nothing for so long counts as dead: one that dies may say nothing at all. */
const SILENCE_MS = 20_000;

export class ParallelCompute implements Compute {
  readonly name = "wasm";
  readonly #single: WasmCompute;
  readonly #threads: Threads;
  readonly #breathe: Breathe;
  #helpers: readonly Helper[] = [];
  #tables = 0;

  private constructor(single: WasmCompute, threads: Threads, breathe: Breathe) {
    this.#single = single;
    this.#threads = threads;
    this.#breathe = breathe;
  }

  /**
   * Threads start with the first table that is large enough for them.
   *
   * @param breathe - Awaited while the threads work; may throw, which stops them.
   * @throws WebAssembly.CompileError where SIMD or WebAssembly is not to be had.
   */
  static async create(threads: Threads, breathe: Breathe = nextTask): Promise<ParallelCompute> {
    return new ParallelCompute(await WasmCompute.create(breathe), threads, breathe);
  }

  /** @throws DeviceFailure if a thread cannot start or dies. */
  async load(x: Matrix<Float32Array>): Promise<LoadedRows> {
    checkRows(x);
    const { spawn, count, fewestNumbers = FEWEST_NUMBERS } = this.#threads;
    if (count < 2 || x.data.length < fewestNumbers) return this.#single.load(x);
    if (this.#helpers.length === 0) this.#helpers = start(spawn, count);
    const perHelper = Math.ceil(x.rows / count / BLOCK) * BLOCK;
    const shares = this.#helpers
      .map((helper, i) => {
        const first = Math.min(x.rows, i * perHelper);
        return { helper, first, rows: Math.min(x.rows, first + perHelper) - first };
      })
      .filter(({ rows }) => rows > 0);
    const rows = new ParallelRows(shares, ++this.#tables, x, this.#breathe);
    try {
      await rows.fill(x.data);
    } catch (error) {
      rows.dispose();
      throw error;
    }
    return rows;
  }

  dispose(): void {
    this.#helpers.forEach((helper) => void helper.end());
    this.#helpers = [];
    this.#single.dispose();
  }
}

/** Rows `first` to `first + rows` of the table. */
interface Share {
  readonly helper: Helper;
  readonly first: number;
  readonly rows: number;
}

class ParallelRows implements LoadedRows {
  readonly rows: number;
  readonly cols: number;
  readonly #shares: readonly Share[];
  readonly #table: number;
  readonly #breathe: Breathe;

  constructor(
    shares: readonly Share[],
    table: number,
    { rows, cols }: { readonly rows: number; readonly cols: number },
    breathe: Breathe,
  ) {
    this.#shares = shares;
    this.#table = table;
    this.rows = rows;
    this.cols = cols;
    this.#breathe = breathe;
  }

  /** Hand every thread its rows, piece by piece. */
  async fill(x: Float32Array): Promise<void> {
    const { cols } = this;
    const table = this.#table;
    await this.#all(({ helper, rows }, signal) =>
      helper.call("reserve", [table, rows, cols], { signal }),
    );
    const piece = Math.max(1, Math.floor(NUMBERS_PER_PIECE / cols / BLOCK)) * BLOCK;
    const most = Math.max(...this.#shares.map(({ rows }) => rows));
    for (let from = 0; from < most; from += piece) {
      await this.#all(async ({ helper, first, rows }, signal) => {
        if (from >= rows) return;
        const to = Math.min(rows, from + piece);
        const data = x.slice((first + from) * cols, (first + to) * cols);
        await helper.call("put", [table, from, data], { signal, moved: [data.buffer] });
      });
    }
  }

  async kernelMeans(z: Matrix, gamma: number): Promise<Float64Array> {
    checkGamma(gamma);
    checkPoints(z, this.cols);
    const table = this.#table;
    return this.#average(
      await this.#all(({ helper }, signal) =>
        helper.call("kernelMeans", [table, z, gamma], { signal }),
      ),
    );
  }

  async kernelPull(z: Matrix, gamma: number): Promise<KernelPull> {
    checkGamma(gamma);
    checkPoints(z, this.cols);
    const table = this.#table;
    const parts = await this.#all(({ helper }, signal) =>
      helper.call("kernelPull", [table, z, gamma], { signal }),
    );
    const data = this.#average(parts.map(({ pull }) => pull.data));
    return {
      means: this.#average(parts.map(({ means }) => means)),
      pull: { data, rows: z.rows, cols: this.cols },
    };
  }

  async nearest(z: Matrix): Promise<Nearest> {
    checkPoints(z, this.cols);
    const table = this.#table;
    const parts = await this.#all(({ helper }, signal) =>
      helper.call("nearest", [table, z], { signal }),
    );
    const index = new Int32Array(this.rows);
    const squaredDistance = new Float32Array(this.rows);
    this.#shares.forEach(({ first }, i) => {
      index.set(parts[i]!.index, first);
      squaredDistance.set(parts[i]!.squaredDistance, first);
    });
    return { index, squaredDistance };
  }

  async featureMeans(features: RandomFeatures): Promise<Float64Array> {
    checkFeatures(features, this.cols);
    const table = this.#table;
    return this.#average(
      await this.#all(({ helper }, signal) =>
        helper.call("featureMeans", [table, features], { signal }),
      ),
    );
  }

  dispose(): void {
    for (const { helper } of this.#shares) {
      helper.call("release", [this.#table]).catch(() => undefined); // Dead helpers hold nothing.
    }
  }

  /** The means over all rows from those over each share. */
  #average(parts: readonly Float64Array[]): Float64Array {
    const total = new Float64Array(parts[0]!.length);
    this.#shares.forEach(({ rows }, i) => {
      const share = rows / this.rows;
      parts[i]!.forEach((mean, j) => {
        total[j]! += share * mean;
      });
    });
    return total;
  }

  /** Ask all threads at once, and breathe while they work; if one fails, or the breath throws, stop the others. */
  async #all<T>(ask: (share: Share, signal: AbortSignal) => Promise<T>): Promise<T[]> {
    const stop = new AbortController();
    const asked = this.#shares.map((share) => ask(share, stop.signal));
    const answers = Promise.all(asked).catch(refuse);
    const settled = answers.then(
      () => true as const,
      () => true as const,
    );
    try {
      for (;;) {
        if (await within(settled, LOOK_EVERY_MS)) return await answers;
        await this.#breathe();
      }
    } catch (error) {
      stop.abort();
      // So that the next question need not wait; a thread that died in silence never answers.
      await within(
        Promise.allSettled(asked).then(() => true as const),
        STOP_MS,
      );
      throw error;
    }
  }
}

function start(spawn: () => Started, count: number): Helper[] {
  try {
    return Array.from({ length: count }, () => new Thread(spawn(), { silenceMs: SILENCE_MS }));
  } catch (cause) {
    throw new DeviceFailure("helper threads cannot be started here", { cause });
  }
}

/** What became of a thread, as who uses a `Compute` is told of it. */
function refuse(cause: unknown): never {
  if (!(cause instanceof AppError)) throw cause;
  const { code, message } = cause;
  if (code === "out_of_memory") throw new RangeError(message, { cause });
  throw new DeviceFailure(`a helper thread failed: ${message}`, { cause });
}

/** Whether the work ends in time; `true` as soon as it does. */
async function within(work: Promise<true>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pause = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work, pause]);
  } finally {
    clearTimeout(timer);
  }
}
