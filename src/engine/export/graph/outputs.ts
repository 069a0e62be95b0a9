import { GRAPH_NAMES } from "../../learnware/onnx/onnx-export";
import type { NewValue } from "../../learnware/onnx/onnx-codec";
import type { GraphBuilder } from "./graph-builder";

const { values, label, probabilities } = GRAPH_NAMES;

/** @param said - Shape [N, 1], double precision. */
export function writeNumbers(builder: GraphBuilder, said: string): NewValue[] {
  builder.toFloat(said, values);
  return [{ name: values, element: "float32", shape: ["N", 1] }];
}

/** @param said - Probabilities of shape [N, count], double precision. */
export function writeClasses(builder: GraphBuilder, said: string, count: number): NewValue[] {
  builder.toFloat(said, probabilities);
  builder.node("ArgMax", [said], { axis: { integer: 1 }, keepdims: { integer: 0 } }, label);
  return [
    { name: label, element: "int64", shape: ["N"] },
    { name: probabilities, element: "float32", shape: ["N", count] },
  ];
}
