import { expect, test } from "vitest";

import { exportOwn } from "../../../../src/engine/export/own/own-graph";
import { finish } from "../../../../src/engine/ground/finish";
import { encodeRows } from "../../../../src/engine/kinds/table/space/encode";
import { ownFeatures, ownSpace } from "../../../../src/engine/kinds/table/own/own-features";
import { encodeInputs, ownInputs } from "../../../../src/engine/kinds/table/own/own-inputs";
import type { OwnModel } from "../../../../src/engine/kinds/table/own/own-model";
import type { Table } from "../../../../src/engine/kinds/table/columns/column";
import { fitModel, predictModel } from "../../../../src/engine/learner/choose-model";
import { inspectOnnx } from "../../../../src/engine/learnware/onnx/onnx-inspect";
import { GRAPH_NAMES } from "../../../../src/engine/learnware/onnx/onnx-export";
import { matrixInput } from "../../../../src/engine/learnware/model-input";
import { openModel } from "../../../../src/runtime/models/ort-session";
import { trainOwn } from "../../../../src/workflows/own/train-own";
import { passengers } from "../../../fixtures/passengers";
import { read } from "../../../fixtures/table/read-text";

const plan = { id: "own", name: "own", description: "" };

/** Spellings of a value differ in case. */
const csv = passengers(500, () => true).replace(/(7\d of the list,)female/g, "$1Female");

/** What a graph says of the cells of a table, and what is expected of it. */
async function both(table: Table, model: Pick<OwnModel, "inputs" | "fitted" | "labels">) {
  const features = ownFeatures(model.inputs);
  const { space, table: taken } = ownSpace(plan, features, table);
  const matches = space.features.map(({ name }, column) => ({ feature: name, column }));
  const cells = encodeRows(taken, space, matches, { scaled: false });
  const onnx = await openModel(inspectOnnx(exportOwn(model)).bytes);
  const { data } = await onnx.predict([matrixInput(GRAPH_NAMES.input, cells)]);
  await onnx.dispose();
  return {
    got: data,
    expected: predictModel(model.fitted, encodeInputs(table, model.inputs)).data,
  };
}

function expectSame({ got, expected }: Awaited<ReturnType<typeof both>>): void {
  expect(got).toHaveLength(expected.length);
  // Both sum some hundred numbers, one of them in single precision.
  expected.forEach((value, i) => {
    expect(Math.abs(got[i]! - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)));
  });
}

test.each([
  ["survived", "trees"],
  ["survived", "linear"],
  ["fare", "trees"],
  ["fare", "linear"],
] as const)("a graph for %s (%s) says of cells what is said here", async (target, kind) => {
  const { table } = await read(csv);
  const request = { target, task: null, without: [], kinds: [kind] };
  const { model } = await finish(trainOwn(table, request));
  expect(model.inputs.filter(({ column }) => column === "sex")).toHaveLength(2);
  expectSame(await both(table, model));
});

test("a graph can take only whether cells are empty", async () => {
  const { table } = await read(csv.replaceAll(",male,", ",,"));
  const known = Int32Array.from({ length: table.rows }, (_, row) => row);
  const { inputs } = ownInputs(table, "survived", known);
  const flags = inputs.filter(({ of }) => of === "missing");
  expect(flags.map(({ column }) => column)).toEqual(["sex", "age"]);
  const values = table.columns.find(({ name }) => name === "fare")!.numbers!;
  const taught = { task: "regression", values } as const;
  const fitted = await finish(fitModel(encodeInputs(table, flags), taught, "trees"));
  expectSame(await both(table, { inputs: flags, fitted, labels: [] }));
});

test("a column is one feature, a date one for each part that is used", () => {
  const features = ownFeatures([
    { column: "age", of: "number" },
    { column: "age", of: "missing" },
    { column: "sex", of: "value", value: "male" },
    { column: "sex", of: "missing" },
    { column: "day", of: "year" },
    { column: "day", of: "hour" },
    { column: "day", of: "missing" },
    { column: "note", of: "missing" },
  ]);
  expect(features).toEqual([
    { name: "age", column: "age", of: "number" },
    { name: "sex", column: "sex", of: "category", values: ["male"] },
    { name: "day: year", column: "day", of: "year" },
    { name: "day: hour", column: "day", of: "hour" },
    { name: "note", column: "note", of: "filled" },
  ]);
});
