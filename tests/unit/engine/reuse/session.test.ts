import { describe, expect, it } from "vitest";

import { EngineError } from "../../../../src/engine/ground/errors";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { seededRandom } from "../../../../src/engine/ground/random";
import { averaging } from "../../../../src/engine/reuse/ways/averaging";
import { measureShares } from "../../../../src/engine/reuse/evidence/measure-shares";
import { fitWay, predictRows } from "../../../../src/engine/reuse/predict/predict-rows";
import { prepareReuse } from "../../../../src/engine/reuse/predict/prepare-reuse";
import { everyRow, scaledBy } from "../kinds/table/islands";
import { finish } from "../../../../src/engine/ground/finish";
import {
  cells,
  classLearnware,
  failingLearnware,
  island,
  numberLearnware,
  requestFor,
  runAll,
  shifted,
  smallTable,
} from "./small-dock";
import type { Answers } from "../../../../src/engine/learner/answers";
import type { RunnableLearnware } from "../../../../src/engine/learnware/runnable-learnware";
import { featureRows } from "../../../../src/engine/kinds/table/rows/feature-rows";
import type { ModelInput } from "../../../../src/engine/learnware/model-input";

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

/** The first `count` rows answered by a function of their cells. */
function answered(
  table: ReturnType<typeof smallTable>,
  count: number,
  f: (a: number, b: number, own: number) => number,
): Extract<Answers, { readonly task: "regression" }> {
  const [a, b, own] = [0, 1, 2].map((column) => cells(table, column));
  return {
    task: "regression",
    rows: Int32Array.from({ length: count }, (_, i) => i),
    values: Float64Array.from({ length: count }, (_, i) => f(a![i]!, b![i]!, own![i]!)),
  };
}

/** Learnt from 200 rows around a place, all of which are in its specification. */
function learnedAt(place: number, f: (a: number, b: number) => number): RunnableLearnware {
  const rows = scaledBy(
    island,
    shifted(smallTable(200, 9), () => place),
  );
  const id = `at ${place}`;
  const spec = { id, rkme: everyRow(rows, island.kernel.gamma), radiusSquared: 16 };
  return numberLearnware(id, f, { spec });
}

describe("reuse without answers", () => {
  const table = smallTable(300);
  const [a, b] = [cells(table, 0), cells(table, 1)];

  it("gives one learnware's own predictions, whatever way is taken", async () => {
    const request = requestFor(table, [numberLearnware("one", (x, y) => 3 * x + y)]);
    for (const way of ["average", "weigh_by_row", "select"] as const) {
      const { values } = await runAll(request, way);
      values.forEach((value, i) => expect(value).toBeCloseTo(Math.fround(3 * a[i]! + b[i]!), 12));
    }
  });

  it("averages by shares that are given", async () => {
    const learnwares = [
      numberLearnware("x", (x) => x, { share: 3 }),
      numberLearnware("y", (_, y) => y, { share: 1 }),
    ];
    const { values, account } = await runAll(requestFor(table, learnwares), "average");
    values.forEach((value, i) => expect(value).toBeCloseTo(0.75 * a[i]! + 0.25 * b[i]!, 12));
    expect(account).toEqual({ code: "averaged", learnwares: 2, heaviest: 0, share: 0.75 });
  });

  describe("of models that know different classes", () => {
    const few = (share: number | null) => classLearnware("few", ["x"], () => [1], { share });
    // One class is written in two ways: four are known.
    const many = (share: number | null) =>
      classLearnware("many", ["X", "x ", "y", "z", "u"], () => [0, 0, 1, 0, 0], { share });

    it.each([true, false])(
      "counts one that knows four times as many 32 times",
      async (isPinned) => {
        const request = { ...requestFor(table, [few(null), many(null)]), isPinned };
        const { way, values } = await runAll(request);
        expect(way.prepared.task.shares[0]).toBeCloseTo(1 / 33, 6);
        expect([...values.slice(0, 2)]).toEqual([expect.closeTo(1 / 33, 6), expect.closeTo(32 / 33, 6)]); // prettier-ignore
      },
    );

    it("keeps to shares that are given", async () => {
      const { values } = await runAll(requestFor(table, [few(0.5), many(0.5)]), "average");
      expect([...values.slice(0, 2)]).toEqual([0.5, 0.5]);
    });
  });

  it("weighs by row where rows lie near learnwares, and says which rows lie far from all", async () => {
    const numbers = Float64Array.from(table.columns[0]!.numbers!);
    numbers[7] = 50;
    const outlying = {
      ...table,
      columns: table.columns.with(0, { ...table.columns[0]!, numbers }),
    };
    const learnwares = [
      numberLearnware("left", () => -1, { center: -1 }),
      numberLearnware("right", () => 1, { center: 1 }),
    ];
    const ran = await runAll(requestFor(outlying, learnwares));
    expect(ran.recommended).toBe("weigh_by_row");
    expect([...ran.blocks[0]!.far!].flatMap((far, i) => (far ? [i] : []))).toEqual([7]);
    expect(ran.account).toMatchObject({ code: "weighed_by_row", abstained: 1 });
    // Of the same share, the one of (−1, −1) and (1, 1) that is nearer than usual weighs more.
    const even = learnwares.map((learnware) => ({ ...learnware, share: 1 }));
    const { values } = await runAll(requestFor(outlying, even), "weigh_by_row");
    values.forEach((value, i) => {
      const side = a[i]! + b[i]!;
      if (i !== 7 && Math.abs(side) > 0.5) expect(Math.sign(value)).toBe(Math.sign(side));
    });
  });

  it("weighs by how much rows look like each, where no shares are given", async () => {
    const many = shifted(smallTable(800), (row) => (row % 4 === 0 ? 6 : 0));
    const learnwares = [learnedAt(0, () => 1), learnedAt(6, () => 2), learnedAt(40, () => 3)];
    const { way, account } = await runAll(requestFor(many, learnwares), "average");
    const { task, sample } = way.prepared;
    const { shares } = task;
    const all = { from: 0, to: 800 };
    const { scaled } = await requestFor(many, learnwares).rows.read(all, false);
    const specs = learnwares.map(({ spec }) => spec!);
    const { outputs, evidence } = sample;
    const measuring = measureShares(
      ...([new ReferenceCompute(), scaled, specs] as const),
      ...([outputs.values, evidence!] as const),
    );
    expect([...shares]).toEqual([...(await finish(measuring))]);
    expect(shares[0]! / shares[1]!).toBeGreaterThan(2);
    expect(shares[2]).toBeLessThan(0.02);
    expect(account).toMatchObject({ heaviest: 0, share: expect.closeTo(shares[0]!, 12) as number });
  });

  it("weighs evenly where nothing says what a learnware was made from", async () => {
    const learnwares = [
      numberLearnware("here", () => 1),
      numberLearnware("secret", () => 2, { spec: null }),
    ];
    const { values, recommended } = await runAll(requestFor(table, learnwares));
    expect(recommended).toBe("average");
    expect(values[0]).toBeCloseTo(1.5, 12);
  });

  it("lets a learnware of no share answer the sample alone", async () => {
    let asked = 0;
    const idle = numberLearnware("idle", () => 1e6, { share: 0 });
    const learnwares = [
      numberLearnware("one", (x) => x, { share: 1 }),
      {
        ...idle,
        run: (inputs: readonly ModelInput[]) => {
          asked += featureRows(inputs).rows;
          return idle.run(inputs);
        },
      },
    ];
    const many = smallTable(800);
    const { way, values, account } = await runAll(requestFor(many, learnwares));
    expect(way.isUsed).toEqual([true, false]);
    expect(asked).toBe(500);
    expect(values[5]).toBeCloseTo(cells(many, 0)[5]!, 12);
    expect(account).toMatchObject({ learnwares: 1, heaviest: 0 });
  });

  it("measures shares without a learnware that fails", async () => {
    const one = numberLearnware("one", (x) => x);
    const { way } = await runAll(requestFor(table, [failingLearnware("broken"), one]));
    expect([...way.prepared.task.shares]).toEqual([1]);
  });

  it("goes on without a learnware that fails, and names it", async () => {
    const learnwares = [failingLearnware("broken"), numberLearnware("one", (x) => x, { share: 2 })];
    const { way, values } = await runAll(requestFor(table, learnwares), "average");
    expect(way.prepared.learnwares.map(({ id }) => id)).toEqual(["one"]);
    expect(way.prepared.failed).toEqual([{ id: "broken", error: refusal("unsupported_operator") }]);
    expect(values[5]).toBeCloseTo(a[5]!, 12);
  });

  it("gives up when all fail, for the reason of the first", async () => {
    const request = requestFor(table, [failingLearnware("x"), failingLearnware("y")]);
    await expect(runAll(request)).rejects.toThrow(refusal("unsupported_operator"));
  });

  it("refuses learnwares that answer more columns than their manifest says", async () => {
    const wide = numberLearnware("wide", () => 0, {
      run: async (inputs) => {
        const { rows } = featureRows(inputs);
        return { data: new Float32Array(2 * rows), rows, cols: 2 };
      },
    });
    await expect(runAll(requestFor(table, [wide]))).rejects.toThrow(refusal("bad_model"));
  });

  it("lets what is wrong with the program through", async () => {
    const bug = numberLearnware("bug", () => 0, {
      run: () => Promise.reject(new TypeError("bug")),
    });
    await expect(runAll(requestFor(table, [bug]))).rejects.toThrow(TypeError);
  });
});

describe("rows in blocks", () => {
  it("come out as they would in one, in order", async () => {
    const table = smallTable(25_000);
    const a = cells(table, 0);
    const learnwares = [
      numberLearnware("left", (x) => x, { center: -1 }),
      numberLearnware("right", (x) => 10 * x, { center: 1 }),
    ];
    const ran = await runAll(requestFor(table, learnwares), "select");
    expect(ran.blocks.map(({ from }) => from)).toEqual([0, 10_000, 20_000]);
    const ratios = ran.values.map((value, i) => Math.round(value / a[i]!));
    const right = ratios.reduce((sum, ratio) => sum + Number(ratio === 10), 0);
    if (ran.account.code !== "selected") throw new Error(ran.account.code);
    const { rowsOf, abstained } = ran.account;
    expect(rowsOf[1]).toBe(right);
    expect(rowsOf[0]! + right + abstained).toBe(25_000);
  });

  it("begin again without a learnware that fails on the way", async () => {
    const table = smallTable(25_000);
    let runs = 0;
    const tired = numberLearnware("tired", () => 0, {
      run: async (inputs) => {
        const { rows } = featureRows(inputs);
        if (++runs > 2) throw new EngineError("bad_model", "tired");
        return { data: new Float32Array(rows), rows, cols: 1 };
      },
    });
    const request = requestFor(table, [tired, numberLearnware("one", (x) => x)]);
    const { way, values } = await runAll(request, "average");
    expect(way.prepared.failed.map(({ id }) => id)).toEqual(["tired"]);
    const a = cells(table, 0);
    expect(values).toHaveLength(25_000);
    for (const row of [0, 9_999, 24_999]) expect(values[row]).toBeCloseTo(a[row]!, 12);
  });

  it("leave a row blank for which no learnware gives a number, and no other", async () => {
    const table = smallTable(50);
    const silent = numberLearnware("silent", (x) => (x > 1 ? NaN : x));
    const a = cells(table, 0);
    const one = await runAll(requestFor(table, [silent]), "average");
    one.values.forEach((value, i) => expect(Number.isNaN(value)).toBe(a[i]! > 1));
    const two = await runAll(
      requestFor(table, [silent, numberLearnware("b", (x) => x)]),
      "average",
    );
    expect(two.values.every(Number.isFinite)).toBe(true);
  });

  it("can be stopped between two of them", async () => {
    const request = requestFor(smallTable(25_000), [numberLearnware("one", (x) => x)]);
    const way = await finish(fitWay(await finish(prepareReuse(request)), "average"));
    const blocks: number[] = [];
    const steps = predictRows(way, 25_000, ({ from }) => blocks.push(from));
    while (blocks.length === 0) await steps.next();
    await steps.return(undefined as never);
    expect(await steps.next()).toEqual({ done: true, value: undefined });
    expect(blocks).toEqual([0]);
  });
});

describe("reuse with answers of numbers", () => {
  const table = smallTable(400);
  const learnwares = [
    numberLearnware("wrong", (_, y) => 5 - y, { share: 1 }),
    numberLearnware("right", (x, y) => 2 * x + y, { share: 0 }),
    numberLearnware("off", (x) => -x, { share: 0 }),
  ];
  const answers = answered(table, 60, (x, y) => 2 * x + y);

  it("gives the weight to the learnware that says what the answers say", async () => {
    const { values, account, recommended } = await runAll(
      requestFor(table, learnwares, answers),
      "stack",
    );
    expect(recommended).not.toBe("average");
    if (account.code !== "stacked") throw new Error(account.code);
    expect(account.weights[1]).toBeGreaterThan(0.95);
    const [a, b] = [cells(table, 0), cells(table, 1)];
    const error = values.map((value, i) => (value - 2 * a[i]! - b[i]!) ** 2);
    expect(error.reduce((sum, x) => sum + x) / 400).toBeLessThan(0.05);
  });

  it("recommends the user's own model where the answers follow a column that no learnware knows", async () => {
    const own = answered(table, 60, (_a, _b, x) => 4 * x);
    const { recommended, values, way } = await runAll(requestFor(table, learnwares, own));
    expect(recommended).toBe("own_model");
    expect(way.isUsed).toEqual([false, false, false]);
    const truth = cells(table, 2);
    const error = values.map((value, i) => (value - 4 * truth[i]!) ** 2);
    // Of a variance of 16; linear models do not go beyond the range that they have seen.
    expect(error.reduce((sum, x) => sum + x) / 400).toBeLessThan(0.5);
  });

  it("gives intervals that hold about nine in ten of the other answers", async () => {
    const random = seededRandom(3);
    const noisy = answered(table, 400, (x, y) => 2 * x + y + 4 * (random() - 0.5));
    const known = { ...noisy, rows: noisy.rows.slice(0, 100), values: noisy.values.slice(0, 100) };
    const { blocks, values } = await runAll(requestFor(table, learnwares, known), "stack");
    const truth = noisy.values;
    const held = truth
      .slice(100)
      .filter((y, i) => Math.abs(y - values[100 + i]!) <= blocks[0]!.radii![100 + i]!).length;
    // 300 rows and the quantile of 100: two standard errors of each are 0.035 and 0.06.
    expect(Math.abs(held / 300 - 0.9)).toBeLessThan(0.07);
  });

  it("gives no interval where the answers are too few for one", async () => {
    const few = answered(table, 6, (x) => x);
    const { blocks } = await runAll(requestFor(table, learnwares, few), "average");
    expect(blocks[0]!.radii).toBeNull();
  });

  it("judges only the ways it is given", async () => {
    const request = { ...requestFor(table, learnwares, answers), reusers: [averaging] };
    const { choice } = await finish(prepareReuse(request));
    expect(choice.table.map(({ reuser }) => reuser.name)).toEqual(["average"]);
    expect(choice.table[0]!.result).not.toBeNull();
    const unanswered = await finish(prepareReuse({ ...request, answers: null }));
    expect(unanswered.choice.recommended.name).toBe("average");
  });

  it("refuses a way that is not in the table", async () => {
    const prepared = await finish(
      prepareReuse({ ...requestFor(table, learnwares), reusers: [averaging] }),
    );
    await expect(finish(fitWay(prepared, "stack"))).rejects.toThrow(refusal("bad_parameter"));
  });
});

describe("reuse of classes", () => {
  const table = smallTable(300);
  const a = cells(table, 0);
  const learnwares = [
    classLearnware("x", ["No", "yes"], (x) => [x > 0 ? 0.2 : 0.9, x > 0 ? 0.8 : 0.1]),
    classLearnware("y", ["YES", "maybe"], () => [0.5, 0.5]),
  ];

  it("matches their names whatever the case, and averages by name", async () => {
    const { way, values } = await runAll(requestFor(table, learnwares), "average");
    expect(way.prepared.classes.names).toEqual(["No", "yes", "maybe"]);
    const isYes = a[0]! > 0;
    const [no, yes, maybe] = [isYes ? 0.1 : 0.45, isYes ? 0.65 : 0.3, 0.25];
    expect(values[0]).toBeCloseTo(no, 6);
    expect(values[1]).toBeCloseTo(yes, 6);
    expect(values[2]).toBeCloseTo(maybe, 6);
  });

  it("matches answers to them, and adds classes that no learnware knows", async () => {
    const answers: Answers = {
      task: "classification",
      rows: Int32Array.from({ length: 90 }, (_, i) => i),
      codes: Int32Array.from({ length: 90 }, (_, i) => (a[i]! > 0.7 ? 2 : a[i]! > 0 ? 1 : 0)),
      labels: [" NO ", "Yes", "rather"],
    };
    const { way, values } = await runAll(requestFor(table, learnwares, answers), "own_model");
    expect(way.prepared.classes.names).toEqual(["No", "yes", "maybe", "rather"]);
    const right = Array.from(a, (x, i) => {
      const row = [...values.subarray(4 * i, 4 * i + 4)];
      return Number(row.indexOf(Math.max(...row)) === (x > 0.7 ? 3 : x > 0 ? 1 : 0));
    });
    expect(right.reduce((sum, x) => sum + x, 0) / 300).toBeGreaterThan(0.8);
    for (let i = 0; i < 300; i++) {
      const total = values.subarray(4 * i, 4 * i + 4).reduce((sum, p) => sum + p, 0);
      expect(total).toBeCloseTo(1, 9);
    }
  });
});
