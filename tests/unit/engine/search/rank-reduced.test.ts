import { describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { innerProduct, squaredMmd } from "../../../../src/engine/specification/kernel/mmd";
import { zeros } from "../../../../src/engine/ground/matrix";
import { seededRandom } from "../../../../src/engine/ground/random";
import { greedyMixture } from "../../../../src/engine/search/mixture";
import { packRkme, ReferencePairs } from "../../../../src/engine/search/pairs";
import {
  rankReduced,
  reducedUser,
  type ReducedCandidate,
} from "../../../../src/engine/search/rank-reduced";
import type { Specification } from "../../../../src/engine/specification/specification";
import { randomRkme } from "../../../fixtures/random-rkme";

const kernel = new ReferencePairs();
const gamma = 0.25;

function candidate(id: string, rkme: Specification, radiusSquared = 1): ReducedCandidate {
  return { ...packRkme(rkme), id, radiusSquared, selfProduct: innerProduct(rkme, rkme) };
}

/** Sets whose centres lie on a line, one unit from each other, and a user between them. */
function market(count: number) {
  const random = seededRandom(count);
  const around = (center: number, rows = 12) => randomRkme(random, [rows, 2], { center, gamma });
  const sets = Array.from({ length: count }, (_, i) => around(i - count / 2));
  const candidates = sets.map((set, i) => candidate(`number ${i}`, set));
  return { sets, candidates, around };
}

/** Half of each. */
function union(a: Specification, b: Specification): Specification {
  return {
    points: {
      data: Float64Array.of(...a.points.data, ...b.points.data),
      rows: a.points.rows + b.points.rows,
      cols: a.points.cols,
    },
    weights: Float64Array.of(...a.weights, ...b.weights).map((weight) => weight / 2),
    kernel: a.kernel,
    rowCount: a.rowCount + b.rowCount,
  };
}

describe("rankReduced", () => {
  test("ranks by MMD², up to the limit", async () => {
    const { sets, candidates, around } = market(9);
    const user = around(0.3);
    const { singles } = await finish(
      rankReduced(kernel, reducedUser(user), candidates, { limit: 4 }),
    );
    const byDistance = sets
      .map((set, i) => ({ id: `number ${i}`, mmd2: squaredMmd(user, set) }))
      .sort((a, b) => a.mmd2 - b.mmd2);
    expect(singles.map(({ id }) => id)).toEqual(byDistance.slice(0, 4).map(({ id }) => id));
    singles.forEach(({ mmd2 }, i) => expect(mmd2).toBeCloseTo(byDistance[i]!.mmd2, 12));
  });

  test("takes itself for the same: no distance, similarity 1, all covered", async () => {
    const { sets, candidates } = market(3);
    const { singles, mixture } = await finish(
      rankReduced(kernel, reducedUser(sets[1]!), candidates),
    );
    expect(singles[0]).toMatchObject({ id: "number 1", coverage: 1 });
    expect(singles[0]!.mmd2).toBeCloseTo(0, 12);
    expect(singles[0]!.similarity).toBeCloseTo(1, 12);
    expect(mixture).toBeNull();
  });

  test("leaves equals in the order given", async () => {
    const { sets, around } = market(1);
    const same = ["c", "a", "b"].map((id) => candidate(id, sets[0]!));
    const { singles } = await finish(rankReduced(kernel, reducedUser(around(0)), same));
    expect(singles.map(({ id }) => id)).toEqual(["c", "a", "b"]);
  });

  test("mixes as the whole Gram matrix of the 25 best would", async () => {
    const { sets, candidates } = market(40);
    const user = union(sets[18]!, sets[23]!);
    const { singles, mixture } = await finish(rankReduced(kernel, reducedUser(user), candidates));
    const best = singles.slice(0, 25).map(({ id }) => sets[Number(id.slice(7))]!);
    const gram = zeros(25, 25);
    best.forEach((a, i) => {
      best.forEach((b, j) => (gram.data[i * 25 + j] = innerProduct(a, b)));
    });
    const target = Float64Array.from(best, (set) => innerProduct(user, set));
    const expected = greedyMixture(gram, target, innerProduct(user, user))!;
    expect(mixture!.members.map(({ id }) => id)).toEqual(
      expected.members.map(({ index }) => singles[index]!.id),
    );
    mixture!.members.forEach(({ weight }, i) => {
      expect(weight).toBeCloseTo(expected.members[i]!.weight, 6);
    });
    expect(mixture!.mmd2).toBeCloseTo(expected.mmd2, 9);
    expect(mixture!.mmd2).toBeLessThan(singles[0]!.mmd2);
  });

  test("covers with a mixture what any member covers", async () => {
    const { around } = market(1);
    const [left, right] = [around(-4), around(4)];
    const candidates = [candidate("left", left, 0), candidate("right", right, 0)];
    const ranking = await finish(rankReduced(kernel, reducedUser(union(left, right)), candidates));
    const apart = ranking.singles.reduce((sum, { coverage }) => sum + coverage, 0);
    expect(apart).toBeCloseTo(1, 12);
    expect(ranking.mixture).toMatchObject({ coverage: 1 });
    expect(ranking.mixture!.similarity).toBeCloseTo(1, 6);
  });

  test("mixes the candidates it is told to, though others fit better", async () => {
    const { sets, candidates } = market(30);
    const user = union(sets[2]!, sets[27]!);
    const ids = async (pool: number | readonly number[], maxMembers = 5) => {
      const steps = rankReduced(kernel, reducedUser(user), candidates, { pool, maxMembers });
      return (await finish(steps)).mixture?.members.map(({ id }) => id).sort();
    };
    expect(await ids([2, 14, 27])).toEqual(["number 2", "number 27"]);
    expect(await ids([5, 24])).toEqual(["number 24", "number 5"]);
    expect(await ids([27, 2], 1)).toBeUndefined();
    expect(await ids(1)).toBeUndefined();
  });

  test("finds nothing among no candidates", async () => {
    const { around } = market(1);
    const ranking = await finish(rankReduced(kernel, reducedUser(around(0)), []));
    expect(ranking).toEqual({ singles: [], mixture: null });
  });

  test("stops to let others in before work gets long", async () => {
    const random = seededRandom(1);
    const user = randomRkme(random, [100, 20]);
    const large = candidate("large", randomRkme(random, [400, 20]));
    const candidates = Array.from({ length: 40 }, (_, i) => ({ ...large, id: `${i}` }));
    const done: number[] = [];
    await finish(rankReduced(kernel, reducedUser(user), candidates), (step) =>
      done.push(step.done),
    );
    expect(done.length).toBeGreaterThanOrEqual(3);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });
});
