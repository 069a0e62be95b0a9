import { LOOK } from "../../kinds/image/look";
import { tapsOf } from "../../kinds/image/pixels/taps";
import type { ImageForm } from "../../kinds/image/image-input";
import {
  decodeModel,
  encodeModel,
  type OnnxValue,
  type NewValue,
} from "../../learnware/onnx/onnx-codec";
import type { InputForm } from "../../learnware/model-forms";
import { GRAPH_NAMES } from "../../learnware/onnx/onnx-export";
import { encodeStored } from "../../learnware/onnx/stored-tensor";
import { embedModel } from "./embed-model";
import { GraphBuilder } from "./graph-builder";

const IMAGE = "image";
const VECTORS = "vectors";

/** What a manifest says of the input of such a model. */
export function imageForm(side: number): ImageForm {
  return {
    ...{ type: "image", name: IMAGE, channels: 3, height: side, width: side, layout: "NCHW" },
    ...{ range: [0, 255], mean: [0, 0, 0], std: [1, 1, 1] },
  };
}

/** What a manifest says of the input of a model that takes the embedder's vectors. */
export const vectorForm: InputForm = {
  ...{ type: "embedding", name: GRAPH_NAMES.input, embedder: LOOK.mark },
  dimension: LOOK.dimension,
};

/**
 * A model of images from one of the embedder's vectors, with the embedder in its graph: `image` float [N, 3, side, side], red,
 * green and blue from 0 to 255, to the outputs of the model. For images of that side it sees the vectors that the embedder
 * gives, up to rounding in single precision.
 *
 * @param head - A model that `exportOnnx` wrote, of `LOOK.dimension` features.
 * @param look - The file of the embedder.
 * @param side - Of the images that it was trained on.
 */
export function exportImageModel(
  head: Uint8Array,
  look: Uint8Array,
  side: number,
): Uint8Array<ArrayBuffer> {
  const { large, small, output } = LOOK.graph;
  const builder = new GraphBuilder();
  const names = new Map([
    ...[large, small].map((input) => [input.name, resized(builder, side, input.side)] as const),
    [output, VECTORS],
  ]);
  builder.embed(embedModel(look, "look_", names));
  const { outputs } = decodeModel(head).graph;
  const kept = outputs.map(({ name }) => [name, name] as const);
  builder.embed(embedModel(head, "head_", new Map([[GRAPH_NAMES.input, VECTORS], ...kept])));
  return encodeModel({
    name: "image_model",
    nodes: builder.nodes,
    tensors: builder.tensors,
    inputs: [{ name: IMAGE, element: "float32", shape: ["N", 3, side, side] }],
    outputs: outputs.map(asNew),
  });
}

/** The image with another side: a product with the weights of old pixels from each side. */
function resized(builder: GraphBuilder, from: number, to: number): string {
  if (from === to) return IMAGE;
  const { first, start, weights } = tapsOf(from, to);
  const down = new Float32Array(to * from);
  const across = new Float32Array(from * to);
  for (let i = 0; i < to; i++) {
    for (let tap = start[i]!; tap < start[i + 1]!; tap++) {
      const j = first[i]! + tap - start[i]!;
      down[i * from + j] = weights[tap]!;
      across[j * to + i] = weights[tap]!;
    }
  }
  const stored = (values: Float32Array, shape: readonly number[]) => {
    const name = builder.newName();
    const raw = new Uint8Array(values.buffer);
    builder.tensors.push(encodeStored({ name, element: "float32", shape, raw }));
    return name;
  };
  const rows = builder.node("MatMul", [stored(down, [to, from]), IMAGE]);
  return builder.node("MatMul", [rows, stored(across, [from, to])]);
}

/** Outputs of models that Berth writes are numbers or labels, of as many rows as there are. */
function asNew({ name, element, shape }: OnnxValue): NewValue {
  return {
    name,
    element: element === "int64" ? "int64" : "float32",
    shape: (shape ?? []).map((size) => size ?? "N"),
  };
}
