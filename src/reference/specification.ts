/** @file The four kinds of statistical specification of the Python package `learnware` 0.3.2, and their distance. */

import { EngineError } from "../engine/ground/errors";
import { innerProduct } from "../engine/specification/kernel/mmd";
import type { Matrix } from "../engine/ground/matrix";
import type { Specification } from "../engine/specification/specification";
import { imageInnerProduct } from "./nngp";

/** Every type the package's market knows, the one it prefers first. */
export const specificationTypes = [
  "HeteroMapTableSpecification",
  "RKMETableSpecification",
  "RKMETextSpecification",
  "RKMEImageSpecification",
] as const;

export type SpecificationType = (typeof specificationTypes)[number];

interface Common {
  /** Shape of one point as it was saved: [d], [channels, height, width], …; its product is `points.cols`. */
  readonly sampleShape: readonly number[];
}

/** A reduced set under the Gaussian kernel: of rows, of text embeddings, or of rows mapped into a common space. */
export interface GaussianSpecification extends Common, Specification {
  readonly type: Exclude<SpecificationType, "RKMEImageSpecification">;
  /** ISO codes such as `zh-cn`; empty unless it is a text specification. */
  readonly language: readonly string[];
}

/** A reduced set of images under the NNGP kernel of a convolutional network. */
export interface ImageSpecification extends Common {
  readonly type: "RKMEImageSpecification";
  /** Shape [m, channels · 32 · 32]. */
  readonly points: Matrix<Float64Array>;
  /** Shape [m]. */
  readonly weights: Float64Array;
  /** Random networks it was made with; matching does not use them. */
  readonly modelCount: number;
  readonly model: ImageModel;
}

/** `model_config` of the package; of these only the depth changes the kernel. */
export interface ImageModel {
  readonly k: number;
  readonly mu: number;
  readonly sigma: number | null;
  readonly netWidth: number;
  readonly netDepth: number;
}

export type StatSpecification = GaussianSpecification | ImageSpecification;

/**
 * ⟨a, b⟩ under the kernel of `a`: Gaussian with its gamma, or NNGP for images.
 *
 * Cost is O(m · n · d).
 *
 * @returns Any number; NaN if a weight is NaN, as in the package.
 * @throws EngineError `shape_mismatch` if one is of images and the other is not, or dimensions differ.
 */
export function specificationProduct(a: StatSpecification, b: StatSpecification): number {
  if (a.type === "RKMEImageSpecification") {
    if (b.type === "RKMEImageSpecification") return imageInnerProduct(a, b);
  } else if (b.type !== "RKMEImageSpecification") return innerProduct(a, b);
  throw new EngineError("shape_mismatch", `no kernel joins ${a.type} and ${b.type}`);
}

/**
 * The package's `a.dist(b)`: the squared MMD ⟨a, a⟩ − 2⟨a, b⟩ + ⟨b, b⟩, never clamped, so
 * rounding may leave it below 0. The first two terms use a's kernel, the last b's.
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023.
 *
 * @param options - `omitFirst`: leave ⟨a, a⟩ out (the package's `omit_term1`), which keeps the order of
 *   the distances from one `a` to many.
 * @throws EngineError `shape_mismatch` as `specificationProduct`.
 */
export function specificationDistance(
  a: StatSpecification,
  b: StatSpecification,
  { omitFirst = false }: { readonly omitFirst?: boolean } = {},
): number {
  const first = omitFirst ? 0 : specificationProduct(a, a);
  return first - 2 * specificationProduct(a, b) + specificationProduct(b, b);
}
