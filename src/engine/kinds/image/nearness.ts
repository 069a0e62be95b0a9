import type { Matrix } from "../../ground/matrix";
import type { BookPoints } from "../../specification/book/book";
import { gaussianGram } from "../../specification/kernel/gaussian";
import type { EmbeddingSpace } from "../../specification/embedding/embedding-space";

/** Pictures that tell in which space they lie. */
export const LOOKED_AT = 200;

/**
 * How near pictures lie to the public points of a space, by the first of them: the mean of the kernel, in [0, 1].
 *
 * @param points - In the space; shape [n, d], n > 0.
 */
export function nearness(
  { data, cols }: Matrix,
  book: BookPoints,
  { kernel }: Pick<EmbeddingSpace, "kernel">,
): number {
  const rows = Math.min(LOOKED_AT, data.length / cols);
  const gram = gaussianGram(
    { data: data.subarray(0, rows * cols), rows, cols },
    book,
    kernel.gamma,
  );
  return gram.data.reduce((sum, value) => sum + value, 0) / gram.data.length;
}
