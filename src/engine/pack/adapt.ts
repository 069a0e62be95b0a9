import { concatenate } from "../ground/bytes";
import { EngineError } from "../ground/errors";
import { GRAPH_NAMES } from "../learnware/onnx/onnx-export";
import {
  decodeValue,
  encodeNode,
  encodeValue,
  type NewValue,
  type OnnxValue,
  OPSETS,
  Tag,
} from "../learnware/onnx/onnx-codec";
import { MessageWriter, nested, readFields, text } from "../learnware/onnx/protobuf-fields";
import type { AdaptPlan, Answer, Feed, Part } from "./adapt-plan";
import { type ForeignModel, outputNamed } from "./foreign-model";
import { Wrapping } from "./wrapping";

/** A model that the product can feed and read. */
export interface AdaptedModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly input: string;
  readonly output: string;
}

/** A column of a category is above this where it says anything. */
const NEXT_TO_NOTHING = 1e-6;
/** Elements that have no room for a missing number. */
const WHOLE = new Set(["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]);
const NUMERIC = new Set([...WHOLE, "float32", "float16", "float64", "bool"]);

/**
 * Write nodes before and behind a foreign model: from one input to those that it takes, and from what it answers to one table
 * of numbers. Its own nodes stay byte for byte.
 *
 * @throws EngineError `bad_model` if it takes or gives what nothing can be made of, or is too old.
 */
export function adaptModel(model: ForeignModel, plan: AdaptPlan): AdaptedModel {
  const opsets = new Map(model.opsets);
  for (const [domain, version] of [
    ["", OPSETS.get("")!],
    ["ai.onnx.ml", 1],
  ] as const)
    // prettier-ignore
    if (!opsets.has(domain)) opsets.set(domain, version);
  const wrapping = new Wrapping(opsets, model.names);
  const input = wrapping.free(plan.takes.element === "string" ? "texts" : GRAPH_NAMES.input);
  for (const feed of plan.feeds) writeFeed(wrapping, input, feed, plan);
  for (const { name, element } of model.inputs) {
    const fixed = plan.fixed.get(name);
    if (fixed) writeFixed(wrapping, name, element, fixed);
    else if (!plan.feeds.some((feed) => feed.input === name)) {
      throw new EngineError("bad_model", `nothing is put into the input "${name}"`);
    }
  }
  const before = wrapping.nodes.length;
  const output = writeAnswer(wrapping, model, plan);
  const { portion, takes } = plan;
  const rows = portion === "any" ? "N" : portion === "example" ? 1 : portion.rows;
  const newInput: NewValue = { name: input, element: takes.element, shape: [rows, ...takes.shape] };
  const graph = rewriteGraph(model, wrapping, before, newInput, output);
  return { bytes: rewriteModel(model, opsets, graph), input, output };
}

function writeFeed(wrapping: Wrapping, from: string, feed: Feed, plan: AdaptPlan): void {
  const { input, element, shape, parts, fill } = feed;
  const isText = element === "string";
  if (!isText && !NUMERIC.has(element)) {
    const what = element === "other" ? "is of an unusual type" : `is of the type ${element}`;
    throw new EngineError("bad_model", `the input "${input}" ${what}, which nothing is cast to`);
  }
  let value = parts ? writeParts(wrapping, from, parts, plan) : from;
  if (parts && WHOLE.has(element)) value = wrapping.filled(value, fill ?? 0);
  if (element === "float64") value = wrapping.toDouble(value);
  else if (!isText && element !== "float32") value = wrapping.cast(value, element);
  if (shape && !(parts && plan.portion !== "example" && shape.length === 1)) {
    value = wrapping.reshape(value, plan.portion === "example" ? shape : [-1, ...shape]);
  }
  wrapping.node("Identity", [value], {}, input);
}

function writeParts(
  wrapping: Wrapping,
  from: string,
  parts: readonly Part[],
  { takes: { shape } }: AdaptPlan,
): string {
  const pick = (columns: readonly number[]) => {
    const isAll = columns.length === shape[0] && columns.every((column, i) => column === i);
    return isAll ? from : wrapping.columns(from, columns);
  };
  /** Of the largest column, from 1; 0 where none is above 0. */
  const placeOf = (columns: readonly number[]) => {
    const filled = wrapping.filled(pick(columns), 0);
    const nothing = wrapping.floats([columns.length, 1], Array<number>(columns.length).fill(0));
    const zeros = wrapping.node("MatMul", [filled, nothing]);
    const least = wrapping.node("Add", [zeros, wrapping.floats([1, 1], [NEXT_TO_NOTHING])]);
    const all = wrapping.sideBySide([least, filled]);
    return wrapping.node("ArgMax", [all], { axis: { integer: 1 } });
  };
  return wrapping.sideBySide(
    joined(parts).map((part) => {
      switch (part.form) {
        case "numbers":
          return pick(part.columns);
        case "code":
          return wrapping.node("Add", [
            wrapping.cast(placeOf(part.columns), "float32"),
            wrapping.floats([1, 1], [-1]),
          ]);
        case "text": {
          const texts = ["", ...part.texts];
          const stored = wrapping.constant({ shape: [texts.length], texts });
          return wrapping.node("Gather", [stored, placeOf(part.columns)], { axis: { integer: 0 } });
        }
        case "written": {
          const whole = wrapping.filled(pick([part.column]), 0);
          return wrapping.cast(wrapping.cast(whole, "int64"), "string");
        }
      }
    }),
  );
}

/** Neighbouring parts of numbers as one. */
function joined(parts: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last?.form === "numbers" && part.form === "numbers") {
      all[all.length - 1] = { form: "numbers", columns: [...last.columns, ...part.columns] };
    } else all.push(part);
  }
  return all;
}

function writeFixed(
  wrapping: Wrapping,
  input: string,
  element: OnnxValue["element"],
  {
    shape,
    data,
  }: { readonly shape: readonly number[]; readonly data: readonly (number | string)[] },
): void {
  const texts = data.filter((value) => typeof value === "string");
  const numbers = data.filter((value) => typeof value === "number");
  const size = shape.reduce((product, length) => product * length, 1);
  const isText = element === "string";
  if (size !== data.length || (isText ? texts : numbers).length !== data.length) {
    const kinds = isText ? "texts" : "numbers";
    throw new EngineError("bad_parameter", `the input "${input}" takes ${size} ${kinds}`);
  }
  if (isText) {
    const stored = wrapping.constant({ shape, texts });
    wrapping.node("Identity", [stored], {}, input);
    return;
  }
  if (element === null || !NUMERIC.has(element)) {
    throw new EngineError("bad_model", `no value can be given for the input "${input}"`);
  }
  const stored = WHOLE.has(element)
    ? wrapping.constant({ shape, integers: numbers.map((value) => Math.trunc(value)) })
    : wrapping.constant({ shape, doubles: Float64Array.from(numbers) });
  wrapping.cast(stored, element, input);
}

function writeAnswer(
  wrapping: Wrapping,
  model: ForeignModel,
  { answer, portion }: AdaptPlan,
): string {
  const name = wrapping.free(
    answer.form === "numbers" ? GRAPH_NAMES.values : GRAPH_NAMES.probabilities,
  );
  const { element } = outputNamed(model, answer.output);
  if (answer.form === "labels") return writeLabels(wrapping, answer, element, name);
  if (element === "string") {
    throw new EngineError("bad_model", `the output "${answer.output}" gives texts, not numbers`);
  }
  const floats = element === "float32" ? answer.output : wrapping.cast(answer.output, "float32");
  const axis = { axis: { integer: portion === "example" ? 0 : 1 } };
  const flat = wrapping.node("Flatten", [floats], axis);
  if (answer.form === "numbers") {
    const chosen = answer.pick === undefined ? flat : wrapping.columns(flat, [answer.pick]);
    return wrapping.node("Identity", [chosen], {}, name);
  }
  switch (answer.scale) {
    case "probabilities":
      return wrapping.node("Identity", [flat], {}, name);
    case "logits":
      return wrapping.node("Softmax", [flat], { axis: { integer: 1 } }, name);
    case "second": {
      const other = wrapping.node("Add", [wrapping.node("Neg", [flat]), wrapping.floats([1, 1], [1])]); // prettier-ignore
      return wrapping.sideBySide([other, flat], name);
    }
    case "margin": {
      const other = wrapping.node("Sigmoid", [wrapping.node("Neg", [flat])]);
      return wrapping.sideBySide([other, wrapping.node("Sigmoid", [flat])], name);
    }
  }
}

/** 1 in the column of the label, 0 in all others. */
function writeLabels(
  wrapping: Wrapping,
  { output, labels }: Extract<Answer, { form: "labels" }>,
  element: OnnxValue["element"],
  name: string,
): string {
  const codes = labels.map((_, i) => i);
  const isText = element === "string";
  const said = wrapping.reshape(isText ? wrapping.labelCodes(output, labels) : output, [-1, 1]);
  const wanted = isText ? codes : labels.map(Number);
  if (wanted.some((label) => !Number.isSafeInteger(label))) {
    const reason = `the output "${output}" gives whole numbers, which the labels are not: give those with --labels`;
    throw new EngineError("bad_parameter", reason);
  }
  const row = wrapping.constant({ shape: [1, wanted.length], integers: wanted });
  const isIt = wrapping.node("Equal", [wrapping.cast(said, "int64"), row]);
  return wrapping.cast(isIt, "float32", name);
}

function rewriteGraph(
  { bytes, inputs }: ForeignModel,
  { nodes }: Wrapping,
  before: number,
  input: NewValue,
  output: string,
): Uint8Array {
  const fed = new Set(inputs.map(({ name }) => name));
  const written = nodes.map((node) =>
    new MessageWriter().bytes(Tag.graph.node, encodeNode(node).finish()).finish(),
  );
  const kept = readFields(nested(readFields(bytes), Tag.model.graph)!).filter(
    ({ number, content }) => {
      // Shapes that were noted for a number of rows do not hold for another.
      if (number === Tag.graph.inner || number === Tag.graph.output) return false;
      return number !== Tag.graph.input || !fed.has(decodeValue(content).name);
    },
  );
  const ends = new MessageWriter()
    .message(Tag.graph.input, encodeValue(input))
    .message(Tag.graph.output, encodeValue({ name: output, element: "float32", shape: null }));
  return concatenate([
    ...written.slice(0, before),
    ...kept.map(({ raw }) => raw),
    ...written.slice(before),
    ends.finish(),
  ]);
}

function rewriteModel(
  { bytes }: ForeignModel,
  opsets: ReadonlyMap<string, number>,
  graph: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const fields = readFields(bytes).filter(({ number }) => number !== Tag.model.graph);
  const imported = new Set(
    fields
      .filter(({ number }) => number === Tag.model.opset)
      .map(({ content }) => text(readFields(content), Tag.opset.domain).replace(/^ai\.onnx$/, "")),
  );
  const writer = new MessageWriter();
  for (const [domain, version] of opsets) {
    if (imported.has(domain)) continue;
    const opset = new MessageWriter().text(Tag.opset.domain, domain);
    writer.message(Tag.model.opset, opset.integer(Tag.opset.version, version));
  }
  writer.bytes(Tag.model.graph, graph);
  return concatenate([...fields.map(({ raw }) => raw), writer.finish()]);
}
