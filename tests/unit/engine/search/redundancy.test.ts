import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { HeldBackMetric } from "../../../../src/engine/learnware/manifest";
import { predictLinear } from "../../../../src/engine/learner/linear/linear-model";
import { fromRows, toRows } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { ReferencePairs } from "../../../../src/engine/search/pairs";
import { behaveAlike, coveredBy, type Member } from "../../../../src/engine/search/redundancy";
import { simulatedCard, simulatedModel } from "../../../fixtures/simulated-cards";
import { rkmeOf, SimulatedMarket } from "../../../fixtures/simulated-market";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import { featureRows } from "../../../../src/engine/kinds/table/rows/feature-rows";
import { probesOf } from "../../../../src/engine/kinds/table/space/probes";

const kernel = new ReferencePairs();
const always = () => Promise.resolve(true);

/** A learnware whose 20 points lie around (x, 0). */
function member(id: string, acceptedAt: number, x = 0, change: Partial<Member> = {}): Member {
  const random = seededRandom(acceptedAt + id.length);
  const rows = Array.from({ length: 20 }, (_, i) => [
    x + Math.sin(i) + 0.02 * normal(random),
    Math.cos(i) + 0.02 * normal(random),
  ]);
  return {
    id,
    islandId: "houses",
    task: "regression",
    target: "price",
    labels: [],
    rkme: {
      points: fromRows(rows),
      weights: new Float64Array(20).fill(0.05),
      kernel: gaussianKernel(0.5),
      rowCount: 400,
    },
    radiusSquared: 0.5,
    metrics: [],
    acceptedAt,
    coveredBy: null,
    ...change,
  };
}

function rmse(value: number): HeldBackMetric[] {
  return [{ name: "rmse", value, trivial: 2, rows: 50 }];
}

describe("a learnware is redundant", () => {
  const old = member("old", 1);

  test("to an older one trained in the same place that behaves the same", async () => {
    expect(await coveredBy(kernel, member("new", 2), [old], always)).toBe("old");
    expect(
      await coveredBy(kernel, member("new", 2), [old], () => Promise.resolve(false)),
    ).toBeNull();
    expect(await coveredBy(kernel, member("new", 2), [], always)).toBeNull();
  });

  test.each<[string, Partial<Member>]>([
    ["to a newer one", { acceptedAt: 3 }],
    ["to one on another island", { islandId: "flats" }],
    ["to one for another task", { task: "classification" }],
    ["to one for another target", { target: "rent" }],
    ["to one of other classes", { labels: ["cheap", "dear"] }],
    ["to one that is redundant itself", { coveredBy: "older" }],
    ["to one with too short a reach", { radiusSquared: 1e-6 }],
    ["to one from elsewhere", { rkme: member("there", 1, 1).rkme }],
    ["to itself", { id: "new", acceptedAt: 2 }],
  ])("not %s", async (_, change) => {
    const asked: string[] = [];
    const behavesLike = ({ id }: Member) => {
      asked.push(id);
      return Promise.resolve(true);
    };
    expect(
      await coveredBy(kernel, member("new", 2), [{ ...old, ...change }], behavesLike),
    ).toBeNull();
    expect(asked).toEqual([]); // No model has to be run to know.
  });

  test("to the most similar of several, and the next if that one behaves otherwise", async () => {
    const others = [member("near", 1, 0.1), old, member("far", 0, 5)];
    const asked: string[] = [];
    const found = await coveredBy(kernel, member("new", 2), others, ({ id }) => {
      asked.push(id);
      return Promise.resolve(id === "near");
    });
    expect(found).toBe("near");
    expect(asked).toEqual(["old", "near"]);
  });

  test("whatever metric it claims; among those of one moment the better stays, then the smaller id", async () => {
    const flattering = member("copy", 2, 0, { metrics: rmse(0.001) });
    expect(await coveredBy(kernel, flattering, [{ ...old, metrics: rmse(1) }], always)).toBe("old");
    const [good, bad] = [
      member("b", 1, 0, { metrics: rmse(1) }),
      member("a", 1, 0, { metrics: rmse(1.5) }),
    ];
    expect(await coveredBy(kernel, bad, [good], always)).toBe("b");
    expect(await coveredBy(kernel, good, [bad], always)).toBeNull();
    const accuracy: HeldBackMetric[] = [{ name: "accuracy", value: 0.9, trivial: 0.6, rows: 9 }];
    expect(await coveredBy(kernel, good, [{ ...bad, metrics: accuracy }], always)).toBe("a");
    const [first, second] = [member("a", 1), member("b", 1)];
    expect(await coveredBy(kernel, second, [first], always)).toBe("a");
    expect(await coveredBy(kernel, first, [second], always)).toBeNull();
  });

  test("never in a circle: whatever is asked in whatever order, marks lead to one without", async () => {
    const moment = fc.record({
      acceptedAt: fc.integer({ min: 0, max: 3 }),
      value: fc.constantFrom(1, 1.5, NaN),
      x: fc.constantFrom(0, 0.03, 0.06, 3),
    });
    const market = fc.array(moment, { minLength: 2, maxLength: 7 });
    const questions = fc.array(fc.tuple(fc.nat(6), fc.boolean()), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(market, questions, async (moments, asked) => {
        const members = moments.map(({ acceptedAt, value, x }, i) =>
          member(`m${i}`, acceptedAt, x, { metrics: rmse(value) }),
        );
        for (const [n, agrees] of asked) {
          const i = n % members.length;
          const mark = await coveredBy(kernel, members[i]!, members, () => Promise.resolve(agrees));
          members[i] = { ...members[i]!, coveredBy: mark };
        }
        for (const start of members) {
          let at = start;
          for (let step = 0; at.coveredBy !== null; step++) {
            expect(step).toBeLessThan(members.length);
            at = members.find(({ id }) => id === at.coveredBy)!;
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("behaving alike", () => {
  const weights = Float64Array.of(0.25, 0.25, 0.25, 0.25);
  const numbers = (...values: number[]) => ({ outputs: fromRows(values.map((value) => [value])), labels: [] }); // prettier-ignore
  const classes = (labels: readonly string[], ...rows: number[][]) => ({ outputs: fromRows(rows), labels }); // prettier-ignore

  test("for numbers: a mean squared difference of at most 1 % of the variance", () => {
    const base = numbers(-1, 1, -1, 1); // Variance 1.
    expect(behaveAlike(base, numbers(-0.91, 1.09, -0.91, 1.09), weights)).toBe(true); // 0.0081
    expect(behaveAlike(base, numbers(-0.89, 1.11, -0.89, 1.11), weights)).toBe(false); // 0.0121
    expect(behaveAlike(base, numbers(1, -1, 1, -1), weights)).toBe(false);
    expect(behaveAlike(numbers(3, 3, 3, 3), numbers(3, 3, 3, 3), weights)).toBe(true);
    expect(behaveAlike(numbers(3, 3, 3, 3), numbers(4, 4, 4, 4), weights)).toBe(false);
  });

  test("for classes: the same choice for 98 % by weight, whatever the order of the labels", () => {
    const base = classes(["no", "yes"], [0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]);
    const turned = classes(["yes", "no"], [0.4, 0.6], [0.9, 0.1], [0.1, 0.9], [0.6, 0.4]);
    const once = classes(["no", "yes"], [0.9, 0.1], [0.2, 0.8], [0.4, 0.6], [0.3, 0.7]);
    expect(behaveAlike(base, turned, weights)).toBe(true);
    expect(behaveAlike(base, once, weights)).toBe(false);
    expect(behaveAlike(base, once, Float64Array.of(0.4, 0.3, 0.015, 0.285))).toBe(true);
  });

  test("never where a model gives no number", () => {
    expect(behaveAlike(numbers(1, 2, NaN, 3), numbers(1, 2, NaN, 3), weights)).toBe(false);
  });

  test("refuses answers of another shape or kind", () => {
    const refusal: unknown = expect.objectContaining({ code: "shape_mismatch" });
    expect(() => behaveAlike(numbers(1), numbers(1), weights)).toThrow(refusal);
    const four = classes(["a"], [1], [1], [1], [1]);
    expect(() => behaveAlike(numbers(1, 2, 3, 4), four, weights)).toThrow(refusal);
    const wide = {
      outputs: fromRows([
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      labels: [],
    };
    expect(() => behaveAlike(wide, wide, weights)).toThrow(refusal);
  });
});

test("probes are both sets' points in their own units, each set with half the weight", () => {
  const feature = { type: "number" as const, aliases: [], categories: [] };
  const island = {
    ...new SimulatedMarket({ count: 1, cols: 1 }).island,
    features: [
      { ...feature, name: "a", center: [10], scale: [2] },
      { ...feature, name: "b", center: [0], scale: [0.5] },
    ],
  };
  const one = {
    points: fromRows([[1, 1]]),
    weights: Float64Array.of(0.7),
    kernel: gaussianKernel(1),
    rowCount: 9,
  };
  const two = { ...one, points: fromRows([[0, 2], [-1, 4], [9, 9]]), weights: Float64Array.of(0.6, 0.2, -0.1) }; // prettier-ignore
  const { inputs, weights } = probesOf(one, two, island);
  const rows = featureRows(inputs({ input: "X", features: ["a", "b"] }));
  expect(toRows(rows).slice(0, 3)).toEqual([
    [12, 0.5],
    [10, 1],
    [8, 2],
  ]);
  [0.5, 0.375, 0.125, 0].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 12));
  expect(() => probesOf({ ...one, points: fromRows([[1]]) }, two, island)).toThrow(
    expect.objectContaining({ code: "shape_mismatch" }),
  );
});

test("in a simulated market, near-duplicates of one task are redundant and no others", async () => {
  const market = new SimulatedMarket({ count: 500, cols: 6 });
  const chosen = Array.from({ length: 5 }, (_, t) => [0, 4, 8, 2, 3].map((v) => 50 * t + v)).flat();
  const members: Member[] = [];
  for (const [order, i] of chosen.entries()) {
    const { islandId, task, target, labels, metrics } = simulatedCard(market, i);
    const set = market.learnware(i);
    const described: Member = {
      ...{ id: String(i), islandId, task, target, labels, metrics, acceptedAt: order },
      ...{
        rkme: rkmeOf(set, market.island.kernel.gamma),
        radiusSquared: set.radiusSquared,
        coveredBy: null,
      },
    };
    const mark = await coveredBy(kernel, described, members, (other) => {
      const { inputs, weights } = probesOf(described.rkme, other.rkme, market.island);
      const features = market.island.features.map(({ name }) => name);
      const rows = featureRows(inputs({ input: "X", features }));
      const [a, b] = [i, Number(other.id)].map((n) => ({
        outputs: predictLinear(simulatedModel(market, n), rows),
        labels,
      }));
      return Promise.resolve(behaveAlike(a!, b!, weights));
    });
    members.push({ ...described, coveredBy: mark });
  }
  for (const { id, coveredBy: mark } of members) {
    const task = 50 * Math.floor(Number(id) / 50);
    const isDuplicate = [4, 8].includes(Number(id) - task);
    expect([id, mark]).toEqual([id, isDuplicate ? String(task) : null]);
  }
});
