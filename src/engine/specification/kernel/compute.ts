import type { Matrix } from "../../ground/matrix";
import type { RandomFeatures } from "./random-features";

export type ComputeName = "typescript" | "wasm" | "webgpu";

/**
 * The heavy sums over all rows of a data set, under the Gaussian kernel
 * k(x, z) = exp(−gamma · ‖x − z‖²).
 *
 * Implementations: `ReferenceCompute` (double precision, the oracle), and in
 * `runtime` WASM SIMD and WebGPU. All of them pass tests/browser/compute.suite.ts.
 * None ever holds an [n, m] matrix.
 */
export interface Compute {
  readonly name: ComputeName;
  /**
   * Put rows where the sums run.
   *
   * @param x - Shape [n, d], finite, and not to be changed as long as the rows are in use. Values
   * should be centred: single precision is used.
   */
  load(x: Matrix<Float32Array>): Promise<LoadedRows>;
  /** Frees the device. No rows it loaded may be used afterwards. */
  dispose(): void;
}

export interface LoadedRows {
  readonly rows: number;
  readonly cols: number;
  /**
   * c_j = mean over rows x of k(z_j, x).
   *
   * @param z - Shape [m, d].
   * @returns Shape [m], in [0, 1].
   */
  kernelMeans(z: Matrix, gamma: number): Promise<Float64Array>;
  /**
   * Kernel means, and how the rows pull on each point: mean over x of k(z_j, x)(x − z_j).
   *
   * @param z - Shape [m, d].
   * @returns `means` [m]; `pull` [m, d].
   */
  kernelPull(z: Matrix, gamma: number): Promise<KernelPull>;
  /**
   * The nearest of the points, for every row. Ties go to the lower index.
   *
   * @param z - Shape [m, d].
   */
  nearest(z: Matrix): Promise<Nearest>;
  /**
   * The mean over all rows of their random features: `sketchOf(rows, null, features)`.
   *
   * Where single precision is used, a phase ω·x of p radians is off by some 1e-7 · p.
   *
   * @param features - Of d columns.
   * @returns Shape [features.count]; its norm is at most 1.
   */
  featureMeans(features: RandomFeatures): Promise<Float64Array>;
  dispose(): void;
}

export interface KernelPull {
  readonly means: Float64Array;
  readonly pull: Matrix<Float64Array>;
}

export interface Nearest {
  /** Shape [n]: which point is nearest to each row. */
  readonly index: Int32Array;
  /** Shape [n]: squared distance to it, ≥ 0. */
  readonly squaredDistance: Float32Array;
}
