/** @file A model of the corpus made usable: what is put around it, and the rows it is given there. */

import type { Answer, Feed, FixedValue, Part, Portion } from "../../src/engine/pack/adapt-plan";
import { adaptModel, type AdaptedModel } from "../../src/engine/pack/adapt";
import type { ForeignModel } from "../../src/engine/pack/foreign-model";
import { elementOf, portionsOf, rowShape } from "../../src/engine/pack/portions";
import type { ModelInput } from "../../src/engine/learnware/model-input";
import type { OnnxValue } from "../../src/engine/learnware/onnx/onnx-codec";
import type { OnnxCase, Recorded } from "./onnx-cases";

interface Fit {
  /** The kind of data that is put in. */
  readonly form: "table" | "text" | "image";
  readonly portion: Portion;
  /** Names of inputs that got the recorded value for good. */
  readonly fixed: readonly string[];
  readonly adapted: AdaptedModel;
  /** The recorded rows, and others to see that rows are answered by themselves. */
  readonly input: ModelInput;
  readonly rows: number;
}

/** Every way to feed the model, the most useful first. */
export function* fitsOf(model: ForeignModel, recorded: OnnxCase, answer: Answer): Generator<Fit> {
  const [first] = model.inputs;
  const length = first!.shape?.[0] ?? null;
  const isNumber = ({ element }: OnnxValue) => element === "float32" || element === "float64" || element === "float16"; // prettier-ignore
  const dims = new Map(recorded.inputs.map((input) => [input.name, input.dims]));
  // Of which there is one for each row: the others say how the model works.
  const inRows = model.inputs.filter(
    ({ name, shape }) =>
      (shape?.[0] ?? null) === length && dims.get(name)?.[0] === dims.get(first!.name)?.[0],
  );
  const inExample = model.inputs.filter(
    (input) => input === first || (isNumber(input) && dims.get(input.name)!.length > 0),
  );
  for (const fed of [inRows, inExample]) {
    const wanted = portionsOf(fed).filter((portion) => (portion === "example") === (fed === inExample)); // prettier-ignore
    for (const portion of wanted) yield fitOf(model, recorded, fed, portion, answer);
  }
}

function fitOf(
  model: ForeignModel,
  recorded: OnnxCase,
  fed: readonly OnnxValue[],
  portion: Portion,
  answer: Answer,
): Fit {
  const names = new Set(fed.map(({ name }) => name));
  const others = recorded.inputs.filter(({ name }) => !names.has(name));
  const fixed = new Map(others.map(({ name, dims, data }) => [name, fixedValue(dims, data)]));
  const of = (name: string) => recorded.inputs.find((input) => input.name === name)!;
  const rows = portion === "example" ? 1 : of(fed[0]!.name).dims[0]!;
  const common = { portion, fixed: [...fixed.keys()], rows };
  const [only] = fed;
  if (fed.length === 1 && portion !== "example") {
    const { dims, data } = of(only!.name);
    const shape = dims.slice(1);
    const isPicture = [1, 3, 4].some((count) => shape[0] === count || shape.at(-1) === count);
    const isText = only!.element === "string" && shape.every((size) => size === 1);
    const form = isText ? "text" : shape.length === 3 && isPicture ? "image" : null;
    if (form) {
      const takes = { element: isText ? "string" : "float32", shape: isText ? [] : shape } as const;
      const feed: Feed = { input: only!.name, element: elementOf(only!), shape: isText ? shape : null, parts: null }; // prettier-ignore
      const adapted = adaptModel(model, { takes, feeds: [feed], fixed, portion, answer });
      const texts = data.map(String);
      const more = isText
        ? { dims: [2 * rows], data: [...texts, ...texts.toReversed()] }
        : moreRows(rows, numbersOf(data), shape);
      return { ...common, form, adapted, input: { name: adapted.input, ...more } };
    }
  }
  const columns: Float32Array[] = [];
  const feeds = fed.map((input): Feed => {
    const { dims, data } = of(input.name);
    const shape = portion === "example" ? dims : dims.slice(1);
    const width = shape.reduce((product, size) => product * size, 1);
    const parts = Array.from({ length: width }, (_, k): Part => {
      const cells = Array.from({ length: rows }, (__, row) => data[row * width + k]!);
      return addColumns(columns, cells);
    });
    const isDeclared = rowShape(input, portion) !== null || shape.length !== 1;
    return { input: input.name, element: elementOf(input), shape: isDeclared ? shape : [width], parts }; // prettier-ignore
  });
  const takes = { element: "float32", shape: [columns.length] } as const;
  const adapted = adaptModel(model, { takes, feeds, fixed, portion, answer });
  const table = new Float32Array(rows * columns.length);
  columns.forEach((column, k) => column.forEach((value, row) => (table[row * columns.length + k] = value))); // prettier-ignore
  const more = portion === "example" ? { dims: [1, columns.length], data: table } : moreRows(rows, table, [columns.length]); // prettier-ignore
  return { ...common, form: "table", adapted, input: { name: adapted.input, ...more } };
}

/** Numbers are a column; texts one for each, and one for another that no row has. */
function addColumns(columns: Float32Array[], cells: readonly (number | string)[]): Part {
  const first = columns.length;
  if (cells.every((cell) => typeof cell === "number")) {
    columns.push(Float32Array.from(cells));
    return { form: "numbers", columns: [first] };
  }
  const texts = [...new Set(cells.map(String)), "something else"];
  for (const text of texts) columns.push(Float32Array.from(cells, (cell) => Number(cell === text)));
  return { form: "text", columns: texts.map((_, i) => first + i), texts };
}

/** The rows, and after them others: as many, in the opposite order and halved. */
function moreRows(rows: number, data: Float32Array, shape: readonly number[]) {
  const size = shape.reduce((product, length) => product * length, 1);
  const all = new Float32Array(2 * rows * size);
  all.set(data);
  for (let row = 0; row < rows; row++) {
    const from = (rows - 1 - row) * size;
    for (let k = 0; k < size; k++) all[(rows + row) * size + k] = data[from + k]! / 2;
  }
  return { dims: [2 * rows, ...shape], data: all };
}

function numbersOf(data: Recorded["data"]): Float32Array {
  return Float32Array.from(data, Number);
}

function fixedValue(shape: readonly number[], data: Recorded["data"]): FixedValue {
  const texts = data.filter((value) => typeof value === "string");
  return { shape, data: texts.length > 0 ? texts : data.map(Number) };
}
