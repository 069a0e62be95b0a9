import { describe, expect, it } from "vitest";

import { fromRows, toRows } from "../../../../../src/engine/ground/matrix";
import { averaging, voting } from "../../../../../src/engine/reuse/ways/averaging";
import { largestColumns } from "../../../../../src/engine/reuse/outputs/average";
import { alignOutputs } from "../../../../../src/engine/reuse/outputs/outputs";
import { readGolden } from "../../../../fixtures/golden/read-golden";
import { reuse } from "../reuse-block";

interface Case {
  readonly name: string;
  readonly preds: readonly (readonly (number | readonly number[])[])[];
  readonly out: readonly (number | readonly number[])[];
}

const { cases } = readGolden("averaging") as { readonly cases: readonly Case[] };

function block(preds: Case["preds"], labels: readonly string[] | null) {
  const raw = preds.map((rows, m) => ({
    id: String(m),
    labels,
    values: fromRows(rows.map((row) => (typeof row === "number" ? [row] : [...row]))),
  }));
  const task = { shares: new Float64Array(preds.length).fill(1), known: null };
  return { task, block: { outputs: alignOutputs(raw), evidence: null, features: null } };
}

describe("averaging", () => {
  it.for(["regression_1d", "regression_column", "single_learnware", "logits"])(
    "agrees with the Python package on %s",
    async (name) => {
      const golden = cases.find((one) => one.name === name)!;
      const given = block(golden.preds, name === "logits" ? ["a", "b", "c"] : null);
      const { values } = await reuse(averaging, given.task, given.block);
      const expected = golden.out.flat();
      values.data.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
    },
  );

  it("keeps several numbers per row apart, where the Python package blends them", async () => {
    const given = block([[[1, 10]], [[3, 30]]], null);
    const { values } = await reuse(averaging, given.task, given.block);
    expect(toRows(values)).toEqual([[2, 20]]);
  });

  it("weighs by the shares, and says how many learnwares weigh and which most", async () => {
    const given = block([[[1]], [[5]], [[100]]], null);
    const task = { shares: Float64Array.of(1, 3, 0), known: null };
    const { values, account } = await reuse(averaging, task, given.block);
    expect(values.data[0]).toBe(4);
    expect(account).toEqual({ code: "averaged", learnwares: 2, heaviest: 1, share: 0.75 });
  });

  it("refuses shares that are all 0", async () => {
    const given = block([[[1]]], null);
    const task = { shares: new Float64Array(1), known: null };
    await expect(reuse(averaging, task, given.block)).rejects.toMatchObject({
      code: "bad_parameter",
    });
  });
});

describe("voting", () => {
  it("agrees with the Python package on the winners", async () => {
    const golden = cases.find(({ name }) => name === "probabilities_argmaxed")!;
    const given = block(golden.preds, ["a", "b", "c"]);
    const { values } = await reuse(voting, given.task, given.block);
    expect([...largestColumns(values)]).toEqual(golden.out.flat());
  });

  it("gives each class the shares of those who chose it", async () => {
    const given = block([[[0.6, 0.4]], [[0.6, 0.4]], [[0, 1]]], ["a", "b"]);
    const task = { shares: Float64Array.of(1, 1, 3), known: null };
    const { values, account } = await reuse(voting, task, given.block);
    expect([...values.data]).toEqual([0.4, 0.6]);
    expect(account).toMatchObject({ code: "voted", heaviest: 2 });
  });
});
