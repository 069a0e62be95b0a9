/** @file The four kinds of statistical specification of the Python package `learnware` 0.3.2, and their distance. */

import { EngineError } from "../engine/ground/errors";
import { innerProduct } from "../engine/specification/kernel/mmd";
import type { Specification } from "../engine/specification/specification";
import { imageInnerProduct } from "./nngp";
import type { ImageSpecification, SampleShape } from "./image-specification";

/** Every type the package's market knows, the one it prefers first. */
export const specificationTypes = [
  "HeteroMapTableSpecification",
  "RKMETableSpecification",
  "RKMETextSpecification",
  "RKMEImageSpecification",
] as const;

export type SpecificationType = (typeof specificationTypes)[number];

/** A reduced set under the Gaussian kernel: of rows, of text embeddings, or of rows mapped into a common space. */
export interface GaussianSpecification extends SampleShape, Specification {
  readonly type: Exclude<SpecificationType, "RKMEImageSpecification">;
  /** ISO codes such as `zh-cn`; empty unless it is a text specification. */
  readonly language: readonly string[];
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
