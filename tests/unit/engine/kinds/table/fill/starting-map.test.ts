import { describe, expect, test } from "vitest";

import { alignRows, identityLayer } from "../../../../../../src/engine/kinds/table/fill/alignment";
import { marginalSet } from "../../../../../../src/engine/specification/marginal";
import { startingMap } from "../../../../../../src/engine/kinds/table/fill/starting-map";
import { EngineError } from "../../../../../../src/engine/ground/errors";
import { innerProduct } from "../../../../../../src/engine/specification/kernel/mmd";
import { fromRows, toRows } from "../../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../../src/engine/ground/random";
import type { Specification } from "../../../../../../src/engine/specification/specification";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";

function reduced(rows: readonly (readonly number[])[], gamma = 0.5): Specification {
  const weights = new Float64Array(rows.length).fill(1 / rows.length);
  return { points: fromRows(rows), weights, kernel: gaussianKernel(gamma), rowCount: rows.length };
}

/** The third column is 2a − b + 1, the second is b itself. */
function linearSet(count: number): Specification {
  const random = seededRandom(5);
  return reduced(
    Array.from({ length: count }, () => {
      const [a, b] = [normal(random), normal(random)];
      return [a, b, 2 * a - b + 1];
    }),
  );
}

describe("where an alignment starts", () => {
  test("columns that are known stay as they are, in the learnware's order", () => {
    const map = startingMap(linearSet(50), [1, 0]);
    const mapped = alignRows({ start: map, network: [] }, fromRows([[7, -3]]));
    expect([...mapped.data.subarray(0, 2)]).toEqual([-3, 7]);
  });

  test("a missing column is what the learnware's rows say, the nearer the more points", () => {
    const errorWith = (points: number) => {
      const map = startingMap(linearSet(points), [0, 1]);
      return Math.abs(alignRows({ start: map, network: [] }, fromRows([[1, 2]])).data[2]! - 1);
    };
    expect(errorWith(2000)).toBeLessThan(0.01);
    expect(errorWith(20)).toBeLessThan(0.6);
  });

  test("a missing column that depends on nothing known is the learnware's mean", () => {
    const set = reduced([
      [0, 4],
      [0, 6],
    ]);
    const map = startingMap(set, [0]);
    expect(alignRows({ start: map, network: [] }, fromRows([[100]])).data[1]).toBeCloseTo(5, 10);
  });

  test("with all columns known it changes nothing", () => {
    const set = linearSet(10);
    expect(startingMap(set, [0, 1, 2])).toEqual(identityLayer(3));
  });

  test("refuses a set without weight", () => {
    const empty = { ...linearSet(5), weights: new Float64Array(5) };
    expect(() => startingMap(empty, [0])).toThrow(
      expect.objectContaining({ code: "bad_parameter" } satisfies Partial<EngineError>),
    );
  });
});

describe("a map of two parts", () => {
  test("adds what the network says to the linear map", () => {
    const layer = (rows: number[][], ...bias: number[]) => ({
      weights: fromRows(rows),
      bias: Float64Array.from(bias),
    });
    const alignment = {
      start: identityLayer(1),
      network: [layer([[1, -1]], 0, 0), layer([[10], [100]], 0.5)],
    };
    expect([...alignRows(alignment, fromRows([[2], [-3]])).data]).toEqual([22.5, 297.5]);
  });

  test("refuses rows of another width, and a map of no parts", () => {
    const one = fromRows([[1]]);
    expect(() => alignRows({ start: identityLayer(2), network: [] }, one)).toThrow(
      expect.objectContaining({ code: "shape_mismatch" } satisfies Partial<EngineError>),
    );
    expect(() => alignRows({ start: null, network: [] }, one)).toThrow(
      expect.objectContaining({ code: "bad_parameter" } satisfies Partial<EngineError>),
    );
  });
});

describe("a reduced set without some columns", () => {
  test("keeps the others and widens the kernel in proportion", () => {
    const set = reduced([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    const part = marginalSet(set, [3, 1]);
    expect(toRows(part.points)).toEqual([
      [4, 2],
      [8, 6],
    ]);
    expect(part.kernel.gamma).toBe(1);
    expect(part.weights).toBe(set.weights);
  });

  test("stands for the distribution of what is left: equal columns make equal sets", () => {
    const [a, b] = [linearSet(30), linearSet(30)];
    const shifted = { ...b, points: { ...b.points, data: b.points.data.slice() } };
    for (let i = 0; i < 30; i++) shifted.points.data[i * 3 + 2]! += 50;
    const [left, right] = [marginalSet(a, [0, 1]), marginalSet(shifted, [0, 1])];
    expect(innerProduct(left, right)).toBeCloseTo(innerProduct(left, left), 12);
  });
});
