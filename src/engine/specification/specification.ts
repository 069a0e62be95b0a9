import type { Matrix } from "../ground/matrix";
import { type Kernel } from "./kernel/kernel";

/**
 * A reduced kernel mean embedding: weighted points whose kernel mean
 * Σⱼ weights[j] · k(points[j], ·) approximates that of a data set (`z` and `beta` in the papers).
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023.
 */
export interface Specification {
  /** Shape [m, d], on the scale of the space it was made for. */
  readonly points: Matrix<Float64Array>;
  /** Shape [m]. */
  readonly weights: Float64Array;
  readonly kernel: Kernel;
  /** How many rows it stands for. */
  readonly rowCount: number;
}

/** What Berth adds to a specification file, under the one key `berth` that other readers ignore. */
export interface SpecificationExtras {
  readonly space: string;
  readonly spaceVersion: number;
  /** 95 % of the rows lie within this squared distance of a point; what "covered" means. */
  readonly radiusSquared: number;
  /** SHA-256 of the book whose points these are, where the space has one. */
  readonly book?: string;
}
