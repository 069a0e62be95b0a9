import { categoryKey } from "../../../ground/category-key";
import type { FeatureMatch } from "./space";

/** The key of the listed value that a value of a column means: its own, unless it was said to be another. */
export function meantKey(values: FeatureMatch["values"] = []): (text: string) => string {
  const meant = new Map(values.map(([own, listed]) => [categoryKey(own), categoryKey(listed)]));
  return (text) => {
    const key = categoryKey(text);
    return meant.get(key) ?? key;
  };
}
