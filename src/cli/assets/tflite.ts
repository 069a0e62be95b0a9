/**
 * @file The parts of a TensorFlow Lite file that a network of convolutions has.
 *
 * Field numbers: https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/lite/schema/schema.fbs
 */

import { FlatTable } from "./flat-table";

const Field = {
  model: { codes: 1, graphs: 2, buffers: 4 },
  code: { oldNumber: 0, number: 3 },
  graph: { tensors: 0, inputs: 1, operators: 3 },
  tensor: { shape: 0, element: 1, buffer: 2, name: 3 },
  operator: { code: 0, inputs: 1, outputs: 2, options: 4 },
  buffer: { bytes: 0 },
  convolution: { padding: 0, stride: 2, activation: 3 },
  depthwise: { padding: 0, stride: 2, activation: 4 },
} as const;

const Operator = { add: 0, convolution: 3, depthwise: 4, dequantize: 6 } as const;
const Activation = { none: 0, relu6: 3 } as const;
const HALF = 1;
const PADDED = 0;

/** A constant in half precision. */
export interface Weight {
  readonly shape: readonly number[];
  /** Two bytes a number, little-endian. */
  readonly halves: Uint8Array;
}

/** One step of the network; values are named by numbers. */
export type Layer =
  | { readonly type: "add"; readonly inputs: readonly number[]; readonly output: number }
  | {
      readonly type: "convolution" | "depthwise";
      readonly input: number;
      readonly output: number;
      /** Shape [outputs, height, width, inputs], or [1, height, width, channels] of a depthwise one. */
      readonly weight: Weight;
      readonly bias: Weight;
      readonly stride: number;
      /** Whether what is above 6 or below 0 is cut off. */
      readonly isClipped: boolean;
    };

export interface Network {
  readonly input: number;
  readonly layers: readonly Layer[];
  /** What the file calls a value. */
  nameOf(value: number): string;
}

/**
 * The first layers of a network whose weights are in half precision.
 *
 * @param count - How many, without those that only turn weights into single precision.
 * @throws Error if it holds something else there.
 */
export function readNetwork(file: Uint8Array, count: number): Network {
  const model = FlatTable.root(file);
  const graph = model.tables(Field.model.graphs)[0];
  if (!graph) throw new Error("the network has no graph");
  const tensors = graph.tables(Field.graph.tensors);
  const buffers = model.tables(Field.model.buffers);
  const codes = model
    .tables(Field.model.codes)
    .map((code) => Math.max(code.byte(Field.code.oldNumber), code.integer(Field.code.number)));

  /** Which stored weight a value is once it has been made single precision. */
  const widened = new Map<number, number>();
  const weightOf = (value: number): Weight => {
    const tensor = tensors[widened.get(value) ?? value]!;
    const halves = buffers[tensor.integer(Field.tensor.buffer)]!.bytes(Field.buffer.bytes);
    const shape = tensor.integers(Field.tensor.shape);
    const size = shape.reduce((product, length) => product * length, 1);
    if (tensor.byte(Field.tensor.element) !== HALF || halves.length !== 2 * size) {
      throw new Error(`the weight ${tensor.text(Field.tensor.name)} is not in half precision`);
    }
    return { shape, halves };
  };

  const layers: Layer[] = [];
  for (const operator of graph.tables(Field.graph.operators)) {
    const code = codes[operator.integer(Field.operator.code)]!;
    const inputs = operator.integers(Field.operator.inputs);
    const output = operator.integers(Field.operator.outputs)[0]!;
    if (code === Operator.dequantize) widened.set(output, inputs[0]!);
    else if (layers.length === count) break;
    else
      layers.push(layerOf(code, inputs, output, operator.table(Field.operator.options), weightOf));
  }
  if (layers.length < count) throw new Error(`the network has only ${layers.length} layers`);
  return {
    input: graph.integers(Field.graph.inputs)[0]!,
    layers,
    nameOf: (value) => tensors[value]!.text(Field.tensor.name),
  };
}

function layerOf(
  code: number,
  inputs: readonly number[],
  output: number,
  options: FlatTable | null,
  weightOf: (value: number) => Weight,
): Layer {
  if (code === Operator.add) return { type: "add", inputs, output };
  const isDepthwise = code === Operator.depthwise;
  if (!isDepthwise && code !== Operator.convolution) throw new Error(`unknown operator ${code}`);
  const fields = isDepthwise ? Field.depthwise : Field.convolution;
  const activation = options?.byte(fields.activation) ?? Activation.none;
  if (options?.byte(fields.padding) !== PADDED) throw new Error("a convolution is not padded");
  if (activation !== Activation.none && activation !== Activation.relu6) {
    throw new Error(`unknown activation ${activation}`);
  }
  return {
    type: isDepthwise ? "depthwise" : "convolution",
    input: inputs[0]!,
    output,
    weight: weightOf(inputs[1]!),
    bias: weightOf(inputs[2]!),
    stride: options.integer(fields.stride),
    isClipped: activation === Activation.relu6,
  };
}
