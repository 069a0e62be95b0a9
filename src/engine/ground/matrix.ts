import { EngineError } from "./errors";

/** Row-major numbers: element (i, j) of a [rows, cols] matrix is `data[i * cols + j]`. */
export interface Matrix<T extends Float32Array | Float64Array = Float32Array | Float64Array> {
  readonly data: T;
  readonly rows: number;
  readonly cols: number;
}

/** A [rows, cols] matrix of zeros in double precision. */
export function zeros(rows: number, cols: number): Matrix<Float64Array> {
  return { data: new Float64Array(rows * cols), rows, cols };
}

/**
 * A double-precision matrix from nested rows.
 *
 * @throws EngineError `shape_mismatch` if the rows differ in length.
 */
export function fromRows(rows: readonly (readonly number[])[]): Matrix<Float64Array> {
  const cols = rows[0]?.length ?? 0;
  const matrix = zeros(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      throw new EngineError(
        "shape_mismatch",
        `row ${i} has ${row.length} numbers, row 0 has ${cols}`,
      );
    }
    matrix.data.set(row, i * cols);
  });
  return matrix;
}

/** The rows of a matrix as nested arrays. */
export function toRows({ data, rows, cols }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);
}

export function copyOf({
  data,
  rows,
  cols,
}: Matrix<Float32Array>): Matrix<Float32Array<ArrayBuffer>> {
  return { data: Float32Array.from(data), rows, cols };
}

/** Some rows of a matrix, in the order given. */
export function pickRows(
  { data, cols }: Matrix<Float32Array>,
  rows: ArrayLike<number>,
): Matrix<Float32Array<ArrayBuffer>> {
  const picked = new Float32Array(rows.length * cols);
  for (let i = 0; i < rows.length; i++) {
    picked.set(data.subarray(rows[i]! * cols, (rows[i]! + 1) * cols), i * cols);
  }
  return { data: picked, rows: rows.length, cols };
}

/**
 * Matrices one below the other.
 *
 * @param parts - One or more, all of one width.
 * @throws EngineError `shape_mismatch` if widths differ.
 */
export function stackRows(parts: readonly Matrix[]): Matrix<Float32Array<ArrayBuffer>> {
  const cols = parts[0]!.cols;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const data = new Float32Array(rows * cols);
  let at = 0;
  for (const part of parts) {
    if (part.cols !== cols) {
      throw new EngineError("shape_mismatch", `${part.cols} columns below ${cols}`);
    }
    data.set(part.data, at);
    at += part.data.length;
  }
  return { data, rows, cols };
}
