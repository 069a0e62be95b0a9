import { encodeModel, type NewNode } from "../../../learnware/onnx/onnx-codec";
import { encodeStored } from "../../../learnware/onnx/stored-tensor";
import { GRAPH_NAMES } from "../../../learnware/onnx/onnx-export";
import type { TextModel } from "./text-model";

/** The name of the input of texts. */
export const TEXTS = "text";
/** Since which texts can be split. */
const OPSETS = new Map([["", 20]]);

/**
 * A model of texts as an ONNX file: `text` string [N], words in lower case with one blank between, to `probabilities` float
 * [N, classes]. Agrees with `predictTextModel` up to float32 rounding.
 *
 * @returns The bytes; equal models give equal bytes.
 */
export function exportTextModel({
  words,
  idf,
  weights,
  intercepts,
}: Omit<TextModel, "learner">): Uint8Array<ArrayBuffer> {
  const classes = intercepts.length;
  const turned = new Float32Array(weights.data.length);
  for (let k = 0; k < classes; k++) {
    for (let j = 0; j < words.length; j++) {
      turned[j * classes + k] = weights.data[k * words.length + j]!;
    }
  }
  const nodes: NewNode[] = [
    node("StringSplit", [TEXTS], ["words", "counts"], { delimiter: { text: " " } }),
    node("TfIdfVectorizer", ["words"], ["tfidf"], {
      max_gram_length: { integer: 1 },
      min_gram_length: { integer: 1 },
      max_skip_count: { integer: 0 },
      mode: { text: "TFIDF" },
      ngram_counts: { integers: [0] },
      ngram_indexes: { integers: words.map((_, i) => i) },
      pool_strings: { texts: words },
      weights: { floats: idf },
    }),
    node("LpNormalization", ["tfidf"], ["unit"], { axis: { integer: 1 }, p: { integer: 2 } }),
    node("Gemm", ["unit", "weights", "intercepts"], ["scores"], {}),
    node("Softmax", ["scores"], [GRAPH_NAMES.probabilities], { axis: { integer: 1 } }),
  ];
  return encodeModel({
    name: "texts",
    nodes,
    tensors: [
      stored("weights", turned, [words.length, classes]),
      stored("intercepts", Float32Array.from(intercepts), [classes]),
    ],
    inputs: [{ name: TEXTS, element: "string", shape: ["N"] }],
    outputs: [{ name: GRAPH_NAMES.probabilities, element: "float32", shape: ["N", classes] }],
    opsets: OPSETS,
  });
}

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: NewNode["attributes"],
): NewNode {
  return { operator, domain: "", inputs, outputs, attributes };
}

function stored(name: string, { buffer }: Float32Array, shape: readonly number[]): Uint8Array {
  return encodeStored({ name, element: "float32", shape, raw: new Uint8Array(buffer) });
}
