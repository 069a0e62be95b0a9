/**
 * Parts for cross-validation: each class spread evenly over the folds, in the order of the rows.
 *
 * The same as `StratifiedKFold` of scikit-learn 1.2 without shuffling.
 *
 * @param codes - Shape [n], ≥ 0; all equal for no classes.
 * @param count - Folds, ≥ 2.
 * @returns Shape [n]: the fold of each row, in [0, count).
 */
export function stratifiedFolds(codes: Int32Array, count: number): Int32Array {
  const rowsOf = new Map<number, number[]>();
  codes.forEach((code, row) => {
    const rows = rowsOf.get(code);
    if (rows) rows.push(row);
    else rowsOf.set(code, [row]);
  });
  const folds = new Int32Array(codes.length);
  let position = 0;
  for (const rows of rowsOf.values()) {
    const dealt = rows.map(() => position++ % count).sort((a, b) => a - b);
    rows.forEach((row, i) => (folds[row] = dealt[i]!));
  }
  return folds;
}
