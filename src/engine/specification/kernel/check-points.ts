import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";

/**
 * What every `Compute` asks of rows before it loads them.
 *
 * @throws EngineError `shape_mismatch` if the numbers do not fill [rows, cols], or either is 0.
 */
export function checkRows(x: Matrix): void {
  if (x.rows < 1 || x.cols < 1 || x.data.length !== x.rows * x.cols) {
    throw new EngineError(
      "shape_mismatch",
      `rows must fill [${x.rows}, ${x.cols}] and neither may be 0, got ${x.data.length} numbers`,
    );
  }
}

/**
 * What every `LoadedRows` asks of points before it sums.
 *
 * @throws EngineError `shape_mismatch` if there are none, or their dimension is not `cols`.
 */
export function checkPoints(z: Matrix, cols: number): void {
  if (z.rows < 1 || z.cols !== cols || z.data.length !== z.rows * z.cols) {
    throw new EngineError(
      "shape_mismatch",
      `points must be [m ≥ 1, ${cols}], got [${z.rows}, ${z.cols}] of ${z.data.length} numbers`,
    );
  }
}

/**
 * What every `LoadedRows` asks of random features before it sums.
 *
 * @throws EngineError `shape_mismatch` if they are not of `cols` columns.
 */
export function checkFeatures(features: { readonly cols: number }, cols: number): void {
  if (features.cols !== cols) {
    throw new EngineError(
      "shape_mismatch",
      `features are of ${features.cols} columns, rows of ${cols}`,
    );
  }
}
