import { EngineError } from "../../ground/errors";
import {
  decodeModel,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from "./onnx-codec";
import { openBatch, takesOneRow } from "./open-batch";
import { allowedOperators } from "./operators";
import { findZipMaps, isZipMap, removeZipMaps, type ZipMap } from "./zip-map";

/** What a model takes and gives, once it was found to be data that may be run. */
export interface InspectedModel {
  /** The model to run: as given, or without its trailing ZipMap and its limit to one row. */
  readonly bytes: Uint8Array;
  /** The same with its limit to one row, if it was taken away; null if there was none. */
  readonly oneRow: Uint8Array | null;
  /** Operators used anywhere in it, sorted, those of other domains as `domain:Operator`. */
  readonly operators: readonly string[];
  /** Inputs that the caller must feed. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Outputs that took another name when a ZipMap was removed. */
  readonly renamedOutputs: ReadonlyMap<string, string>;
  /** Class names a removed ZipMap held, in the order of the columns; else empty. */
  readonly labels: readonly string[];
}

/**
 * Check an ONNX file before it goes anywhere near a runtime: it must be a graph of allowed
 * operators (nested graphs and local functions too), with all its numbers inside the file and only
 * tensors going in and out. A ZipMap at the end is taken off, and a table of exactly one row is
 * opened to any number of rows.
 *
 * @throws EngineError `bad_model` if it is not ONNX, keeps data outside the file, or takes or gives something other than tensors.
 * @throws EngineError `unsupported_operator` with `details.operator` for the first operator not allowed.
 */
export function inspectOnnx(bytes: Uint8Array): InspectedModel {
  const given = decodeModel(bytes);
  const zipMaps = findZipMaps(given.graph);
  let runnable = zipMaps.length > 0 ? removeZipMaps(bytes, zipMaps) : bytes;
  const oneRow = takesOneRow(given.graph) ? runnable : null;
  if (oneRow) runnable = openBatch(oneRow);
  const model = runnable === bytes ? given : decodeModel(runnable);

  const operators = new Set<string>();
  for (const node of everyNode(model)) operators.add(checkOperator(node, model, zipMaps));
  for (const tensor of everyTensor(model)) {
    if (!tensor.isExternal) continue;
    throw new EngineError("bad_model", `tensor "${tensor.name}" is kept outside the model file`);
  }
  const { graph } = model;
  const stored = new Set(graph.tensors.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ name }) => !stored.has(name));
  if (inputs.length === 0) throw new EngineError("bad_model", "the model takes no input");
  if (graph.outputs.length === 0) throw new EngineError("bad_model", "the model gives no output");
  checkTensors("input", inputs);
  checkTensors("output", graph.outputs);
  return {
    bytes: runnable,
    oneRow,
    operators: [...operators].sort(),
    inputs,
    outputs: graph.outputs,
    renamedOutputs: new Map(zipMaps.map(({ from, to }) => [to, from])),
    labels: zipMaps[0]?.labels ?? [],
  };
}

/** Where rows go into a model and answers come out, and the model to go back to if it mixes rows. */
export interface ModelEntry {
  readonly input: string;
  readonly output: string;
  readonly oneRow?: Uint8Array;
}

/** The names of a manifest as they are in an inspected model. */
export function entryOf(
  { renamedOutputs, oneRow }: Pick<InspectedModel, "renamedOutputs" | "oneRow">,
  { input, output }: Pick<ModelEntry, "input" | "output">,
): ModelEntry {
  return { input, output: renamedOutputs.get(output) ?? output, ...(oneRow && { oneRow }) };
}

function checkTensors(kind: string, values: readonly OnnxValue[]): void {
  const wrong = values.find(({ element }) => element === null);
  if (wrong) throw new EngineError("bad_model", `${kind} "${wrong.name}" is not a tensor`);
}

/** The operator's name with its domain, if it is allowed. */
function checkOperator(node: OnnxNode, model: OnnxModel, removed: readonly ZipMap[]): string {
  const name = node.domain ? `${node.domain}:${node.operator}` : node.operator;
  // A file may bring functions of its own; the nodes they are made of are checked one by one.
  const isLocal = model.functions.some(
    (local) => local.name === node.operator && local.domain === node.domain,
  );
  if (isLocal || allowedOperators.get(node.domain)?.has(node.operator)) return name;
  const hint =
    isZipMap(node) && removed.length === 0 ? "; convert the model with zipmap=False" : "";
  throw new EngineError("unsupported_operator", `operator ${name} is not supported${hint}`, {
    operator: name,
  });
}

function* everyNode({ graph, functions }: OnnxModel): Generator<OnnxNode> {
  yield* nodesOf(graph.nodes);
  for (const local of functions) {
    yield* nodesOf(local.nodes);
    yield* local.defaults.flatMap(({ graphs }) => graphs.flatMap(({ nodes }) => nodes));
  }
}

function* nodesOf(nodes: readonly OnnxNode[]): Generator<OnnxNode> {
  for (const node of nodes) {
    yield node;
    for (const graph of node.attributes.flatMap(({ graphs }) => graphs)) {
      yield* nodesOf(graph.nodes);
    }
  }
}

function* everyTensor({ graph, functions }: OnnxModel): Generator<OnnxTensor> {
  yield* tensorsOf(graph);
  for (const local of functions) {
    yield* tensorsOfAttributes(local.defaults);
    for (const node of local.nodes) yield* tensorsOfAttributes(node.attributes);
  }
}

function* tensorsOf(graph: OnnxGraph): Generator<OnnxTensor> {
  yield* graph.tensors;
  for (const node of graph.nodes) yield* tensorsOfAttributes(node.attributes);
}

function* tensorsOfAttributes(attributes: readonly OnnxAttribute[]): Generator<OnnxTensor> {
  for (const { tensors, graphs } of attributes) {
    yield* tensors;
    for (const graph of graphs) yield* tensorsOf(graph);
  }
}
