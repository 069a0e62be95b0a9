import { innerProduct } from "../engine/kernel/mmd";
import { sketchOf } from "../engine/kernel/random-features";
import { encodedWidth, type Island } from "../engine/island/island";
import { islandFeatures } from "../engine/search/island-features";
import type { Rkme } from "../engine/spec/rkme";
import { bytesOf, floatsOf } from "./float-bytes";
import type { Described, StoredSpecification } from "./store/learnware-store";

/** A reduced set on an island's scale, with what a search needs of it: self term and sketch. */
export function describeFor(island: Island, rkme: Rkme, radiusSquared: number): Described {
  const stored = {
    rows: rkme.points.rows,
    cols: rkme.points.cols,
    points: bytesOf(rkme.points.data),
    weights: bytesOf(rkme.weights),
    rowCount: rkme.rowCount,
    radiusSquared,
  };
  const kept = rkmeOf(stored, island.gamma); // What is kept is in single precision.
  return {
    ...stored,
    selfProduct: innerProduct(kept, kept),
    sketch: Float32Array.from(sketchOf(kept.points, kept.weights, featuresOf(island))),
  };
}

/** The reduced set that was kept. */
export function rkmeOf(
  { rows, cols, points, weights, rowCount }: Omit<StoredSpecification, "selfProduct">,
  gamma: number,
): Rkme {
  return {
    points: { data: Float64Array.from(floatsOf(points)), rows, cols },
    weights: Float64Array.from(floatsOf(weights)),
    gamma,
    rowCount,
  };
}

/** How many encoded columns the features of an island take. */
export function widthOf({ features }: Pick<Island, "features">): number {
  return features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
}

const featuresByIsland = new WeakMap<Island, ReturnType<typeof islandFeatures>>();

/** The random features that this version of an island is sketched with; drawn once for each object. */
export function featuresOf(island: Island): ReturnType<typeof islandFeatures> {
  let features = featuresByIsland.get(island);
  if (!features) {
    features = islandFeatures(island, widthOf(island));
    featuresByIsland.set(island, features);
  }
  return features;
}
