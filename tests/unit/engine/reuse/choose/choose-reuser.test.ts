import { describe, expect, it } from "vitest";

import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { bootstrapMean } from "../../../../../src/engine/reuse/choose/bootstrap-mean";
import { chooseReuser } from "../../../../../src/engine/reuse/choose/choose-reuser";
import type { ReuseTask } from "../../../../../src/engine/reuse/reuser";
import type { RowBlock } from "../../../../../src/engine/reuse/rows/row-block";
import { finish } from "../../../../../src/engine/ground/finish";
import { classMarket, labelled, type MadeUpMarket, numberMarket } from "../made-up-market";

const shares = new Float64Array(8).fill(1);

async function choose(market: MadeUpMarket) {
  const task: ReuseTask = { shares, known: labelled(market) };
  const choice = await finish(chooseReuser(task, market.block));
  const row = (name: string) => choice.table.find(({ reuser }) => reuser.name === name)!;
  return { choice, name: choice.recommended.name, row };
}

describe("chooseReuser with labels", () => {
  it("is next to the average where learnwares are equally good", async () => {
    const { choice, name, row } = await choose(numberMarket({ rows: 40, seed: 3, error: 0 }));
    expect(choice.basis).toBe("labels");
    expect(row(name).result!.loss).toBeLessThan(1.1 * row("average").result!.loss);
  });

  it("stacks where they are not", async () => {
    const { name, row } = await choose(numberMarket({ rows: 40, seed: 3, error: 1.5, bias: 2 }));
    expect(["combine", "stack", "augment_linear"]).toContain(name);
    expect(row("average").result!.isWithinNoise).toBe(false);
    expect(row("average").result!.behindBest[0]).toBeGreaterThan(0);
  });

  it("recommends the user's own model where no learnware knows anything", async () => {
    const market = numberMarket({ rows: 60, seed: 4 });
    const random = seededRandom(1);
    const { features, outputs } = market.block;
    const values = Float64Array.from({ length: 60 }, (_, i) => features!.data[4 * i]!);
    const block = {
      ...market.block,
      outputs: {
        ...outputs,
        values: outputs.values.map((one) => ({ ...one, data: one.data.map(() => normal(random)) })),
      } as RowBlock["outputs"],
    };
    const { name } = await choose({ block, target: { task: "regression", values } });
    expect(name).toBe("own_model");
  });

  it("says of every way how it did, or what it lacks", async () => {
    const { choice, row } = await choose(classMarket({ rows: 30, seed: 5, error: 1 }));
    expect(choice.table.map(({ lacks, result }) => (lacks === null) === (result !== null))).toEqual(
      Array.from(choice.table, () => true),
    );
    expect(row("select").lacks).toBe("evidence");
    expect(row("augment_trees").lacks).toBe("more_labels");
    const { loss, heldOut } = row("vote").result!;
    expect(loss).toBeGreaterThan(0);
    expect([heldOut.rows, heldOut.cols]).toEqual([30, 3]);
    expect(choice.table.map(({ result }) => result?.behindBest)).toContainEqual([0, 0]);
  });

  it("gives the reason where what it recommends is not the least in its own table", async () => {
    const reasons = new Map<string, number>();
    for (let seed = 1; seed <= 4; seed++) {
      const market = numberMarket({ rows: 30, seed, error: seed % 2, bias: seed % 3 });
      const { choice, name, row } = await choose(market);
      const losses = choice.table.flatMap(({ result }) => result?.loss ?? []);
      const isLeast = row(name).result!.loss === Math.min(...losses);
      expect(choice.reason === "least").toBe(isLeast);
      expect(row(name).result!.isWithinNoise).toBe(true);
      reasons.set(choice.reason!, (reasons.get(choice.reason!) ?? 0) + 1);
    }
    expect(reasons.size).toBeGreaterThan(1);
  });

  it.each([
    [60, null],
    [61, "more_labels"],
  ] as const)(
    "of 60 labels with %i columns says of trees that they lack %s",
    async (cols, lacks) => {
      const { block, target } = numberMarket({ rows: 60, seed: 7 });
      const random = seededRandom(2);
      const data = Float32Array.from({ length: 60 * cols }, () => normal(random));
      const { row } = await choose({
        block: { ...block, features: { data, rows: 60, cols } },
        target,
      });
      expect(row("augment_trees").lacks).toBe(lacks);
    },
  );

  it("does not try classes on numbers", async () => {
    const { row } = await choose(numberMarket({ rows: 12, seed: 6 }));
    expect(row("vote").lacks).toBe("other_task");
  });
});

describe("chooseReuser without labels", () => {
  const { block } = numberMarket({ rows: 10, seed: 1 });
  const values = { data: new Float64Array(80).fill(1), rows: 10, cols: 8 };
  const far = (count: number) => Uint8Array.from({ length: 10 }, (_, i) => (i < count ? 1 : 0));

  it.each([
    ["by row where most rows look like some learnware's", { values, far: far(4) }, "weigh_by_row"],
    ["evenly where most do not", { values, far: far(6) }, "average"],
    ["evenly where nothing was measured", null, "average"],
  ])("weighs %s", async (_, evidence, name) => {
    const choice = await finish(chooseReuser({ shares, known: null }, { ...block, evidence }));
    expect(choice.recommended.name).toBe(name);
    expect(choice.basis).toBe("fit");
    expect(choice.table.every(({ result }) => result === null)).toBe(true);
  });
});

describe("bootstrapMean", () => {
  it("holds as much of a normal mean as it says", () => {
    const random = seededRandom(9);
    const values = new Float64Array(400).map(() => normal(random));
    const [low, high] = bootstrapMean(values, 0.95, random);
    // 2 · 1.96 / √400, the sample's own spread being 1 ± 0.07 and the resampling's error 5 %.
    expect(Math.abs(high - low - 0.196)).toBeLessThan(0.03);
  });
});
