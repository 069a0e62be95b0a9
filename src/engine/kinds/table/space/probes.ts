import { EngineError } from "../../../ground/errors";
import type { Specification } from "../../../specification/specification";
import { matrixInput } from "../../../learnware/model-input";
import type { Probes } from "../../kind";
import { columnsOf } from "./encode";
import type { Space } from "./space";

/**
 * The points of two learnwares in their own units. Points are means of rows, so that categories and
 * booleans come as shares between 0 and 1.
 *
 * @param a - Of m points on the scale of `space`.
 * @throws EngineError `shape_mismatch` if points are not of the island's columns.
 */
export function probesOf(a: Specification, b: Specification, space: Space): Probes {
  const { features } = space;
  const centers = features.flatMap(({ center }) => center);
  const scales = features.flatMap(({ scale }) => scale);
  const cols = centers.length;
  const sets = [a, b];
  const rows = a.points.rows + b.points.rows;
  const data = new Float32Array(rows * cols);
  const weights = new Float64Array(rows);
  let row = 0;
  for (const { points, weights: given } of sets) {
    if (points.cols !== cols) {
      throw new EngineError(
        "shape_mismatch",
        `the points have ${points.cols} columns, the island ${cols}`,
      );
    }
    const total = given.reduce((sum, weight) => sum + Math.max(0, weight), 0);
    for (let i = 0; i < points.rows; i++, row++) {
      weights[row] = Math.max(0, given[i]!) / (2 * total);
      for (let k = 0; k < cols; k++) {
        data[row * cols + k] = centers[k]! + scales[k]! * points.data[i * cols + k]!;
      }
    }
  }
  const encoded = { data, rows, cols };
  return {
    weights,
    inputs: ({ input, features }) => [matrixInput(input, columnsOf(encoded, space, features))],
  };
}
