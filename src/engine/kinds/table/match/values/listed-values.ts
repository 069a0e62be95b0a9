import { categoryKey } from "../../../../ground/category-key";
import type { SpaceFeature } from "../../space/space";

const known = new WeakMap<SpaceFeature, ReadonlySet<string>>();

/** The values that a category lists, as `categoryKey` has them; made once. */
export function listedValues(feature: SpaceFeature): ReadonlySet<string> {
  const made = known.get(feature) ?? new Set(feature.categories.map(categoryKey));
  known.set(feature, made);
  return made;
}
