import { describe, expect, test } from "vitest";

import { EngineError } from "../../../../src/engine/ground/errors";
import { finish } from "../../../../src/engine/ground/finish";
import type { Matrix } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { BookPairs } from "../../../../src/engine/search/book-pairs";
import { coveredShare, packRkme, ReferencePairs } from "../../../../src/engine/search/pairs";
import { rankReduced, reducedUser } from "../../../../src/engine/search/rank-reduced";
import { onBook, openBook } from "../../../../src/engine/specification/book/book";
import { packShares, unpackShares } from "../../../../src/engine/specification/book/shares";
import { innerProduct } from "../../../../src/engine/specification/kernel/mmd";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";

const M = 60;
const COLS = 3;
const random = seededRandom(4);
const points: Matrix<Float64Array> = {
  data: Float64Array.from({ length: M * COLS }, () => normal(random)),
  rows: M,
  cols: COLS,
};
const kernel = gaussianKernel(0.3);
const book = openBook(points, kernel);
const onPoints = new ReferencePairs();
const onWeights = new BookPairs(book);

/** The same weights, as they are kept on a book and with their points. */
function madeUp(radiusSquared: number) {
  const wanted = Float64Array.from({ length: M }, () => Math.max(0, random() - 0.7));
  const bytes = packShares(wanted);
  const weights = unpackShares(bytes);
  const packed = { rows: M, cols: COLS, points: new Uint8Array(), weights: bytes, radiusSquared };
  const rkme = onBook(book, weights, 100);
  return { packed, weights, rkme, set: { ...packRkme(rkme), radiusSquared } };
}

describe("BookPairs", () => {
  const [one, ...others] = Array.from({ length: 8 }, (_, i) => madeUp(i / 4));

  test("gives the products and coverage of the points that weights stand for", () => {
    const found = onWeights.compare(
      one!.packed,
      0.3,
      others.map(({ packed }) => packed),
    );
    const expected = onPoints.compare(
      one!.set,
      0.3,
      others.map(({ set }) => set),
    );
    found.forEach(({ cross, covered }, i) => {
      expect(cross).toBeCloseTo(innerProduct(one!.rkme, others[i]!.rkme), 12);
      const share = coveredShare(one!.weights, covered);
      expect(share).toBeCloseTo(coveredShare(one!.rkme.weights, expected[i]!.covered), 12);
    });
    const shares = found.map(({ covered }) => coveredShare(one!.weights, covered));
    expect(new Set(shares).size).toBeGreaterThan(3);
  });

  test("ranks and mixes as points do", async () => {
    const id = (i: number) => `number ${i}`;
    const self = ({ rkme }: (typeof others)[number]) => innerProduct(rkme, rkme);
    const user = { packed: one!.packed, weights: one!.weights, kernel };
    const weighed = others.map((other, i) => {
      return { ...other.packed, id: id(i), selfProduct: self(other) };
    });
    const drawn = others.map((other, i) => ({
      ...other.set,
      id: id(i),
      selfProduct: self(other),
    }));
    const ranked = await finish(rankReduced(onWeights, user, weighed));
    const expected = await finish(rankReduced(onPoints, reducedUser(one!.rkme), drawn));
    expect(ranked.singles.map((single) => single.id)).toEqual(
      expected.singles.map((single) => single.id),
    );
    ranked.singles.forEach(({ mmd2, coverage }, i) => {
      expect(mmd2).toBeCloseTo(expected.singles[i]!.mmd2, 6); // Points are in single precision.
      expect(coverage).toBeCloseTo(expected.singles[i]!.coverage, 6);
    });
    expect(ranked.mixture?.members.length).toBe(expected.mixture?.members.length);
    expect(ranked.mixture?.mmd2).toBeCloseTo(expected.mixture!.mmd2, 6);
  });

  test("refuses what is not one weight for each point", () => {
    const wrong = { ...one!.packed, weights: one!.packed.weights.slice(2) };
    expect(() => onWeights.compare(wrong, 0.3, [])).toThrow(EngineError);
  });
});
