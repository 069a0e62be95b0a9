import { describe, expect, it } from "vitest";

import type { Target } from "../../../../../src/engine/learner/target";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { alignOutputs } from "../../../../../src/engine/reuse/outputs/outputs";
import { pruning } from "../../../../../src/engine/reuse/ways/pruning";
import { rowLosses } from "../../../../../src/engine/reuse/choose/losses";
import { finish } from "../../../../../src/engine/ground/finish";
import { classMarket, labelled, type MadeUpMarket, numberMarket } from "../made-up-market";

const even = (count: number) => new Float64Array(count).fill(1 / count);

async function prune(market: MadeUpMarket) {
  const task = { shares: even(market.block.outputs.values.length), known: labelled(market) };
  return (await finish(pruning.fit(task))).predict(market.block);
}

function keptOf({ account }: Awaited<ReturnType<typeof prune>>): readonly number[] {
  if (account.code !== "pruned") throw new Error(`not pruned but ${account.code}`);
  return account.kept;
}

function errors(values: Matrix, target: Target): number {
  if (target.task === "regression") return rowLosses(values, target).reduce((a, b) => a + b, 0);
  return target.codes.reduce((sum, code, i) => {
    const row = values.data.subarray(i * values.cols, (i + 1) * values.cols);
    return sum + (row.indexOf(Math.max(...row)) === code ? 0 : 1);
  }, 0);
}

describe("pruning", () => {
  it.each([
    ["numbers", numberMarket({ rows: 60, seed: 5 })],
    ["two classes", classMarket({ rows: 60, seed: 5, classes: 2 })],
    ["three classes", classMarket({ rows: 60, seed: 5, classes: 3 })],
  ])("is no worse than the best single learnware on the labelled rows: %s", async (_, market) => {
    const pruned = await prune(market);
    const { outputs } = market.block;
    const single = outputs.values.map((values) => errors(values, market.target));
    expect(errors(pruned.values, market.target)).toBeLessThanOrEqual(Math.min(...single));
    expect(keptOf(pruned).length).toBeGreaterThanOrEqual(2);
    expect(pruned.account).toMatchObject({ of: 8, labels: 60 });
    expect(await prune(market)).toEqual(pruned);
  });

  it("finds the pair whose errors cancel", async () => {
    const truth = [1, 2, 3, 4, 5, 6];
    const said = [
      truth.map((y) => y + 0.5),
      truth.map((y, i) => y + (i % 2 ? 3 : -3)),
      truth.map((y, i) => y + (i % 2 ? -3 : 3)),
      truth.map((y) => -y),
    ];
    const raw = said.map((row, m) => ({
      id: String(m),
      labels: null,
      values: fromRows(row.map((y) => [y])),
    }));
    const block = { outputs: alignOutputs(raw), evidence: null, features: null };
    const values = Float64Array.from(truth);
    const pruned = await prune({ block, target: { task: "regression", values } });
    expect(keptOf(pruned)).toEqual([1, 2]);
    expect([...pruned.values.data]).toEqual(truth);
  });

  it("keeps both of two learnwares, and the only one", async () => {
    for (const learnwares of [2, 1]) {
      const pruned = await prune(numberMarket({ rows: 9, seed: 1, learnwares }));
      expect(keptOf(pruned)).toHaveLength(learnwares);
    }
  });

  it("needs labels", async () => {
    const task = { shares: even(2), known: null };
    await expect(finish(pruning.fit(task))).rejects.toMatchObject({ code: "bad_parameter" });
  });
});
