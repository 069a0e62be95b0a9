import { encodedWidth } from "../../kinds/table/space/encoded-width";
import { isDatePart, type OwnInput } from "../../kinds/table/own/own-inputs";
import { type OwnFeature, ownFeatures } from "../../kinds/table/own/own-features";
import type { OwnModel } from "../../kinds/table/own/own-model";
import { encodeModel } from "../../learnware/onnx/onnx-codec";
import { GRAPH_NAMES } from "../../learnware/onnx/onnx-export";
import { writeFitted } from "../graph/correction-graph";
import { GraphBuilder } from "../graph/graph-builder";
import { writeClasses, writeNumbers } from "../graph/outputs";

/**
 * Write a model of the user's own as one ONNX model on the features of `ownFeatures`, as spaces encode them: `X` float
 * [N, columns], NaN where a cell is empty. Which cells are empty is found in the graph. Outputs are those of `exportOnnx`.
 */
export function exportOwn({
  inputs,
  fitted,
  labels,
}: Pick<OwnModel, "inputs" | "fitted" | "labels">): Uint8Array<ArrayBuffer> {
  const builder = new GraphBuilder();
  const features = ownFeatures(inputs);
  const encoded = writeInputs(builder, inputs, features);
  const said = writeFitted(builder, fitted, encoded);
  const outputs =
    fitted.model.task === "regression"
      ? writeNumbers(builder, said)
      : writeClasses(builder, said, labels.length);
  const width = features.reduce((sum, feature) => sum + widthOf(feature), 0);
  return encodeModel({
    name: "own_model",
    nodes: builder.nodes,
    tensors: builder.tensors,
    inputs: [{ name: GRAPH_NAMES.input, element: "float32", shape: ["N", width] }],
    outputs,
  });
}

/** @returns Name of the inputs in their order, single precision. */
function writeInputs(
  builder: GraphBuilder,
  inputs: readonly OwnInput[],
  features: readonly OwnFeature[],
): string {
  const firsts: number[] = [];
  let next = 0;
  for (const feature of features) {
    firsts.push(next);
    next += widthOf(feature);
  }
  const placeOf = (input: OwnInput): number => {
    const at = features.findIndex(
      ({ column, of }) => column === input.column && (of === input.of || !isDatePart(input.of)),
    );
    const feature = features[at]!;
    const within = input.of === "value" && feature.of === "category" ? feature.values.indexOf(input.value) : 0; // prettier-ignore
    return firsts[at]! + within;
  };
  const chosen = builder.columns(GRAPH_NAMES.input, inputs.map(placeOf));
  const x = builder.toDouble(chosen);
  const isMissing = builder.node("IsNaN", [x]);
  // x − x is 0 where x is finite: what single precision cannot hold counts as missing, as in the encoding.
  const isFinite = builder.node("Equal", [builder.node("Sub", [x, x]), builder.number(0)]);
  const flags = builder.toDouble(isMissing);
  const [ofValue, ofMissing] = [
    mask(builder, inputs, "value"),
    mask(builder, inputs, "missing"),
  ] as const;
  const numbers = builder.node("Where", [isFinite, x, builder.number(NaN)]);
  const values = builder.node("Where", [isMissing, builder.number(0), x]);
  const ofColumns = builder.node("Where", [ofValue, values, numbers]);
  return builder.toFloat(builder.node("Where", [ofMissing, flags, ofColumns]));
}

/** Shape [1, inputs]: which of them are of a kind. */
function mask(builder: GraphBuilder, inputs: readonly OwnInput[], of: OwnInput["of"]): string {
  const row = builder.row(inputs.map((input) => Number(input.of === of)));
  return builder.node("Equal", [row, builder.number(1)]);
}

function widthOf(feature: OwnFeature): number {
  const isCategory = feature.of === "category";
  return encodedWidth({
    type: isCategory ? "category" : "number",
    categories: isCategory ? feature.values : [],
  });
}
