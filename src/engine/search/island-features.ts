import type { Island } from "../kinds/table/space/island";
import { type RandomFeatures, randomFeatures } from "../specification/kernel/random-features";

/**
 * The random features that every sketch on this version of an island is made with, in a client and
 * in a dock alike.
 *
 * @param cols - How many encoded columns the island's features take together.
 */
export function islandFeatures(
  { id, version, gamma }: Pick<Island, "id" | "version" | "gamma">,
  cols: number,
): RandomFeatures {
  return randomFeatures({ cols, gamma, seed: `${id}@${version}` });
}
