import { describe, expect, test } from "vitest";

import { ExactScan } from "../../../src/dock/exact-scan";
import { squaredMmd } from "../../../src/engine/kernel/mmd";
import type { Rkme } from "../../../src/engine/spec/rkme";
import { cardOf, island, rkmeAround, specificationOf } from "../../fixtures/learnwares";

const stored: Record<string, Rkme> = {
  far: rkmeAround(5, 5),
  left: rkmeAround(-1, 0),
  right: rkmeAround(1, 0),
};

function scan(): { shortlist: ExactScan; loads: () => number } {
  let loads = 0;
  const shortlist = new ExactScan({
    specificationsOn: async () => {
      loads++;
      return Object.entries(stored).map(([id, rkme]) => specificationOf(id, rkme));
    },
    findAll: async (ids) =>
      ids.map((id) => ({
        ...cardOf(id),
        task: id === "left" ? ("classification" as const) : ("regression" as const),
      })),
  });
  return { shortlist, loads: () => loads };
}

const query = { islandId: island.id, islandVersion: 1, limit: 10 };

describe("ExactScan", () => {
  test("ranks by MMD² and puts the user's own learnware first", async () => {
    const rkme = stored["right"]!;
    const { singles, mixture } = await scan().shortlist.search({ ...query, rkme });
    expect(mixture).toBeNull();
    expect(singles.map(({ id }) => id)).toEqual(["right", "left", "far"]);
    expect(singles[0]).toMatchObject({ coverage: 1 });
    expect(singles[0]?.similarity).toBeCloseTo(1, 6); // Products are in single precision.
    for (const { id, mmd2 } of singles) {
      expect(mmd2).toBeCloseTo(squaredMmd(rkme, stored[id]!), 6);
    }
  });

  test("says that nothing is covered by a learnware from elsewhere", async () => {
    const { singles } = await scan().shortlist.search({ ...query, rkme: stored["right"]! });
    expect(singles.at(-1)).toMatchObject({ id: "far", coverage: 0 });
    expect(singles.at(-1)?.similarity).toBeLessThan(1e-3);
  });

  test("mixes two learnwares for a user who is half of each", async () => {
    const { left, right } = stored as { left: Rkme; right: Rkme };
    const rkme: Rkme = {
      points: {
        data: Float64Array.of(...left.points.data, ...right.points.data),
        rows: 40,
        cols: 2,
      },
      weights: new Float64Array(40).fill(0.025),
      gamma: island.gamma,
      rowCount: 2000,
    };
    const { mixture, singles } = await scan().shortlist.search({ ...query, rkme });
    expect(mixture?.members.map(({ id }) => id).sort()).toEqual(["left", "right"]);
    for (const { weight } of mixture?.members ?? []) expect(weight).toBeCloseTo(0.5, 6);
    expect(mixture?.mmd2).toBeCloseTo(0, 6);
    expect(mixture?.similarity).toBeCloseTo(1, 6);
    expect(mixture?.coverage).toBe(1);
    expect(singles[0]?.coverage).toBeCloseTo(0.5, 1);
  });

  test("keeps to one task and to the limit", async () => {
    const { shortlist } = scan();
    const rkme = stored["left"]!;
    const { singles } = await shortlist.search({ ...query, rkme, task: "regression", limit: 1 });
    expect(singles.map(({ id }) => id)).toEqual(["right"]);
  });

  test("reads an island once, and again when told or when its version changed", async () => {
    const { shortlist, loads } = scan();
    const rkme = stored["left"]!;
    await shortlist.search({ ...query, rkme });
    await shortlist.search({ ...query, rkme });
    expect(loads()).toBe(1);
    shortlist.forget(island.id);
    await shortlist.search({ ...query, rkme });
    expect(loads()).toBe(2);
    await shortlist.search({ ...query, rkme, islandVersion: 2 });
    expect(loads()).toBe(3);
  });

  test("stops when the client hangs up", async () => {
    const search = scan().shortlist.search({
      ...query,
      rkme: stored["left"]!,
      signal: AbortSignal.abort(),
    });
    await expect(search).rejects.toMatchObject({ code: "aborted" });
  });
});
