import type { FittedModel } from "../../learner/choose-model";
import type { LinearModel } from "../../learner/linear/linear-model";
import { exportOnnx, GRAPH_NAMES } from "../../learnware/onnx/onnx-export";
import { zeros } from "../../ground/matrix";
import { LEAST_PROBABILITY } from "../../reuse/outputs/probabilities";
import { embedModel } from "./embed-model";
import type { GraphBuilder } from "./graph-builder";

/**
 * Write a model that the user's labels taught, on inputs in single precision.
 *
 * @returns Name of its numbers or probabilities, in double precision.
 */
export function writeFitted(builder: GraphBuilder, { model }: FittedModel, inputs: string): string {
  const said = builder.newName();
  const { input, values, probabilities } = GRAPH_NAMES;
  const output = model.task === "regression" ? values : probabilities;
  const names = new Map([
    [input, inputs],
    [output, said],
  ]);
  builder.embed(embedModel(exportOnnx(model), `${builder.newName()}/`, names));
  return builder.toDouble(said);
}

/**
 * Write a correction of an estimate by the user's own columns, as `augmentingLinear` and `augmentingTrees` compute it.
 *
 * @param own - Name of the user's own columns, single precision.
 * @param estimate - Shape [N, c].
 */
export function writeCorrected(
  builder: GraphBuilder,
  fitted: FittedModel,
  own: string,
  estimate: string,
): string {
  const inputs = builder.sideBySide([own, builder.toFloat(estimate)]);
  if (fitted.kind === "linear") return writeLinear(builder, fitted.model, inputs, estimate);
  const said = writeFitted(builder, fitted, inputs);
  return fitted.model.task === "regression" ? builder.sum([said, estimate]) : said;
}

/**
 * Write a linear head on what one learnware says, as `heading` computes it.
 *
 * @param output - Shape [N, c].
 */
export function writeHead(builder: GraphBuilder, model: LinearModel, output: string): string {
  const inputs = model.task === "regression" ? output : writeLogarithms(builder, output);
  return writeLinear(builder, model, builder.toFloat(inputs), output);
}

function writeLinear(
  builder: GraphBuilder,
  { standardiser, weights, intercepts, task }: LinearModel,
  inputs: string,
  estimate: string,
): string {
  const { means, factors, lows, highs } = standardiser;
  const centred = builder.node("Sub", [builder.toDouble(inputs), builder.row(means)]);
  const scaled = builder.node("Mul", [centred, builder.row(factors)]);
  const raised = builder.node("Max", [scaled, builder.row(lows)]);
  const limited = builder.node("Min", [raised, builder.row(highs)]);
  const isMissing = builder.node("IsNaN", [scaled]);
  const x = builder.node("Where", [isMissing, builder.number(0), limited]);
  const turned = zeros(weights.cols, weights.rows);
  weights.data.forEach((weight, at) => {
    const [k, j] = [Math.floor(at / weights.cols), at % weights.cols];
    turned.data[j * weights.rows + k] = weight;
  });
  const linear = builder.node("MatMul", [x, builder.constant(turned)]);
  const scores = [linear, builder.row(intercepts)];
  if (task === "regression") return builder.sum([...scores, estimate]);
  const offset = writeLogarithms(builder, estimate);
  return builder.node("Softmax", [builder.sum([...scores, offset])], { axis: { integer: 1 } });
}

function writeLogarithms(builder: GraphBuilder, probabilities: string): string {
  const least = builder.number(LEAST_PROBABILITY);
  return builder.node("Log", [builder.node("Max", [probabilities, least])]);
}
