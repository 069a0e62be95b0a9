import {
  attributeFields,
  decodeNode,
  decodeValue,
  type OnnxGraph,
  type OnnxNode,
  Tag,
} from "./onnx-codec";
import { concatenate } from "../../ground/bytes";
import {
  decodeText,
  integers,
  MessageWriter,
  nested,
  readFields,
  repeated,
} from "./protobuf-fields";

const FLOAT = 1;

/** A node that turns a table of probabilities into a list of maps, which no browser runtime can return. */
export interface ZipMap {
  /** The table of probabilities it reads. */
  readonly from: string;
  /** The output it feeds. */
  readonly to: string;
  readonly labels: readonly string[];
}

/** The ZipMap nodes that only feed an output of the graph; others cannot be taken away. */
export function findZipMaps(graph: OnnxGraph): ZipMap[] {
  const outputs = new Set(graph.outputs.map((output) => output.name));
  const read = new Set(graph.nodes.flatMap((node) => node.inputs));
  return graph.nodes.filter(isZipMap).flatMap((node) => {
    const [from, to] = [node.inputs[0], node.outputs[0]];
    if (from === undefined || to === undefined || !outputs.has(to) || read.has(to)) return [];
    return [{ from, to, labels: labelsOf(node) }];
  });
}

export function isZipMap(node: OnnxNode): boolean {
  return node.operator === "ZipMap" && node.domain === "ai.onnx.ml";
}

function labelsOf(node: OnnxNode): string[] {
  const texts = repeated(attributeFields(node, "classlabels_strings"), Tag.attribute.texts);
  if (texts.length > 0) return texts.map(decodeText);
  return integers(attributeFields(node, "classlabels_int64s"), Tag.attribute.integers).map(String);
}

/**
 * Take ZipMap nodes out of a model: what each read becomes an output in the place of what it wrote.
 * Everything else stays byte for byte.
 *
 * @param bytes - A model that `decodeModel` could read.
 * @param zipMaps - From `findZipMaps` on that model.
 */
export function removeZipMaps(
  bytes: Uint8Array,
  zipMaps: readonly ZipMap[],
): Uint8Array<ArrayBuffer> {
  const fields = readFields(bytes);
  const graph = nested(fields, Tag.model.graph) ?? new Uint8Array(0);
  const kept = fields.filter(({ number }) => number !== Tag.model.graph).map(({ raw }) => raw);
  const rewritten = new MessageWriter().bytes(Tag.model.graph, rewriteGraph(graph, zipMaps));
  return concatenate([...kept, rewritten.finish()]);
}

function rewriteGraph(bytes: Uint8Array, zipMaps: readonly ZipMap[]): Uint8Array {
  const fields = readFields(bytes);
  const outputs = repeated(fields, Tag.graph.output).map((output) => decodeValue(output).name);
  const taken = new Set(outputs);
  const parts: Uint8Array[] = [];
  for (const { number, content, raw } of fields) {
    if (number === Tag.graph.node) {
      const node = decodeNode(content);
      if (isZipMap(node) && zipMaps.some(({ to }) => to === node.outputs[0])) continue;
    }
    const output = number === Tag.graph.output ? decodeValue(content).name : null;
    const zipMap = zipMaps.find(({ to }) => to === output);
    if (!zipMap) {
      parts.push(raw);
    } else if (!taken.has(zipMap.from)) {
      taken.add(zipMap.from);
      parts.push(floatOutput(zipMap.from));
    }
  }
  return concatenate(parts);
}

/** A float32 output of open shape; the runtime infers the rest. */
function floatOutput(name: string): Uint8Array {
  const tensor = new MessageWriter().integer(Tag.tensorType.element, FLOAT);
  const type = new MessageWriter().message(Tag.type.tensor, tensor);
  const value = new MessageWriter().text(Tag.value.name, name).message(Tag.value.type, type);
  return new MessageWriter().message(Tag.graph.output, value).finish();
}
