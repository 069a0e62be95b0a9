import { EngineError } from "../../ground/errors";
import { decodeModel, type OnnxNode, Tag } from "../../learnware/onnx/onnx-codec";
import {
  decodeText,
  encodeText,
  nested,
  readFields,
  repeated,
  replaceFields,
} from "../../learnware/onnx/protobuf-fields";

/** A model's graph as a part of another's. */
export interface EmbeddedModel {
  /** As bytes, in their order. */
  readonly nodes: readonly Uint8Array[];
  /** Stored tensors, as bytes. */
  readonly tensors: readonly Uint8Array[];
  /** Version per domain. */
  readonly opsets: ReadonlyMap<string, number>;
  /** Every node, those of nested graphs too. */
  readonly operators: readonly Pick<OnnxNode, "operator" | "domain">[];
}

/**
 * Take a model's graph out of its file, with new names for all its values: those in `names`, for others `prefix` and
 * the old name. Everything else stays byte for byte.
 *
 * @param bytes - A model that `inspectOnnx` has passed.
 * @param names - New names of its inputs and outputs.
 * @throws EngineError `not_exportable` if the file brings functions of its own.
 */
export function embedModel(
  bytes: Uint8Array,
  prefix: string,
  names: ReadonlyMap<string, string>,
): EmbeddedModel {
  const { functions, opsets, graph } = decodeModel(bytes);
  if (functions.length > 0) {
    throw new EngineError(
      "not_exportable",
      "a model that brings functions of its own cannot be made a part of another",
      { operator: functions[0]!.name },
    );
  }
  const rename = (name: string) => (name === "" ? "" : (names.get(name) ?? prefix + name));
  const fields = readFields(nested(readFields(bytes), Tag.model.graph)!);
  return {
    nodes: repeated(fields, Tag.graph.node).map((node) => renameNode(node, rename)),
    tensors: [
      ...repeated(fields, Tag.graph.initializer).map((tensor) => renameTensor(tensor, rename)),
    ],
    opsets,
    operators: graph.nodes.flatMap(withNested),
  };
}

type Rename = (name: string) => string;

function withNested(node: OnnxNode): OnnxNode[] {
  const graphs = node.attributes.flatMap((attribute) => attribute.graphs);
  return [node, ...graphs.flatMap(({ nodes }) => nodes.flatMap(withNested))];
}

function renameNode(bytes: Uint8Array, rename: Rename): Uint8Array {
  const tags = Tag.node;
  let node = bytes;
  for (const tag of [tags.input, tags.output, tags.name]) node = renameText(node, tag, rename);
  return replaceFields(node, tags.attribute, (attribute) => {
    const single = replaceFields(attribute, Tag.attribute.graph, (graph) =>
      renameGraph(graph, rename),
    );
    return replaceFields(single, Tag.attribute.graphs, (graph) => renameGraph(graph, rename));
  });
}

/** A graph nested in a node; it may use values of the graphs around it by name. */
function renameGraph(bytes: Uint8Array, rename: Rename): Uint8Array {
  const tags = Tag.graph;
  let graph = replaceFields(bytes, tags.node, (node) => renameNode(node, rename));
  graph = replaceFields(graph, tags.initializer, (tensor) => renameTensor(tensor, rename));
  graph = replaceFields(graph, tags.inner, () => null);
  for (const tag of [tags.input, tags.output]) {
    graph = replaceFields(graph, tag, (value) => renameText(value, Tag.value.name, rename));
  }
  return graph;
}

function renameTensor(bytes: Uint8Array, rename: Rename): Uint8Array {
  return renameText(bytes, Tag.tensor.name, rename);
}

function renameText(bytes: Uint8Array, tag: number, rename: Rename): Uint8Array {
  return replaceFields(bytes, tag, (content) => encodeText(rename(decodeText(content))));
}
