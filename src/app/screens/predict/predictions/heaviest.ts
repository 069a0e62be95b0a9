/** The three of the largest weights, with their names. */
export function heaviest(weights: readonly number[], names: readonly string[]) {
  return weights
    .map((weight, m) => ({ weight, name: names[m] ?? "" }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3);
}
