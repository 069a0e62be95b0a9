import { EngineError } from "../ground/errors";
import {
  attributeFields,
  decodeModel,
  type OnnxGraph,
  type OnnxValue,
  Tag,
} from "../learnware/onnx/onnx-codec";
import { inspectOnnx } from "../learnware/onnx/onnx-inspect";
import { decodeText, integers, repeated } from "../learnware/onnx/protobuf-fields";

/** A model that somebody else made, as it is before anything is written around it. */
export interface ForeignModel {
  /** Without a ZipMap at its end; otherwise byte for byte as it was. */
  readonly bytes: Uint8Array;
  /** Version per domain; the standard domain is the empty name. */
  readonly opsets: ReadonlyMap<string, number>;
  /** What it has to be given. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Classes that are written in it, in the order of its scores; empty if none are. */
  readonly classes: readonly string[];
  /** Every name of a value in it. */
  readonly names: ReadonlySet<string>;
}

/** Operators that hold the classes they tell apart. */
const CLASSIFIERS = new Set(["TreeEnsembleClassifier", "LinearClassifier", "SVMClassifier"]);

/**
 * Read a model that is to be packed.
 *
 * @throws EngineError as `inspectOnnx` does; `bad_model` if the ZipMap in it cannot be taken away.
 */
export function readForeign(given: Uint8Array): ForeignModel {
  const { bytes, oneRow, labels, inputs: known } = inspectOnnx(given);
  const asGiven = oneRow ?? bytes;
  const { graph, opsets } = decodeModel(asGiven);
  const fed = new Set(known.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ name }) => fed.has(name));
  const taken = [...graph.inputs, ...graph.outputs, ...graph.tensors].map(({ name }) => name);
  const made = graph.nodes.flatMap((node) => [...node.inputs, ...node.outputs]);
  return {
    bytes: asGiven,
    opsets,
    inputs,
    outputs: graph.outputs,
    classes: labels.length > 0 ? labels : classesIn(graph),
    names: new Set([...taken, ...made]),
  };
}

/** Of the last operator that tells classes apart. */
function classesIn({ nodes }: OnnxGraph): string[] {
  const node = nodes.findLast(
    ({ operator, domain }) => domain === "ai.onnx.ml" && CLASSIFIERS.has(operator),
  );
  if (!node) return [];
  const texts = repeated(attributeFields(node, "classlabels_strings"), Tag.attribute.texts);
  if (texts.length > 0) return texts.map(decodeText);
  const numbers = ["classlabels_int64s", "classlabels_ints"].flatMap((name) =>
    integers(attributeFields(node, name), Tag.attribute.integers),
  );
  return numbers.map(String);
}

/** @throws EngineError `bad_model` if there is no such output. */
export function outputNamed({ outputs }: ForeignModel, name: string): OnnxValue {
  const found = outputs.find((output) => output.name === name);
  if (found) return found;
  const names = outputs.map((output) => `"${output.name}"`).join(", ");
  throw new EngineError("bad_model", `the model has no output "${name}"; it gives ${names}`);
}
