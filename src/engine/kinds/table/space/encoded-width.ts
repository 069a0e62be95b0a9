/** How many encoded columns a feature takes. */
export function encodedWidth(feature: {
  readonly type: string;
  readonly categories: readonly string[];
}): number {
  return feature.type === "category" ? feature.categories.length : 1;
}

/** How many encoded columns features take together. */
export function widthOf({
  features,
}: {
  readonly features: readonly Parameters<typeof encodedWidth>[0][];
}): number {
  return features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
}
