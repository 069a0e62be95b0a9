import type { GradientBoosting } from "../../learner/trees/gradient-boosting";
import type { LinearModel } from "../../learner/linear/linear-model";
import type { AttributeValue, NewNode, NewValue } from "./onnx-codec";
import { encodeModel } from "./onnx-codec";
import { TreeAttributes } from "./tree-attributes";

/** Names in every graph Berth writes. */
export const GRAPH_NAMES = {
  input: "X",
  values: "values",
  label: "label",
  probabilities: "probabilities",
} as const;

const { input, values, label, probabilities } = GRAPH_NAMES;

/**
 * A trained model as an ONNX file: `X` float [N, d] (NaN where missing) to `values` float [N, 1],
 * or to `label` int64 [N] and `probabilities` float [N, classes].
 *
 * Trees become a TreeEnsembleRegressor or TreeEnsembleClassifier; linear models an Imputer, a Scaler,
 * limits and a LinearRegressor or LinearClassifier. Agrees with `predictGradientBoosting` and
 * `predictLinear` up to float32 rounding.
 *
 * @returns The bytes; equal models give equal bytes.
 */
export function exportOnnx(model: GradientBoosting | LinearModel): Uint8Array<ArrayBuffer> {
  const nodes = "trees" in model ? treeNodes(model) : linearNodes(model);
  const outputs: NewValue[] =
    model.task === "regression"
      ? [{ name: values, element: "float32", shape: ["N", 1] }]
      : [
          { name: label, element: "int64", shape: ["N"] },
          { name: probabilities, element: "float32", shape: ["N", classCount(model)] },
        ];
  return encodeModel({
    name: "trees" in model ? "gradient_boosting" : "linear_model",
    nodes,
    inputs: [{ name: input, element: "float32", shape: ["N", model.features] }],
    outputs,
  });
}

function classCount(model: GradientBoosting | LinearModel): number {
  return "trees" in model ? model.classes : model.intercepts.length;
}

function treeNodes(model: GradientBoosting): NewNode[] {
  const isRegression = model.task === "regression";
  const trees = new TreeAttributes(model);
  const attributes: Record<string, AttributeValue> = trees.nodeAttributes();
  if (isRegression) {
    attributes["n_targets"] = { integer: 1 };
  } else {
    attributes["classlabels_int64s"] = { integers: range(model.classes) };
    attributes["post_transform"] = { text: model.base.length === 1 ? "LOGISTIC" : "SOFTMAX" };
  }
  Object.assign(attributes, trees.leafAttributes(isRegression ? "target" : "class"));
  return [
    {
      operator: isRegression ? "TreeEnsembleRegressor" : "TreeEnsembleClassifier",
      domain: "ai.onnx.ml",
      inputs: [input],
      outputs: isRegression ? [values] : [label, probabilities],
      attributes,
    },
  ];
}

function linearNodes(model: LinearModel): NewNode[] {
  const { means, factors, lows, highs } = model.standardiser;
  const ml = (
    operator: string,
    from: string,
    outputs: readonly string[],
    attributes: NewNode["attributes"],
  ): NewNode => ({ operator, domain: "ai.onnx.ml", inputs: [from], outputs, attributes });
  const numbers = {
    coefficients: { floats: model.weights.data },
    intercepts: { floats: model.intercepts },
  };
  const last =
    model.task === "regression"
      ? ml("LinearRegressor", "limited", [values], { ...numbers, targets: { integer: 1 } })
      : ml("LinearClassifier", "limited", [label, probabilities], {
          ...numbers,
          classlabels_ints: { integers: range(model.intercepts.length) },
          post_transform: { text: "SOFTMAX" },
        });
  return [
    ml("Imputer", input, ["filled"], {
      imputed_value_floats: { floats: means },
      replaced_value_float: { float: NaN },
    }),
    ml("Scaler", "filled", ["scaled"], { offset: { floats: means }, scale: { floats: factors } }),
    constant("lows", lows),
    constant("highs", highs),
    standard("Max", ["scaled", "lows"], "raised"),
    standard("Min", ["raised", "highs"], "limited"),
    last,
  ];
}

function constant(name: string, values: Float64Array): NewNode {
  const attributes = { value_floats: { floats: values } };
  return { operator: "Constant", domain: "", inputs: [], outputs: [name], attributes };
}

function standard(operator: string, inputs: readonly string[], output: string): NewNode {
  return { operator, domain: "", inputs, outputs: [output], attributes: {} };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
