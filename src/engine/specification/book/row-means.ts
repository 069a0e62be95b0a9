import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { gaussianGram } from "../kernel/gaussian";
import { gaussianGamma } from "../kernel/kernel";
import type { Book } from "./book";

/** Rows that are summed up by themselves: rounding grows with these and with how many such parts there are. */
const PART = 1024;

/**
 * The kernel mean of rows at each point of a book, in double precision throughout: for noise has to hide what rounding
 * moves, and what is worked out from these makes of it a thousand times as much.
 *
 * Cost is O(n · m · d); memory does not grow with n.
 *
 * @param x - Shape [n, d], finite, n ≥ 1, on the scale of the space.
 * @returns c, shape [m], in [0, 1].
 * @throws EngineError `shape_mismatch` if rows have another number of columns.
 */
export async function* meansOnBook(
  { points, kernel }: Pick<Book, "points" | "kernel">,
  { data, rows, cols }: Matrix<Float32Array>,
): Steps<Float64Array> {
  const gamma = gaussianGamma(kernel);
  const m = points.rows;
  const means = new Float64Array(m);
  for (let start = 0; start < rows; start += PART) {
    yield { stage: "encode", done: start, total: rows };
    const end = Math.min(rows, start + PART);
    const part = { data: data.subarray(start * cols, end * cols), rows: end - start, cols };
    const gram = gaussianGram(part, points, gamma).data;
    const sums = new Float64Array(m);
    for (let i = 0, at = 0; i < part.rows; i++) for (let j = 0; j < m; j++) sums[j]! += gram[at++]!;
    for (let j = 0; j < m; j++) means[j]! += sums[j]! / rows;
  }
  return means;
}
