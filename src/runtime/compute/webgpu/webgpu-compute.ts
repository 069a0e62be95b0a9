/** @file The kernel sums on a GPU. Rows stay on the device; only points go up and sums come down. */

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
import { type OwnedDevice } from "../../device";
import { type Dispatch, GpuPrograms, rowParams } from "./gpu-program";
import type { Breathe } from "../../threads/next-task";
import { Pace, SubmitBudget } from "./pace";
import * as wgsl from "./wgsl";

/** Groups of rows that are summed apart, where memory allows. */
const MOST_GROUPS = 512;
const PARTIAL_BYTES = 64 * 2 ** 20;
/** Rows of a block in the matrix passes, where memory allows. */
const BLOCK_ROWS = 4096;
/** Most in one dimension of a dispatch that every device takes. */
const MOST_WORKGROUPS = 65535;

export class WebGpuCompute implements Compute {
  readonly name = "webgpu";
  readonly #programs: GpuPrograms;
  readonly #breathe: Breathe;
  readonly #budget = new SubmitBudget();

  /** @param breathe - Awaited between submits; may throw to stop the job. */
  constructor(owner: OwnedDevice, breathe: Breathe = async () => undefined) {
    this.#programs = new GpuPrograms(owner);
    this.#breathe = breathe;
  }

  /** @throws DeviceFailure if the device is lost or cannot hold the rows. */
  async load(x: Matrix<Float32Array>): Promise<LoadedRows> {
    checkRows(x);
    const { owner } = this.#programs;
    const perBuffer = Math.max(1, Math.floor(owner.largestBufferBytes / (4 * x.cols)));
    const parts: Part[] = [];
    for (let first = 0; first < x.rows; first += perBuffer) {
      const rows = Math.min(perBuffer, x.rows - first);
      const [buffer] = await this.#programs.allocate([4 * rows * x.cols]);
      parts.push({ buffer: buffer!, first, rows });
      const data = x.data.subarray(first * x.cols, (first + rows) * x.cols);
      owner.device.queue.writeBuffer(buffer!, 0, data as Float32Array<ArrayBuffer>);
    }
    return new GpuRows(this.#programs, parts, x, this.#budget, this.#breathe);
  }

  dispose(): void {
    this.#programs.owner.dispose();
  }
}

/** Rows `first` to `first + rows` of the table. */
interface Part {
  readonly buffer: GPUBuffer;
  readonly first: number;
  readonly rows: number;
}

class GpuRows implements LoadedRows {
  readonly rows: number;
  readonly cols: number;
  readonly #programs: GpuPrograms;
  readonly #parts: readonly Part[];
  readonly #budget: SubmitBudget;
  readonly #breathe: Breathe;

  constructor(
    programs: GpuPrograms,
    parts: readonly Part[],
    { rows, cols }: { readonly rows: number; readonly cols: number },
    budget: SubmitBudget,
    breathe: Breathe,
  ) {
    this.#budget = budget;
    this.#programs = programs;
    this.#parts = parts;
    this.rows = rows;
    this.cols = cols;
    this.#breathe = breathe;
  }

  async kernelMeans(z: Matrix, gamma: number): Promise<Float64Array> {
    checkGamma(gamma);
    checkPoints(z, this.cols);
    if (this.cols > wgsl.MOST_FUSED_COLUMNS)
      return (await this.#blockSums(z, gamma, "means")).means;
    const sums = await this.#fusedSums(z, gamma, "means");
    return Float64Array.from(sums, (sum) => sum / this.rows);
  }

  async kernelPull(z: Matrix, gamma: number): Promise<KernelPull> {
    checkGamma(gamma);
    checkPoints(z, this.cols);
    if (this.cols > wgsl.MOST_FUSED_COLUMNS) return this.#blockSums(z, gamma, "pull");
    const sums = await this.#fusedSums(z, gamma, "pull");
    const width = this.cols + 1;
    const means = Float64Array.from({ length: z.rows }, (_, j) => sums[j * width]! / this.rows);
    const data = new Float64Array(z.rows * this.cols);
    for (let j = 0; j < z.rows; j++) {
      for (let k = 0; k < this.cols; k++) {
        data[j * this.cols + k] = sums[j * width + 1 + k]! / this.rows;
      }
    }
    return { means, pull: { data, rows: z.rows, cols: this.cols } };
  }

  async nearest(z: Matrix): Promise<Nearest> {
    checkPoints(z, this.cols);
    const index = new Int32Array(this.rows);
    const squaredDistance = new Float32Array(this.rows);
    for (const part of this.#parts) {
      const bytes = 4 * part.rows;
      await this.#with([4 * z.data.length, bytes, bytes], async ([points, which, squared]) => {
        this.#upload(points!, z);
        if (this.cols <= wgsl.MOST_FUSED_COLUMNS) {
          await this.#fusedNearest(part, z.rows, points!, which!, squared!);
        } else {
          await this.#blockNearest(part, z.rows, points!, which!, squared!);
        }
        index.set(new Int32Array(await this.#programs.read(which!, bytes)), part.first);
        squaredDistance.set(
          new Float32Array(await this.#programs.read(squared!, bytes)),
          part.first,
        );
      });
    }
    return { index, squaredDistance };
  }

  async featureMeans(features: RandomFeatures): Promise<Float64Array> {
    checkFeatures(features, this.cols);
    const { data, rows, cols } = features.frequencies;
    const both = new Float64Array(2 * data.length);
    const quarterTurns = data.map((value) => value / (Math.PI / 2));
    both.set(quarterTurns);
    both.set(quarterTurns, data.length);
    const z = { data: both, rows: 2 * rows, cols };
    const norm = Math.sqrt(rows);
    if (cols > wgsl.MOST_FUSED_COLUMNS) {
      const { means } = await this.#blockSums(z, 0, "features");
      return means.map((mean) => mean / norm);
    }
    const sums = await this.#fusedSums(z, 0, "features");
    return Float64Array.from(sums, (sum) => sum / this.rows / norm);
  }

  dispose(): void {
    this.#parts.forEach(({ buffer }) => buffer.destroy());
  }

  /** Σ k, or Σ k and Σ k · (x − z) side by side: [m] or [m, d + 1]. */
  async #fusedSums(z: Matrix, gamma: number, summed: wgsl.Summed): Promise<Float32Array> {
    const m = z.rows;
    const width = m * (summed === "pull" ? this.cols + 1 : 1);
    const most = Math.max(1, Math.min(MOST_GROUPS, Math.floor(PARTIAL_BYTES / (4 * width))));
    const perGroup = Math.ceil(this.rows / most / wgsl.LANES) * wgsl.LANES;
    const groupsOf = ({ rows }: Part) => Math.ceil(rows / perGroup);
    const groups = this.#parts.reduce((total, part) => total + groupsOf(part), 0);
    const sumUp = await this.#programs.compile(wgsl.fusedSums(this.cols, summed));
    const addUp = await this.#programs.compile(wgsl.addPartials);
    const sizes = [4 * z.data.length, 4 * groups * width, 4 * width];
    return this.#with(sizes, async ([points, partials, sums]) => {
      this.#upload(points!, z);
      const pace = this.#pace();
      let slot = 0;
      for (const part of this.#parts) {
        let group = 0;
        while (group < groupsOf(part)) {
          const count = Math.min(pace.fitting(perGroup * m * this.cols), groupsOf(part) - group);
          const first = group * perGroup;
          const params = { rows: part.rows, points: m, cols: this.cols, first, perGroup, slot };
          await pace.add(count * perGroup * m * this.cols, {
            pipeline: sumUp,
            params: rowParams({ ...params, gamma }),
            buffers: [part.buffer, points!, partials!],
            groups: [count, Math.ceil(m / wgsl.LANES)],
          });
          group += count;
          slot += count;
        }
      }
      await pace.add(0, {
        pipeline: addUp,
        params: new Uint32Array([groups, width]).buffer,
        buffers: [partials!, sums!],
        groups: [Math.ceil(width / wgsl.LANES)],
      });
      pace.end();
      return new Float32Array(await this.#programs.read(sums!, 4 * width));
    });
  }

  async #fusedNearest(
    part: Part,
    m: number,
    points: GPUBuffer,
    index: GPUBuffer,
    squared: GPUBuffer,
  ): Promise<void> {
    const pipeline = await this.#programs.compile(wgsl.fusedNearest(this.cols));
    const pace = this.#pace();
    const perGroup = wgsl.LANES * m * this.cols;
    let first = 0;
    while (first < part.rows) {
      const step = Math.min(MOST_WORKGROUPS, pace.fitting(perGroup)) * wgsl.LANES;
      const rows = Math.min(part.rows, first + step);
      await pace.add((rows - first) * m * this.cols, {
        pipeline,
        params: rowParams({
          rows,
          points: m,
          cols: this.cols,
          first,
          perGroup: 0,
          slot: 0,
          gamma: 0,
        }),
        buffers: [part.buffer, points, index, squared],
        groups: [Math.ceil((rows - first) / wgsl.LANES)],
      });
      first = rows;
    }
    pace.end();
  }

  async #blockSums(z: Matrix, gamma: number, summed: wgsl.Summed): Promise<KernelPull> {
    const m = z.rows;
    const d = this.cols;
    const pace = this.#pace();
    const block = this.#blockRows(m, pace);
    const toPairs = await this.#programs.compile(
      wgsl.blockPairs(summed === "features" ? "feature" : "kernel"),
    );
    const toSums = await this.#programs.compile(wgsl.blockSums);
    const toPull = await this.#programs.compile(wgsl.blockPull);
    const tiles = (count: number) => Math.ceil(count / wgsl.TILE);
    const sizes = [4 * m * d, 4 * block * m, 4 * m, 4 * m * d];
    return this.#with(sizes, async ([points, pairs, sums, pull]) => {
      this.#upload(points!, z);
      for (const part of this.#parts) {
        for (let first = 0; first < part.rows; first += block) {
          const size = { rows: part.rows, points: m, cols: d };
          const params = rowParams({ ...size, first, perGroup: block, slot: 0, gamma });
          const from = [part.buffer, points!, pairs!];
          const work: Dispatch[] = [
            { pipeline: toPairs, params, buffers: from, groups: [tiles(block), tiles(m)] },
            { pipeline: toSums, params, buffers: [...from, sums!], groups: [m] },
          ];
          if (summed === "pull") {
            const groups = [tiles(d), tiles(m)] as const;
            work.push({ pipeline: toPull, params, buffers: [...from, pull!], groups });
          }
          await pace.add((summed === "pull" ? 2 : 1) * block * m * d, ...work);
        }
      }
      pace.end();
      const mean = (sum: number) => sum / this.rows;
      const means = new Float32Array(await this.#programs.read(sums!, 4 * m));
      const data = new Float32Array(await this.#programs.read(pull!, 4 * m * d));
      return {
        means: Float64Array.from(means, mean),
        pull: { data: Float64Array.from(data, mean), rows: m, cols: d },
      };
    });
  }

  async #blockNearest(
    part: Part,
    m: number,
    points: GPUBuffer,
    index: GPUBuffer,
    squared: GPUBuffer,
  ): Promise<void> {
    const pace = this.#pace();
    const block = this.#blockRows(m, pace);
    const toPairs = await this.#programs.compile(wgsl.blockPairs("distance"));
    const toNearest = await this.#programs.compile(wgsl.blockNearest);
    await this.#with([4 * block * m], async ([pairs]) => {
      for (let first = 0; first < part.rows; first += block) {
        const size = { rows: part.rows, points: m, cols: this.cols };
        const params = rowParams({ ...size, first, perGroup: block, slot: 0, gamma: 0 });
        const from = [part.buffer, points, pairs!];
        const groups = [Math.ceil(block / wgsl.TILE), Math.ceil(m / wgsl.TILE)] as const;
        await pace.add(
          block * m * this.cols,
          { pipeline: toPairs, params, buffers: from, groups },
          {
            pipeline: toNearest,
            params,
            buffers: [...from, index, squared],
            groups: [Math.ceil(block / wgsl.LANES)],
          },
        );
      }
      pace.end();
      await this.#programs.finish();
    });
  }

  #blockRows(m: number, pace: Pace): number {
    const byWork = pace.fitting(m * this.cols);
    const byMemory = Math.floor(PARTIAL_BYTES / (4 * m));
    const rows = Math.max(wgsl.TILE, Math.min(BLOCK_ROWS, byWork, byMemory, this.rows));
    return Math.ceil(rows / wgsl.TILE) * wgsl.TILE;
  }

  #pace(): Pace {
    return new Pace(this.#programs, this.#budget, this.#breathe);
  }

  #upload(to: GPUBuffer, z: Matrix): void {
    this.#programs.owner.device.queue.writeBuffer(to, 0, Float32Array.from(z.data));
  }

  /** Buffers of the given sizes in bytes, zeroed, for the length of one piece of work. */
  async #with<T>(
    sizes: readonly number[],
    work: (buffers: readonly GPUBuffer[]) => Promise<T>,
  ): Promise<T> {
    const buffers = await this.#programs.allocate(sizes);
    try {
      return await work(buffers);
    } finally {
      buffers.forEach((buffer) => buffer.destroy());
    }
  }
}
