import { describe, expect, it } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import {
  fromRows,
  type Matrix,
  pickRows,
  toRows,
  zeros,
} from "../../../../src/engine/ground/matrix";
import { normal, sampleIndices, seededRandom } from "../../../../src/engine/ground/random";
import { chanceOfAgreement, markSameRows } from "../../../../src/engine/search/same-rows";
import type { CandidateSpec } from "../../../../src/engine/specification/candidate-spec";
import { onBook, openBook } from "../../../../src/engine/specification/book/book";
import { packShares, unpackShares } from "../../../../src/engine/specification/book/shares";
import { weighRows } from "../../../../src/engine/specification/book/weigh";
import { describeRows } from "../../../../src/engine/specification/describe";
import { gaussianGram } from "../../../../src/engine/specification/kernel/gaussian";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { solveSimplexQp } from "../../../../src/engine/specification/reduce/simplex-qp";
import type { Specification } from "../../../../src/engine/specification/specification";
import { secretOf } from "../../../fixtures/secret";

const GAMMA = 0.25;

function rowsOf(rows: number, seed: number): Matrix<Float32Array<ArrayBuffer>> {
  const random = seededRandom(seed);
  return { data: new Float32Array(rows * 3).map(() => normal(random)), rows, cols: 3 };
}

/** Points anywhere near the rows, and the best weights for them, as every reduction ends. */
function outlineOf(x: Matrix<Float32Array>, count: number, seed: number): Specification {
  const random = seededRandom(seed);
  const points = zeros(count, x.cols);
  points.data.forEach((_, at) => (points.data[at] = 1.2 * normal(random)));
  const gram = gaussianGram(x, points, GAMMA);
  const means = new Float64Array(count);
  gram.data.forEach((value, at) => (means[at % count]! += value / x.rows));
  const { weights } = solveSimplexQp(gaussianGram(points, points, GAMMA), means, { ridge: 1e-8 });
  const kept = [...weights.keys()].filter((j) => weights[j]! > 0);
  return {
    points: fromRows(kept.map((j) => toRows(points)[j]!)),
    weights: Float64Array.from(kept, (j) => weights[j]!),
    kernel: gaussianKernel(GAMMA),
    rowCount: x.rows,
  };
}

describe("chanceOfAgreement", () => {
  it("is next to nothing for the rows themselves, and for a table of which they are most", () => {
    const x = rowsOf(300, 1);
    const training = sampleIndices(300, 240, seededRandom(2)).sort();
    expect(chanceOfAgreement(x, outlineOf(x, 30, 3))).toBeLessThan(1e-20);
    expect(chanceOfAgreement(x, outlineOf(pickRows(x, training), 30, 3))).toBeLessThan(1e-3);
    expect(chanceOfAgreement(pickRows(x, training), outlineOf(x, 30, 3))).toBeLessThan(1e-3);
  });

  it("is any number for other rows of the same kind, and seldom a small one", () => {
    const chances = Array.from({ length: 200 }, (_, i) =>
      chanceOfAgreement(rowsOf(300, 1000 + i), outlineOf(rowsOf(300, 5000 + i), 20, i)),
    );
    expect(Math.min(...chances)).toBeGreaterThan(1e-3);
    // Uniform, if the degrees of freedom are right: 10 of 200 below 0.05, and three standard deviations are 9.
    expect(chances.filter((chance) => chance < 0.05).length).toBeLessThan(20);
  });

  it("tells the rows behind weights on a book from others, which points that carry none have no part in", async () => {
    const random = seededRandom(4);
    const points = {
      data: new Float64Array(128 * 3).map(() => 1.2 * normal(random)),
      rows: 128,
      cols: 3,
    };
    const book = openBook(points, gaussianKernel(GAMMA));
    const compute = new ReferenceCompute();
    for (let seed = 1; seed <= 5; seed++) {
      const x = rowsOf(300, seed);
      const weights = unpackShares(packShares(await weighRows(book, await compute.load(x))));
      const rkme = onBook(book, weights, 300);
      expect(chanceOfAgreement(x, rkme)).toBeLessThan(1e-20);
      expect(chanceOfAgreement(rowsOf(300, 100 + seed), rkme)).toBeGreaterThan(1e-3);
    }
  });

  it("says nothing of tables of another size, or of an outline of two points", () => {
    const x = rowsOf(300, 1);
    expect(chanceOfAgreement(rowsOf(900, 1), outlineOf(x, 30, 3))).toBe(1);
    expect(chanceOfAgreement(x, outlineOf(x, 2, 3))).toBe(1);
  });
});

describe("a learnware that learnt from the very table", () => {
  const x = rowsOf(400, 7);
  const fit = { mmd2: 0, similarity: 0.99, coverage: 1 };
  const singles = [
    { ...fit, id: "8" },
    { ...fit, id: "7" },
  ];
  const marked = (candidates: readonly CandidateSpec[]) =>
    finish(markSameRows(x, { singles, mixture: null }, candidates));

  it("is marked among others of the same kind, if all rows are in its outline", async () => {
    const candidates = [7, 8].map((seed) => ({
      ...{ id: `${seed}`, radiusSquared: 1 },
      rkme: outlineOf(rowsOf(400, seed), 30, 3),
    }));
    expect((await marked(candidates)).singles).toEqual([
      singles[0],
      { ...singles[1], sameRows: true },
    ]);
  });

  it("is not told from others, if its outline is of half of the rows as Berth's are", async () => {
    const compute = new ReferenceCompute();
    const candidates: CandidateSpec[] = [];
    for (const seed of [7, 8]) {
      const options = { kernel: gaussianKernel(GAMMA), secret: secretOf(1) };
      const { rkme } = await finish(describeRows(compute, rowsOf(400, seed), options));
      candidates.push({ id: `${seed}`, rkme, radiusSquared: 1 });
    }
    expect((await marked(candidates)).singles).toEqual(singles);
  });
});
