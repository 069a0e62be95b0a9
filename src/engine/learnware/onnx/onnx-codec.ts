/**
 * @file The parts of an ONNX file Berth reads and writes.
 *
 * Field numbers: https://github.com/onnx/onnx/blob/v1.19.0/onnx/onnx.proto
 */

import { EngineError } from "../../ground/errors";
import {
  type Field,
  integer,
  integers,
  MessageWriter,
  nested,
  readFields,
  repeated,
  text,
} from "./protobuf-fields";

/** Field numbers of ONNX messages, for reading and rewriting. */
export const Tag = {
  model: { irVersion: 1, producer: 2, graph: 7, opset: 8, training: 20, function: 25 },
  opset: { domain: 1, version: 2 },
  graph: {
    ...{ node: 1, name: 2, initializer: 5, input: 11, output: 12, inner: 13 },
    sparseInitializer: 15,
  },
  node: { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 },
  attribute: {
    ...{ name: 1, float: 2, integer: 3, text: 4, tensor: 5, graph: 6, floats: 7, integers: 8 },
    ...{ texts: 9, tensors: 10, graphs: 11, type: 20, sparse: 22, sparses: 23 },
  },
  tensor: { dims: 1, element: 2, texts: 6, name: 8, raw: 9, externalData: 13, dataLocation: 14 },
  sparse: { values: 1, indices: 2 },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { element: 1, shape: 2 },
  shape: { dimension: 1 },
  dimension: { value: 1, symbol: 2 },
  function: { name: 1, node: 7, domain: 10, defaults: 11 },
} as const;

/** Element types by their number in the file; null marks the unused number 0. */
export const ELEMENTS = [
  ...([null, "float32", "uint8", "int8", "uint16", "int16", "int32", "int64"] as const),
  ...(["string", "bool", "float16", "float64", "uint32", "uint64"] as const),
] as const;
export type ElementType = Exclude<(typeof ELEMENTS)[number], null> | "other";

/** An input or output of a graph. */
export interface OnnxValue {
  readonly name: string;
  /** Null for what is not a tensor, such as a sequence or a map; `other` if undeclared or rarely used. */
  readonly element: ElementType | null;
  /** Null where not declared at all; a dimension is null where it is open. */
  readonly shape: readonly (number | null)[] | null;
}

export interface OnnxTensor {
  readonly name: string;
  readonly isExternal: boolean;
}

export interface OnnxAttribute {
  readonly name: string;
  /** Tensors and graphs, however they are nested in the attribute. */
  readonly tensors: readonly OnnxTensor[];
  readonly graphs: readonly OnnxGraph[];
  /** Fields of the attribute, for reading what else it holds. */
  readonly bytes: Uint8Array;
}

export interface OnnxNode {
  readonly operator: string;
  /** Empty for the standard domain. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

interface OnnxFunction {
  readonly name: string;
  readonly domain: string;
  readonly nodes: readonly OnnxNode[];
  readonly defaults: readonly OnnxAttribute[];
}

export interface OnnxModel {
  readonly irVersion: number;
  /** Version per domain; the standard domain is the empty name. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly graph: OnnxGraph;
  readonly functions: readonly OnnxFunction[];
}

const MAX_DEPTH = 32;

/**
 * Read an ONNX file. Fields it does not know are skipped.
 *
 * @throws EngineError `bad_model` if the bytes are not an ONNX model with a graph.
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  const fields = readFields(bytes);
  const graph = nested(fields, Tag.model.graph);
  if (!graph) throw new EngineError("bad_model", "the bytes are not an ONNX model: no graph");
  const opsets = repeated(fields, Tag.model.opset).map((opset): [string, number] => {
    const parts = readFields(opset);
    return [standardDomain(text(parts, Tag.opset.domain)), integer(parts, Tag.opset.version)];
  });
  return {
    irVersion: integer(fields, Tag.model.irVersion),
    opsets: new Map(opsets),
    graph: decodeGraph(graph, 0),
    functions: repeated(fields, Tag.model.function).map(decodeFunction),
  };
}

function standardDomain(domain: string): string {
  return domain === "ai.onnx" ? "" : domain;
}

function decodeGraph(bytes: Uint8Array, depth: number): OnnxGraph {
  if (depth > MAX_DEPTH) {
    throw new EngineError("bad_model", `the model nests graphs more than ${MAX_DEPTH} deep`);
  }
  const fields = readFields(bytes);
  const tags = Tag.graph;
  return {
    nodes: repeated(fields, tags.node).map((node) => decodeNode(node, depth)),
    tensors: [
      ...repeated(fields, tags.initializer).map(decodeTensor),
      ...repeated(fields, tags.sparseInitializer).flatMap(decodeSparse),
    ],
    inputs: repeated(fields, tags.input).map(decodeValue),
    outputs: repeated(fields, tags.output).map(decodeValue),
  };
}

function decodeFunction(bytes: Uint8Array): OnnxFunction {
  const fields = readFields(bytes);
  const tags = Tag.function;
  return {
    name: text(fields, tags.name),
    domain: standardDomain(text(fields, tags.domain)),
    nodes: repeated(fields, tags.node).map((node) => decodeNode(node, 0)),
    defaults: repeated(fields, tags.defaults).map((attribute) => decodeAttribute(attribute, 0)),
  };
}

/** One node of a graph, given as bytes. */
export function decodeNode(bytes: Uint8Array, depth = 0): OnnxNode {
  const fields = readFields(bytes);
  const tags = Tag.node;
  const texts = (number: number) =>
    fields.filter((field) => field.number === number).map((field) => text([field], number));
  return {
    operator: text(fields, tags.operator),
    domain: standardDomain(text(fields, tags.domain)),
    inputs: texts(tags.input),
    outputs: texts(tags.output),
    attributes: repeated(fields, tags.attribute).map((part) => decodeAttribute(part, depth)),
  };
}

const attributeTags = new Set<number>([
  ...[Tag.attribute.name, Tag.attribute.tensor, Tag.attribute.tensors, Tag.attribute.graph],
  ...[Tag.attribute.graphs, Tag.attribute.sparse, Tag.attribute.sparses],
]);

function decodeAttribute(bytes: Uint8Array, depth: number): OnnxAttribute {
  const fields = readFields(bytes, attributeTags);
  const tags = Tag.attribute;
  // A tensor or graph written in parts is read part by part; each part is checked all the same.
  const all = (...numbers: number[]) => numbers.flatMap((number) => repeated(fields, number));
  return {
    name: text(fields, tags.name),
    tensors: [
      ...all(tags.tensor, tags.tensors).map(decodeTensor),
      ...all(tags.sparse, tags.sparses).flatMap(decodeSparse),
    ],
    graphs: all(tags.graph, tags.graphs).map((graph) => decodeGraph(graph, depth + 1)),
    bytes,
  };
}

const tensorTags = new Set<number>([
  Tag.tensor.name,
  Tag.tensor.externalData,
  Tag.tensor.dataLocation,
]);

function decodeTensor(bytes: Uint8Array): OnnxTensor {
  const fields = readFields(bytes, tensorTags);
  return {
    name: text(fields, Tag.tensor.name),
    isExternal: fields.some(
      (field) =>
        field.number === Tag.tensor.externalData ||
        (field.number === Tag.tensor.dataLocation && integer([field], field.number) !== 0),
    ),
  };
}

function decodeSparse(bytes: Uint8Array): OnnxTensor[] {
  const fields = readFields(bytes);
  return [Tag.sparse.values, Tag.sparse.indices].flatMap((number) =>
    repeated(fields, number).map(decodeTensor),
  );
}

/** A graph's input or output, given as bytes. */
export function decodeValue(bytes: Uint8Array): OnnxValue {
  const fields = readFields(bytes);
  const name = text(fields, Tag.value.name);
  const type = nested(fields, Tag.value.type);
  if (!type || type.length === 0) return { name, element: "other", shape: null };
  const tensor = nested(readFields(type), Tag.type.tensor);
  if (!tensor) return { name, element: null, shape: null };
  const parts = readFields(tensor);
  const shape = nested(parts, Tag.tensorType.shape);
  return {
    name,
    element: ELEMENTS[integer(parts, Tag.tensorType.element)] ?? "other",
    shape: shape && repeated(readFields(shape), Tag.shape.dimension).map(decodeDimension),
  };
}

function decodeDimension(bytes: Uint8Array): number | null {
  const values = integers(readFields(bytes), Tag.dimension.value);
  return values.at(-1) ?? null;
}

/** The fields of an attribute of this name, or none. */
export function attributeFields(node: OnnxNode, name: string): Field[] {
  const attribute = node.attributes.find((candidate) => candidate.name === name);
  return attribute ? readFields(attribute.bytes) : [];
}

/** What an attribute holds, for writing. */
export type AttributeValue =
  | { readonly text: string }
  | { readonly integer: number }
  | { readonly float: number }
  | { readonly floats: ArrayLike<number> }
  | { readonly integers: readonly number[] }
  | { readonly texts: readonly string[] }
  | { readonly tensor: NewTensor };

/** Numbers in double precision, whole numbers of 64 bits, or texts. */
export type NewTensor = { readonly shape: readonly number[] } & (
  | { readonly doubles: Float64Array }
  | { readonly integers: readonly number[] }
  | { readonly texts: readonly string[] }
);

export interface NewNode {
  readonly operator: string;
  readonly domain: "" | "ai.onnx.ml";
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface NewValue {
  readonly name: string;
  readonly element: "float32" | "int64" | "string";
  /** A text is an open dimension of that name; null leaves all of it open. */
  readonly shape: readonly (number | string)[] | null;
}

export interface NewModel {
  readonly name: string;
  /** Bytes are a node of another file, as it is to stand in this one. */
  readonly nodes: readonly (NewNode | Uint8Array)[];
  /** Stored tensors of other files, as bytes. */
  readonly tensors?: readonly Uint8Array[];
  readonly inputs: readonly NewValue[];
  readonly outputs: readonly NewValue[];
  /** Version per domain, where nodes of other files need others than Berth's own. */
  readonly opsets?: ReadonlyMap<string, number>;
}

const IR_VERSION = 8;
/** What Berth's own nodes are written for. */
export const OPSETS: ReadonlyMap<string, number> = new Map([
  ["", 17],
  ["ai.onnx.ml", 3],
]);
const AttributeType = {
  ...{ float: 1, integer: 2, text: 3, tensor: 4, floats: 6, integers: 7, texts: 8 },
} as const;

/** Write an ONNX file. Equal content gives equal bytes. */
export function encodeModel(model: NewModel): Uint8Array<ArrayBuffer> {
  const graph = new MessageWriter();
  for (const node of model.nodes) {
    graph.bytes(Tag.graph.node, node instanceof Uint8Array ? node : encodeNode(node).finish());
  }
  graph.text(Tag.graph.name, model.name);
  for (const tensor of model.tensors ?? []) graph.bytes(Tag.graph.initializer, tensor);
  for (const input of model.inputs) graph.message(Tag.graph.input, encodeValue(input));
  for (const output of model.outputs) graph.message(Tag.graph.output, encodeValue(output));
  const file = new MessageWriter()
    .integer(Tag.model.irVersion, IR_VERSION)
    .text(Tag.model.producer, "berth")
    .message(Tag.model.graph, graph);
  for (const [domain, version] of model.opsets ?? OPSETS) {
    const opset = new MessageWriter().text(Tag.opset.domain, domain);
    file.message(Tag.model.opset, opset.integer(Tag.opset.version, version));
  }
  return file.finish();
}

/** A node as bytes. */
export function encodeNode(node: NewNode): MessageWriter {
  const writer = new MessageWriter();
  for (const input of node.inputs) writer.text(Tag.node.input, input);
  for (const output of node.outputs) writer.text(Tag.node.output, output);
  writer.text(Tag.node.operator, node.operator).text(Tag.node.domain, node.domain);
  for (const [name, value] of Object.entries(node.attributes)) {
    writer.message(Tag.node.attribute, encodeAttribute(name, value));
  }
  return writer;
}

function encodeAttribute(name: string, value: AttributeValue): MessageWriter {
  const tags = Tag.attribute;
  const writer = new MessageWriter().text(tags.name, name);
  if ("text" in value) {
    return writer.text(tags.text, value.text).integer(tags.type, AttributeType.text);
  }
  if ("integer" in value) {
    return writer.integer(tags.integer, value.integer).integer(tags.type, AttributeType.integer);
  }
  if ("float" in value) {
    return writer.float(tags.float, value.float).integer(tags.type, AttributeType.float);
  }
  if ("floats" in value) {
    return writer.packedFloats(tags.floats, value.floats).integer(tags.type, AttributeType.floats);
  }
  if ("integers" in value) {
    writer.packedIntegers(tags.integers, value.integers);
    return writer.integer(tags.type, AttributeType.integers);
  }
  if ("tensor" in value) {
    writer.message(tags.tensor, encodeTensor(value.tensor));
    return writer.integer(tags.type, AttributeType.tensor);
  }
  for (const item of value.texts) writer.text(tags.texts, item);
  return writer.integer(tags.type, AttributeType.texts);
}

function encodeTensor(tensor: NewTensor): MessageWriter {
  const writer = new MessageWriter().packedIntegers(Tag.tensor.dims, tensor.shape);
  const elementIs = (element: ElementType) =>
    writer.integer(Tag.tensor.element, ELEMENTS.findIndex((one) => one === element)); // prettier-ignore
  if ("texts" in tensor) {
    elementIs("string");
    for (const text of tensor.texts) writer.text(Tag.tensor.texts, text);
    return writer;
  }
  const values = "doubles" in tensor ? tensor.doubles : tensor.integers;
  elementIs("doubles" in tensor ? "float64" : "int64");
  const raw = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    if ("doubles" in tensor) raw.setFloat64(8 * i, value, true);
    else raw.setBigInt64(8 * i, BigInt(value), true);
  });
  return writer.bytes(Tag.tensor.raw, new Uint8Array(raw.buffer));
}

/** A graph's input or output. */
export function encodeValue({ name, element, shape }: NewValue): MessageWriter {
  const dimensions = new MessageWriter();
  for (const size of shape ?? []) {
    const dimension = new MessageWriter();
    if (typeof size === "number") dimension.integer(Tag.dimension.value, size);
    else dimension.text(Tag.dimension.symbol, size);
    dimensions.message(Tag.shape.dimension, dimension);
  }
  const tensor = new MessageWriter().integer(Tag.tensorType.element, ELEMENTS.indexOf(element));
  if (shape) tensor.message(Tag.tensorType.shape, dimensions);
  const type = new MessageWriter().message(Tag.type.tensor, tensor);
  return new MessageWriter().text(Tag.value.name, name).message(Tag.value.type, type);
}
