/** @file Books as a dock would have made them, for tables whose rows are all there are. */

import { finish } from "../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import { type Book, openBook } from "../../src/engine/specification/book/book";
import { makeBook } from "../../src/engine/specification/book/make-book";
import { outlineForm } from "../../src/engine/specification/forms";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import type { Kernel } from "../../src/engine/specification/kernel/kernel";
import { keyedHalf } from "../../src/engine/specification/keyed/keyed-half";
import type { Specification } from "../../src/engine/specification/specification";
import { secretOf } from "../fixtures/secret";

/** Others who published outlines of rows of the same kind. */
const PUBLISHERS = 10;

/** A book of the outlines that ten others published of rows of the same kind. */
export async function publicBook(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
): Promise<Book> {
  const published: Specification[] = [];
  for (let other = 0; other < PUBLISHERS; other++) {
    const rows = pickRows(x, sampleIndices(x.rows, x.rows >> 1, seededRandom(other)));
    const half = keyedHalf(rows, secretOf(100 + other));
    const form = await finish(outlineForm(compute, half, { kernel }));
    published.push((await finish(form.describe(half, form.most))).rkme);
  }
  return openBook((await makeBook(published, "bench"))!, kernel);
}
