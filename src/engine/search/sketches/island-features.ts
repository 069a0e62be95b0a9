import { type RandomFeatures, randomFeatures } from "../../specification/kernel/random-features";
import { gaussianGamma } from "../../specification/kernel/kernel";
import type { AnySpace } from "../../kinds/kind";

/**
 * The random features that every sketch on this version of an island is made with, in a client and
 * in a dock alike.
 *
 * @param cols - How many encoded columns the island's features take together.
 */
export function islandFeatures({ id, version, kernel }: AnySpace, cols: number): RandomFeatures {
  return randomFeatures({ cols, gamma: gaussianGamma(kernel), seed: `${id}@${version}` });
}
