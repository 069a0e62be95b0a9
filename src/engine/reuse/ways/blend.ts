import { type Matrix, zeros } from "../../ground/matrix";

/**
 * Weighted sum of several learnwares' outputs: Y[i] = Σₘ wᵢₘ Yₘ[i]. Cost is O(m · n · c).
 *
 * @param values - m ≥ 1 matrices of shape [n, c].
 * @param weights - Shape [m], the same for all rows, or [n, m].
 * @returns Shape [n, c].
 */
export function blend(
  values: readonly Matrix[],
  weights: Float64Array | Matrix<Float64Array>,
): Matrix<Float64Array> {
  const { rows, cols } = values[0]!;
  const sum = zeros(rows, cols);
  values.forEach(({ data }, m) => {
    for (let i = 0, at = 0; i < rows; i++) {
      const weight =
        weights instanceof Float64Array ? weights[m]! : weights.data[i * weights.cols + m]!;
      for (let k = 0; k < cols; k++, at++) sum.data[at]! += weight * data[at]!;
    }
  });
  return sum;
}
