import { describe, expect, test } from "vitest";

import { EngineError } from "../../../../src/engine/ground/errors";
import type { Space } from "../../../../src/engine/kinds/table/space/space";
import type { ModelInput } from "../../../../src/engine/learnware/model-input";
import type { RunnableModel } from "../../../../src/engine/learnware/runnable-model";
import { readSample, sampleFindings } from "../../../../src/engine/verify/sample";
import { decoding } from "../../../../src/runtime/text-decoding";
import { sampleCsv } from "../../../../src/workflows/pack/public-sample";

const number = (name: string) => ({ name, type: "number" as const, aliases: [], categories: [], center: [0], scale: [1] }); // prettier-ignore
const space: Space = {
  ...({ id: "flats", version: 1, name: "Flats", description: "", profile: "berth" } as const),
  features: [
    number("size"),
    { ...number("side"), type: "category", categories: ["north", "south"], center: [0, 0], scale: [1, 1] }, // prettier-ignore
  ],
  kernel: { kind: "gaussian", gamma: 0.1 },
};
const rent: RunnableModel = {
  ...({ task: "regression", target: "rent", features: ["size", "side"], labels: [] } as const),
  ...{ input: "x", output: "y" },
};
const classes: RunnableModel = { ...rent, task: "classification", labels: ["dear", "cheap"] };
const csv = (rows: number, answer: (i: number) => string | number, head = "size,side,rent") =>
  [head, ...Array.from({ length: rows }, (_, i) => `${i + 0.5},${i % 2 ? "south" : "north"},${answer(i)}`)].join("\n"); // prettier-ignore

/** The size, and 10 more in the south. */
const run = async ([input]: readonly ModelInput[]) => {
  const cells = input!.data as Float32Array;
  const rows = cells.length / 3;
  const said = Float32Array.from({ length: rows }, (_, i) => cells[3 * i]! + 10 * cells[3 * i + 2]!); // prettier-ignore
  return { data: said, rows, cols: 1 };
};
const codeOf = (error: unknown) => (error instanceof EngineError ? `${error.code} ${error.message}` : String(error)); // prettier-ignore
const refusal = (text: string, model = rent) => readSample(text, space, model, decoding).then(() => "", codeOf); // prettier-ignore

describe("a public sample", () => {
  const truth = (i: number) => i + 0.5 + (i % 2 ? 10 : 0);

  test("is what the model is measured on, and a declared figure that agrees passes", async () => {
    const sample = await readSample(csv(40, (i) => truth(i) + (i % 4 < 2 ? 2 : -2)), space, rent, decoding); // prettier-ignore
    const declared = [{ name: "rmse", value: 2.1, trivial: 9, rows: 1000 }] as const;
    const { measured, found } = await sampleFindings(sample, run, declared);
    expect(measured).toMatchObject([{ name: "rmse", value: 2, rows: 40 }]);
    expect(measured[0]!.trivial).toBeGreaterThan(10);
    expect(found).toMatchObject({ state: "passed", code: "fine", details: { rows: 40, rmse: 2 } });
  });

  test("tells of a maker who declared far better or far worse", async () => {
    const sample = await readSample(csv(40, (i) => truth(i) + (i % 4 < 2 ? 2 : -2)), space, rent, decoding); // prettier-ignore
    for (const value of [0.5, 8]) {
      const { found } = await sampleFindings(sample, run, [{ name: "rmse", value, trivial: 9, rows: 1000 }]); // prettier-ignore
      expect(found).toMatchObject({ state: "warned", code: "disagrees", details: { declared: value, measured: 2 } }); // prettier-ignore
    }
  });

  test("of classes is read by the names of the model, and few rows may differ by chance", async () => {
    const answers = (i: number) => (i % 2 ? "cheap" : "dear");
    const sample = await readSample(csv(20, answers), space, classes, decoding);
    const always = async () => ({ data: Float32Array.from({ length: 40 }, (_, i) => Number(i % 2 === 0)), rows: 20, cols: 2 }); // prettier-ignore
    const of = async (value: number) => (await sampleFindings(sample, always, [{ name: "accuracy", value, trivial: 0.5, rows: 500 }])).found; // prettier-ignore
    expect(await of(0.7)).toMatchObject({ state: "passed", details: { accuracy: 0.5 } });
    expect(await of(0.99)).toMatchObject({ code: "disagrees" });
  });

  test("is refused where a column, an answer or a class is missing, or its rows are too few or too many", async () => {
    expect(await refusal(csv(40, truth, "size,aspect,rent"))).toBe('bad_package sample.csv has no column "side"'); // prettier-ignore
    expect(await refusal(csv(40, truth, "size,side,price"))).toContain('no column "rent"');
    expect(await refusal(csv(40, (i) => (i === 7 ? "" : i)))).toContain("a row without an answer");
    expect(
      await refusal(
        csv(40, () => "free"),
        classes,
      ),
    ).toContain("none of the model's classes");
    expect(await refusal(csv(9, truth))).toContain("has 9 rows: it needs 10 to 1000");
    expect(await refusal(csv(1001, truth))).toContain("has 1001 rows");
  });

  test("is written of a table under the names of the space, without rows that have no answer", () => {
    const column = (name: string, numbers: number[]) => ({ name, type: "number" as const, numbers: Float64Array.from(numbers), codes: null, categories: [] }); // prettier-ignore
    const numbers = Array.from({ length: 12 }, (_, i) => i);
    const table = { rows: 12, columns: [column("m2", numbers), column("rent", [NaN, ...numbers.slice(1)])] }; // prettier-ignore
    const columns = [{ name: "size", column: "m2" }, { name: "rent", column: "rent" }]; // prettier-ignore
    const lines = sampleCsv(table, columns, "rent").trim().split("\n");
    expect(lines.slice(0, 2)).toEqual(['"size","rent"', '"1","1"']);
    expect(lines).toHaveLength(12);
    expect(() => sampleCsv(table, [{ name: "a", column: "b" }], "b")).toThrow('no column "b"');
  });
});
