import type { Matrix } from "../../ground/matrix";

/**
 * How much learnwares disagree about each row: σᵢ = the standard deviation of what they say, to which is added its
 * mean over the rows, so that rows on which they happen to agree are not taken for certain.
 *
 * Cost is O(m · n). Source: Papadopoulos, Gammerman, Vovk, "Normalized Nonconformity Measures for Regression Conformal
 * Prediction", AIA 2008, for a constant beside a measure of difficulty.
 *
 * @param values - Per learnware: shape [n, 1].
 * @param typical - What to add; by default the mean over these rows. Keep it from the labelled rows for all others.
 * @returns `difficulty` [n], > 0, and what was added.
 */
export function disagreement(
  values: readonly Matrix<Float64Array>[],
  typical?: number,
): { readonly difficulty: Float64Array; readonly typical: number } {
  const m = values.length;
  const spread = Float64Array.from({ length: values[0]!.rows }, (_, i) => {
    const mean = values.reduce((sum, { data }) => sum + data[i]!, 0) / m;
    return Math.sqrt(values.reduce((sum, { data }) => sum + (data[i]! - mean) ** 2, 0) / m);
  });
  const added = typical ?? spread.reduce((sum, x) => sum + x, 0) / spread.length;
  const floor = added > 0 ? added : 1;
  return { difficulty: spread.map((x) => x + floor), typical: floor };
}
