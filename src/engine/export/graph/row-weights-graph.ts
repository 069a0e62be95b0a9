import type { Space } from "../../kinds/table/space/space";
import { type Matrix, zeros } from "../../ground/matrix";
import { normaliseShares } from "../../reuse/outputs/average";
import { LEAST_MEAN, SHARPNESS } from "../../reuse/evidence/evidence";
import { sharePoints } from "./shared-points";
import { gaussianGamma } from "../../specification/kernel/kernel";
import type { GraphBuilder } from "./graph-builder";
import type { InputLayout } from "./input-layout";
import type { CandidateSpec } from "../../specification/candidate-spec";

/** No scaled value lies farther out, as in `encodeRows`. */
const FARTHEST = 1e4;

/** Names of values that hold the weights of learnwares, row by row. */
export interface RowWeights {
  /** Shape [N, m]: rows sum to 1. */
  readonly weights: string;
  /** Shape [N, 1], boolean: false where a row has no evidence for any learnware, and the shares are its weights. */
  readonly isDecided: string;
}

/**
 * Write the weights that learnwares have in each row, as `measureEvidence` and `rowWeights` compute them: kernel means
 * over what they usually are, to a power, times the shares, or the shares alone where there is no evidence.
 *
 * @param specs - Of the m learnwares, all of one kernel width.
 * @param usual - Shape [m].
 * @param shares - Shape [m].
 */
export function writeRowWeights(
  builder: GraphBuilder,
  layout: InputLayout,
  island: Space,
  specs: readonly CandidateSpec[],
  usual: Float64Array,
  shares: Float64Array,
): RowWeights {
  const prior = builder.row(normaliseShares(shares));
  const scaled = builder.toDouble(writeScaled(builder, layout, island));
  const { points, members } = sharePoints(specs);
  const gamma = gaussianGamma(specs[0]!.rkme.kernel);
  const exponents = [writeSquaredDistances(builder, scaled, points), builder.number(-gamma)];
  const kernel = builder.node("Exp", [builder.node("Mul", exponents)]);
  const all = zeros(points.rows, specs.length);
  members.forEach(({ at, weights }, m) =>
    at.forEach((j, i) => (all.data[j * specs.length + m]! += weights[i]!)),
  );
  const means = builder.node("MatMul", [kernel, builder.constant(all)]);
  const isSeen = builder.node("Greater", [means, builder.number(LEAST_MEAN)]);
  const perUsual = builder.row(usual.map((mean) => (mean > 0 ? 1 / mean : 0)));
  const ratios = builder.node("Mul", [means, perUsual]);
  const positive = builder.node("Where", [isSeen, ratios, builder.number(0)]);
  const most = builder.largest(positive);
  const relative = builder.node("Div", [positive, most]);
  const evidence = builder.node("Pow", [relative, builder.number(SHARPNESS)]);
  const weighed = builder.node("Mul", [evidence, prior]);
  const total = builder.rowSums(weighed, specs.length);
  const isDecided = builder.node("Greater", [total, builder.number(0)]);
  const own = builder.node("Div", [weighed, total]);
  return { weights: builder.node("Where", [isDecided, own, prior]), isDecided };
}

/** 1 for the learnware that weighs most, the first of equals; rows without evidence keep their shares. */
export function writeLargest(
  builder: GraphBuilder,
  { weights, isDecided }: RowWeights,
  count: number,
): string {
  const attributes = { axis: { integer: 1 }, keepdims: { integer: 1 } };
  const largest = builder.node("ArgMax", [weights], attributes);
  const all = { value_ints: { integers: Array.from({ length: count }, (_, m) => m) } };
  const isLargest = builder.node("Equal", [largest, builder.node("Constant", [], all)]);
  return builder.node("Where", [isDecided, builder.toDouble(isLargest), weights]);
}

/** Features scaled by the island, the missing ones 0, in single precision. */
function writeScaled(builder: GraphBuilder, layout: InputLayout, { features }: Space): string {
  const names = features.map(({ name }) => name);
  const raw = builder.toDouble(layout.columnsOf(names));
  const centres = builder.row(features.flatMap(({ center }) => center));
  const scales = builder.row(features.flatMap(({ scale }) => scale));
  const scaled = builder.node("Div", [builder.node("Sub", [raw, centres]), scales]);
  const high = builder.node("Min", [scaled, builder.number(FARTHEST)]);
  const within = builder.node("Max", [high, builder.number(-FARTHEST)]);
  const isMissing = builder.node("IsNaN", [scaled]);
  return builder.toFloat(builder.node("Where", [isMissing, builder.number(0), within]));
}

/** Shape [N, p]: ‖x‖² − 2 x·z + ‖z‖². */
function writeSquaredDistances(
  builder: GraphBuilder,
  rows: string,
  points: Matrix<Float64Array>,
): string {
  const norms = builder.rowSums(builder.node("Mul", [rows, rows]), points.cols);
  const products = builder.node("MatMul", [rows, builder.constant(doubledAndTurned(points))]);
  const squared = builder.sum([products, norms, builder.row(squaredNorms(points))]);
  return builder.node("Max", [squared, builder.number(0)]);
}

/** −2 Zᵀ. */
function doubledAndTurned({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  const turned = zeros(cols, rows);
  for (let j = 0; j < rows; j++) {
    for (let k = 0; k < cols; k++) turned.data[k * rows + j] = -2 * data[j * cols + k]!;
  }
  return turned;
}

function squaredNorms({ data, rows, cols }: Matrix<Float64Array>): Float64Array {
  return Float64Array.from({ length: rows }, (_, j) =>
    data.subarray(j * cols, (j + 1) * cols).reduce((sum, x) => sum + x * x, 0),
  );
}
