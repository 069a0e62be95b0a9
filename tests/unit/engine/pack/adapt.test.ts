import { expect, test } from "vitest";

import {
  encodeModel,
  type NewNode,
  type NewValue,
} from "../../../../src/engine/learnware/onnx/onnx-codec";
import { entryOf, inspectOnnx } from "../../../../src/engine/learnware/onnx/onnx-inspect";
import { adaptModel } from "../../../../src/engine/pack/adapt";
import type { AdaptPlan, Answer, Feed } from "../../../../src/engine/pack/adapt-plan";
import { readForeign } from "../../../../src/engine/pack/foreign-model";
import { openModel } from "../../../../src/runtime/models/ort-session";
import { labelModel, mixingModel, oddModel, stubbornModel } from "../../../fixtures/odd-models";

const values: Answer = { form: "numbers", output: "values" };
const whole = (width: number, feed: Partial<Feed> = {}): Feed => ({
  ...{ input: "X", element: "float32", shape: [width] },
  parts: [{ form: "numbers", columns: Array.from({ length: width }, (_, i) => i) }],
  ...feed,
});

interface Given extends Partial<AdaptPlan> {
  readonly width?: number;
}

function adapt(bytes: Uint8Array, { width = 2, ...plan }: Given) {
  return adaptModel(readForeign(bytes), {
    takes: { element: "float32", shape: [width] },
    feeds: [whole(width)],
    fixed: new Map(),
    portion: "any",
    answer: values,
    ...plan,
  });
}

/** What the product gets from the adapted model. */
async function ask(bytes: Uint8Array, plan: Given, rows: readonly (readonly number[])[]) {
  const adapted = adapt(bytes, plan);
  const inspected = inspectOnnx(adapted.bytes);
  const model = await openModel(inspected.bytes, entryOf(inspected, adapted));
  try {
    const data = Float32Array.from(rows.flat());
    const dims = [rows.length, rows[0]!.length];
    const said = await model.predict([{ name: adapted.input, dims, data }]);
    return Array.from(
      { length: rows.length },
      (_, i) =>
      [...said.data.subarray(i * said.cols, (i + 1) * said.cols)].map((one) => Math.round(1e4 * one) / 1e4), // prettier-ignore
    );
  } finally {
    await model.dispose();
  }
}

const node = (
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: NewNode["attributes"] = {},
): NewNode =>
  // prettier-ignore
  ({ operator, domain: "", inputs, outputs: [output], attributes });

/** Takes a number and a text, as converters of pipelines write it; the text counts 10 if it is "red", 100 if it is empty. */
function namedInputs(): Uint8Array {
  const input = (name: string, element: NewValue["element"]): NewValue => ({ name, element, shape: ["N", 1] }); // prettier-ignore
  const encoder: NewNode = {
    ...{ operator: "LabelEncoder", domain: "ai.onnx.ml", inputs: ["colour"], outputs: ["code"] },
    attributes: {
      keys_strings: { texts: ["red", ""] },
      values_floats: { floats: [10, 100] },
      default_float: { float: 0 },
    },
  };
  return encodeModel({
    name: "named",
    nodes: [encoder, node("Add", ["age", "code"], "values")],
    inputs: [input("age", "float32"), input("colour", "string")],
    outputs: [{ name: "values", element: "float32", shape: ["N", 1] }],
  });
}

test("several named inputs are fed from one table, texts from the columns of a category", async () => {
  const feeds: Feed[] = [
    { input: "age", element: "float32", shape: [1], parts: [{ form: "numbers", columns: [2] }] },
    {
      ...{ input: "colour", element: "string", shape: [1] },
      parts: [{ form: "text", columns: [0, 1], texts: ["blue", "red"] }],
    },
  ];
  const rows = [[1, 0, 5], [0, 1, 6], [0, 0, 7], [NaN, NaN, 8]]; // prettier-ignore
  const said = await ask(namedInputs(), { width: 3, feeds }, rows);
  expect(said).toEqual([[5], [16], [107], [108]]);
});

test("whole numbers become texts where the model takes texts", async () => {
  const feeds: Feed[] = [
    { input: "age", element: "float32", shape: [1], parts: [{ form: "numbers", columns: [0] }] },
    { input: "colour", element: "string", shape: [1], parts: [{ form: "written", column: 1 }] },
  ];
  expect(await ask(namedInputs(), { feeds }, [[1, 7]])).toEqual([[1]]);
});

test("a category becomes its place where the model takes a number, −1 where it is none that is known", async () => {
  const parts = [{ form: "code", columns: [0, 1, 2] }] as const;
  const feeds = [whole(1, { parts })];
  const model = oddModel({ takes: { shape: ["N", 1] } });
  const rows = [[1, 0, 0], [0, 0, 1], [0, 0, 0]]; // prettier-ignore
  expect(await ask(model, { width: 3, feeds }, rows)).toEqual([[0], [2], [-1]]);
});

test("numbers are cast to what the model takes, and what is missing is filled where it has no room for it", async () => {
  const cast = { ...node("Cast", ["X"], "f"), attributes: { to: { integer: 1 } } };
  const model = oddModel({
    takes: { element: "int64" },
    nodes: [cast, node("ReduceMean", ["f"], "values", { axes: { integers: [1] } })],
  });
  const feeds = [whole(2, { element: "int64", fill: 3 })];
  expect(await ask(model, { feeds }, [[1, 2], [NaN, 5]])).toEqual([[1.5], [4]]); // prettier-ignore
});

test("of labels alone, each is 1 in the column of its class", async () => {
  const answer: Answer = { form: "labels", output: "values", labels: ["0", "1"] };
  expect(await ask(labelModel(), { answer }, [[3, 1], [1, 3]])).toEqual([[1, 0], [0, 1]]); // prettier-ignore
});

test("one number above 0 for the second class becomes two probabilities", async () => {
  const answer: Answer = { form: "scores", output: "values", scale: "margin" };
  const said = await ask(oddModel(), { answer }, [[0, 0], [2, 2]]); // prettier-ignore
  expect(said).toEqual([[0.5, 0.5], [0.1192, 0.8808]]); // prettier-ignore
});

test("the probability of the second class becomes two probabilities", async () => {
  const answer: Answer = { form: "scores", output: "values", scale: "second" };
  expect(await ask(oddModel(), { answer }, [[0.2, 0.2]])).toEqual([[0.8, 0.2]]);
});

test("a model that needs so many rows is given as many", async () => {
  const rows = Array.from({ length: 9 }, (_, i) => [i, i + 1]);
  await expect(ask(stubbornModel(), {}, rows)).rejects.toMatchObject({ code: "bad_model" });
  const said = await ask(stubbornModel(), { portion: { rows: 7 } }, rows);
  expect(said).toEqual(rows.map(([a, b]) => [(a! + b!) / 2]));
});

test("a model that mixes rows is given one example", async () => {
  const model = mixingModel({ shape: [2, 2] });
  await expect(ask(model, {}, [[1, 2], [3, 8]])).rejects.toMatchObject({ code: "bad_model" }); // prettier-ignore
  const feeds = [whole(4, { shape: [2, 2] })];
  const said = await ask(model, { width: 4, feeds, portion: "example" }, [[1, 2, 3, 8], [0, 0, 2, 2]]); // prettier-ignore
  expect(said).toEqual([[-2, 2], [-1, 1]]); // prettier-ignore
});

test("an input may be given a value for good, and one that is given none is refused by its name", async () => {
  const colour = { shape: [1, 1], data: ["red"] };
  const feeds = [whole(1, { input: "age" })];
  const said = await ask(namedInputs(), { width: 1, feeds, fixed: new Map([["colour", colour]]) }, [[4], [5]]); // prettier-ignore
  expect(said).toEqual([[14], [15]]);
  expect(() => adapt(namedInputs(), { width: 1, feeds })).toThrow('the input "colour"');
});

test("a model from before an operator had its meaning is refused with what to do", () => {
  const answer: Answer = { form: "scores", output: "values", scale: "second" };
  expect(() => adapt(oddModel({ opset: 6 }), { answer })).toThrow("convert it with opset 12");
});
