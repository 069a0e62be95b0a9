import { LOOK } from "../../engine/kinds/image/look";
import { encodeModel } from "../../engine/learnware/onnx/onnx-codec";
import { FloatGraph } from "./float-graph";
import { shapeAndColour } from "./shape-and-colour";
import { type Layer, readNetwork, type Weight } from "./tflite";

/** As far as the features of a network that knows things are still those of any picture. */
const LAYERS = 36;
const LAST = "expanded_conv_9/add";

/**
 * The embedder of pictures as one ONNX file: 179 numbers of shape and colour, and the means of the 64 channels that the
 * first layers of a network give.
 *
 * @param network - MobileNetV2 as a TensorFlow Lite file, with weights in half precision.
 */
export function lookGraph(network: Uint8Array): Uint8Array<ArrayBuffer> {
  const { large, small, output } = LOOK.graph;
  const graph = new FloatGraph();
  const shapes = shapeAndColour(graph, small.name);
  const things = channelMeans(graph, large.name, network);
  graph.node("Concat", [shapes, things], { axis: { integer: 1 } }, output);
  const input = ({ name, side }: { readonly name: string; readonly side: number }) => ({
    name,
    element: "float32" as const,
    shape: ["N", 3, side, side],
  });
  return encodeModel({
    name: `${LOOK.mark.id}-${LOOK.mark.version}`,
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [input(large), input(small)],
    outputs: [{ name: output, element: "float32", shape: ["N", LOOK.dimension] }],
  });
}

/** Shape [N, 64], of a picture [N, 3, 96, 96], 0 to 255. */
function channelMeans(graph: FloatGraph, picture: string, file: Uint8Array): string {
  const network = readNetwork(file, LAYERS);
  const last = network.layers.at(-1)!.output;
  if (!network.nameOf(last).endsWith(LAST)) {
    throw new Error(`layer ${LAYERS} is ${network.nameOf(last)}, not ${LAST}`);
  }
  const scaled = graph.node("Mul", [picture, graph.float(1 / 127.5)]);
  const values = new Map([[network.input, graph.node("Sub", [scaled, graph.float(1)])]]);
  for (const layer of network.layers) values.set(layer.output, addLayer(graph, layer, values));
  return graph.flat(graph.mean(values.get(last)!, [2, 3]));
}

function addLayer(graph: FloatGraph, layer: Layer, values: ReadonlyMap<number, string>): string {
  if (layer.type === "add") {
    return graph.node(
      "Add",
      layer.inputs.map((input) => values.get(input)!),
    );
  }
  const isDepthwise = layer.type === "depthwise";
  const weight = isDepthwise ? channelsFirst(layer.weight, 3) : channelsFirst(layer.weight, 0);
  const made = graph.conv(
    [
      values.get(layer.input)!,
      graph.halves(weight.halves, weight.shape),
      graph.halves(layer.bias.halves, layer.bias.shape),
    ],
    {
      auto_pad: { text: "SAME_UPPER" },
      strides: { integers: [layer.stride, layer.stride] },
      group: { integer: isDepthwise ? weight.shape[0]! : 1 },
    },
  );
  return layer.isClipped ? graph.node("Clip", [made, graph.float(0), graph.float(6)]) : made;
}

/**
 * [outputs, height, width, inputs] as ONNX has it: [outputs, inputs, height, width].
 *
 * @param outputs - The axis of the outputs; that of a depthwise convolution is the last, its inputs are the first.
 */
function channelsFirst({ shape, halves }: Weight, outputs: 0 | 3): Weight {
  const order = [outputs, 3 - outputs, 1, 2];
  const turned = order.map((axis) => shape[axis]!);
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const numbers = new Uint8Array(halves.length);
  const [o, i, h, w] = turned as [number, number, number, number];
  let at = 0;
  for (let a = 0; a < o; a++) {
    for (let b = 0; b < i; b++) {
      for (let c = 0; c < h; c++) {
        for (let d = 0; d < w; d++, at += 2) {
          const index = [a, b, c, d].reduce((sum, k, axis) => sum + k * steps[order[axis]!]!, 0);
          numbers.set(halves.subarray(2 * index, 2 * index + 2), at);
        }
      }
    }
  }
  return { shape: turned, halves: numbers };
}
