import { describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../../../src/engine/ground/random";
import { openBook } from "../../../../src/engine/specification/book/book";
import { bookForm } from "../../../../src/engine/specification/forms";
import { medianGamma } from "../../../../src/engine/specification/kernel/bandwidth";
import type { Compute } from "../../../../src/engine/specification/kernel/compute";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import { embeddingAt, squaredMmd } from "../../../../src/engine/specification/kernel/mmd";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { keyedHalf } from "../../../../src/engine/specification/keyed/keyed-half";
import type { Specification } from "../../../../src/engine/specification/specification";
import { WasmCompute } from "../../../../src/runtime/compute/wasm/wasm-compute";
import { realTable } from "../../../fixtures/real-tables";
import { secretOf } from "../../../fixtures/secret";

const POINTS = 64;
const iris = realTable("iris");
const kernel = gaussianKernel(medianGamma(iris));
const book = openBook(pickRows(iris, sampleIndices(150, POINTS, seededRandom(99))), kernel);

describe("who knows nearly everything", () => {
  test("finds a cell among 28 values no more often than by guessing, on ten tables", async () => {
    const wasm = await WasmCompute.create();
    const other = new ReferenceCompute();
    const values = [...new Set(iris.data.filter((_, at) => at % 4 === 2))];
    let found = 0;
    for (let table = 0; table < 10; table++) {
      const random = seededRandom(table);
      const rows = pickRows(iris, sampleIndices(150, 150, random));
      const at = 149 * 4 + 2;
      const truth = rows.data[at]!;
      const wrong = values.filter((value) => value !== truth);
      const tried = [
        truth,
        ...Array.from(sampleIndices(wrong.length, 27, random), (i) => wrong[i]!),
      ];
      const sent = await described(wasm, rows, 1);
      const distances: number[] = [];
      for (const value of tried) {
        const data = rows.data.slice();
        data[at] = value;
        distances.push(squaredMmd(sent, await described(other, { ...rows, data }, 2)));
      }
      if (distances[0] === Math.min(...distances)) found++;
    }
    // By guessing 0.36 of ten; more than two by a chance of 1 in 200.
    expect(found).toBeLessThanOrEqual(2);
  });

  test("hardly tells a row that was added from rows that were not", async () => {
    const wasm = await WasmCompute.create();
    let higher = 0;
    for (let table = 0; table < 40; table++) {
      const order = sampleIndices(150, 150, seededRandom(table));
      const before = await described(wasm, pickRows(iris, order.subarray(0, 99)), 1);
      const after = await described(wasm, pickRows(iris, order.subarray(0, 100)), 1);
      const asked = pickRows(iris, order.subarray(99));
      const [was, is] = [embeddingAt(before, asked), embeddingAt(after, asked)];
      const [own, ...others] = Array.from(is, (value, i) => 100 * value - 99 * was[i]!);
      higher += others.filter((one) => one < own!).length / others.length;
    }
    // It is in what was sent half of the time. A guess has 0.5, with an error of 0.046; without coins it was 0.93.
    expect(higher / 40).toBeLessThan(0.7);
  });
});

async function described(
  compute: Compute,
  x: Matrix<Float32Array>,
  secret: number,
): Promise<Specification> {
  const form = bookForm(compute, book);
  return (await finish(form.describe(keyedHalf(x, secretOf(secret)), POINTS))).rkme;
}
