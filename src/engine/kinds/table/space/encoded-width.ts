/** How many encoded columns a feature takes. */
export function encodedWidth(feature: {
  readonly type: string;
  readonly categories: readonly string[];
}): number {
  return feature.type === "category" ? feature.categories.length : 1;
}
