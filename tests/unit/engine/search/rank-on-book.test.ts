import { describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import type { Matrix } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { rankCandidates, type Ranking } from "../../../../src/engine/search/rank";
import { rankKnown } from "../../../../src/engine/search/rank-known";
import { onBook, openBook } from "../../../../src/engine/specification/book/book";
import { weighRows } from "../../../../src/engine/specification/book/weigh";
import type { CandidateSpec } from "../../../../src/engine/specification/candidate-spec";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";

const COLS = 3;
const kernel = gaussianKernel(0.25);
const compute = new ReferenceCompute();
const book = openBook(cloud(1, 0, 60, 3), kernel);

/** Normal rows around a centre. */
function cloud(seed: number, centre: number, rows: number, spread = 1): Matrix<Float32Array> {
  const random = seededRandom(seed);
  const draw = () => centre + spread * normal(random);
  return { data: Float32Array.from({ length: rows * COLS }, draw), rows, cols: COLS };
}

async function specOnBook(id: string, x: Matrix<Float32Array>): Promise<CandidateSpec> {
  const rows = await compute.load(x);
  const bookWeights = await weighRows(book, rows);
  const rkme = onBook(book, bookWeights, x.rows);
  return { id, rkme, radiusSquared: 1.5, bookWeights };
}

const candidates = await Promise.all(
  [-3, -1, 0, 2, 4].map((centre, i) => specOnBook(`at${centre}`, cloud(i + 2, centre, 200))),
);
const [left, right] = [cloud(9, -3, 200), cloud(10, 2, 150)];
const user = { data: Float32Array.of(...left.data, ...right.data), rows: 350, cols: COLS };

/** The same numbers, but for distances that are held in single precision. */
function expectAlike(one: Ranking, other: Ranking): void {
  expect(one.singles.map(({ id }) => id)).toEqual(other.singles.map(({ id }) => id));
  const pairs = one.singles.map((single, i) => [single, other.singles[i]!] as const);
  if (one.mixture)
    pairs.push([
      { id: "", ...one.mixture },
      { id: "", ...other.mixture! },
    ]);
  for (const [a, b] of pairs) {
    expect(a.mmd2).toBeCloseTo(b.mmd2, 6);
    expect(a.similarity).toBeCloseTo(b.similarity, 6);
    expect(a.coverage).toBeCloseTo(b.coverage, 2);
  }
}

describe("ranking weights on a book", () => {
  test("gives what their points would, one by one", async () => {
    const onBook = await finish(rankCandidates(compute, user, kernel, candidates, book.points));
    const onPoints = await finish(rankCandidates(compute, user, kernel, candidates));
    expect(onBook.mixture?.members.length).toBeGreaterThan(1);
    expectAlike(onBook, onPoints);
  });

  test("does so in the columns that the user has", async () => {
    const known = { columns: [0, 2], compared: 2 / 3 };
    const onBook = rankKnown(compute, user, kernel, candidates, known, book.points);
    const onPoints = rankKnown(compute, user, kernel, candidates, known);
    expectAlike(await finish(onBook), await finish(onPoints));
  });

  test("goes by points as soon as one candidate is not on the book", async () => {
    const [first, ...others] = candidates;
    const mixed = [{ ...first!, bookWeights: undefined }, ...others];
    const ranking = await finish(rankCandidates(compute, user, kernel, mixed, book.points));
    expectAlike(ranking, await finish(rankCandidates(compute, user, kernel, candidates)));
  });
});

describe("ranking in a pinned space", () => {
  const ranked = (rows: Matrix<Float32Array>, isPinned: boolean, of = candidates) =>
    finish(rankCandidates(compute, rows, kernel, of, book.points, isPinned));

  test("what all have in common makes none alike, and the order stays", async () => {
    const two = await Promise.all(
      [-0.4, 0.4].map((centre, i) => specOnBook(`at${centre}`, cloud(i + 20, centre, 400))),
    );
    const rows = cloud(11, 0.4, 400);
    const [plain, pinned] = [await ranked(rows, false, two), await ranked(rows, true, two)];
    for (const { singles } of [plain, pinned]) expect(singles[0]!.id).toBe("at0.4");
    expect(pinned.singles[0]!.similarity).toBeGreaterThan(0.8);
    expect(pinned.singles[1]!.similarity).toBeLessThan(plain.singles[1]!.similarity);
  });

  test("rows of two kinds are mixed of the two", async () => {
    const { mixture } = await ranked(user, true);
    expect(mixture!.members.map(({ id }) => id).sort()).toEqual(["at-3", "at2"]);
    expect(mixture!.similarity).toBeGreaterThan(0.8);
    expect(mixture!.coverage).toBe((await ranked(user, false)).mixture!.coverage);
  });

  test("few rows are as like what they are drawn from as many", async () => {
    const spec = [await specOnBook("same", cloud(30, 0.4, 400))];
    const likeness = async (seed: number, count: number) =>
      (await ranked(cloud(seed, 0.4, count), true, spec)).singles[0]!.similarity;
    const few = await Promise.all([41, 42, 43, 44, 45].map((seed) => likeness(seed, 15)));
    const mean = few.reduce((sum, value) => sum + value, 0) / few.length;
    expect(Math.abs(mean - (await likeness(46, 2000)))).toBeLessThan(0.1);
  });
});
