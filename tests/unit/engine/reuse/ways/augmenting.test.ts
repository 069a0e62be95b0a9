import { describe, expect, it } from "vitest";

import { augmentingLinear, augmentingTrees } from "../../../../../src/engine/reuse/ways/augmenting";
import { averaging } from "../../../../../src/engine/reuse/ways/averaging";
import { rowLosses } from "../../../../../src/engine/reuse/choose/losses";
import type { Reuser } from "../../../../../src/engine/reuse/reuser";
import { reuse } from "../reuse-block";
import { classMarket, labelled, type MadeUpMarket, numberMarket } from "../made-up-market";

const shares = new Float64Array(8).fill(1);

/** Mean loss on rows that were not labelled. */
async function lossOf(reuser: Reuser, known: MadeUpMarket, test: MadeUpMarket): Promise<number> {
  const { values } = await reuse(reuser, { shares, known: labelled(known) }, test.block);
  return rowLosses(values, test.target).reduce((sum, loss) => sum + loss, 0) / values.rows;
}

describe("augmenting", () => {
  const numbers = (rows: number, seed: number) => numberMarket({ rows, seed, error: 1.5, bias: 1 });
  const classes = (rows: number, seed: number) => classMarket({ rows, seed, error: 1.5 });

  it.each([
    ["a line through numbers", augmentingLinear, numbers],
    ["trees of numbers", augmentingTrees, numbers],
    ["a line between classes", augmentingLinear, classes],
    ["trees of classes", augmentingTrees, classes],
  ])("corrects the average: %s", async (_, reuser, market) => {
    const [known, test] = [market(100, 1), market(400, 2)];
    expect(await lossOf(reuser, known, test)).toBeLessThan(
      0.85 * (await lossOf(averaging, known, test)),
    );
  });

  it("says what it learned from", async () => {
    const market = numbers(60, 1);
    const task = { shares, known: labelled(market) };
    const { account } = await reuse(augmentingTrees, task, market.block);
    const facts = { code: "augmented", learner: "trees", columns: 4, learnwares: 8, labels: 60 };
    expect(account).toEqual(facts);
  });

  it("leaves the average next to alone where the labels say nothing", async () => {
    const market = numberMarket({ rows: 30, seed: 3, error: 0 });
    const { values } = await reuse(averaging, { shares, known: null }, market.block);
    const known = labelled({ ...market, target: { task: "regression", values: values.data } });
    const linear = await reuse(augmentingLinear, { shares, known }, market.block);
    linear.values.data.forEach((y, i) => expect(y).toBeCloseTo(values.data[i]!, 5));
  });

  it("needs the user's columns", async () => {
    const market = numbers(30, 1);
    const known = { ...labelled(market), features: null };
    await expect(reuse(augmentingLinear, { shares, known }, market.block)).rejects.toMatchObject({
      code: "bad_parameter",
    });
  });
});
