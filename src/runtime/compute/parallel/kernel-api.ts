import type { Matrix } from "../../../engine/ground/matrix";
import type { KernelPull, Nearest } from "../../../engine/specification/kernel/compute";
import type { RandomFeatures } from "../../../engine/specification/kernel/random-features";

/** What a thread that sums a share of the rows is asked. Tables are named by their asker. */
export interface KernelApi {
  reserve(table: number, rows: number, cols: number): void;
  /** Rows from `first` on, which is a multiple of eight. */
  put(table: number, first: number, data: Float32Array): void;
  kernelMeans(table: number, z: Matrix, gamma: number): Float64Array;
  kernelPull(table: number, z: Matrix, gamma: number): KernelPull;
  nearest(table: number, z: Matrix): Nearest;
  featureMeans(table: number, features: RandomFeatures): Float64Array;
  release(table: number): void;
}
