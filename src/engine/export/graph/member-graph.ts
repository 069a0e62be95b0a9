import { EngineError } from "../../ground/errors";
import { inspectOnnx } from "../../learnware/onnx/onnx-inspect";
import { zeros } from "../../ground/matrix";
import type { ClassNames } from "../../reuse/rows/answers";
import type { ProvenLearnware } from "../../reuse/predict/learnware-run";
import { type EmbeddedModel, embedModel } from "./embed-model";
import type { GraphBuilder } from "./graph-builder";
import type { GraphInput } from "./graph-input";

/** Less than any probability, and enough that nothing at all becomes the same for every class. */
const NEXT_TO_NOTHING = 1e-300;

/** One learnware's model within a graph. */
export interface MemberGraph {
  readonly embedded: EmbeddedModel;
  /** Shape [N, 1] numbers or [N, classes] probabilities, in double precision. */
  readonly values: string;
}

/**
 * Write what a learnware says of the rows: its model on its own columns, numbers that are not finite replaced, and
 * probabilities in the order of the classes.
 *
 * @param model - Its ONNX file.
 * @throws EngineError `not_exportable` if the model takes a fixed number of rows; others as `inspectOnnx` and `embedModel` do.
 */
export function writeMember(
  builder: GraphBuilder,
  taken: Pick<GraphInput, "columnsOf">,
  { about, form, means }: ProvenLearnware,
  model: Uint8Array,
  classes: ClassNames,
): MemberGraph {
  const { bytes, inputs, renamedOutputs } = inspectOnnx(model);
  const fixed = inputs[0]?.shape?.[0] ?? null;
  if (fixed !== null) {
    throw new EngineError("not_exportable", `a model takes exactly ${fixed} rows at a time`);
  }
  const input = taken.columnsOf(about.features);
  const [prefix, said] = [`${builder.newName()}/`, builder.newName()];
  const output = renamedOutputs.get(about.output) ?? about.output;
  const names = new Map([
    [about.input, input],
    [output, said],
  ]);
  const embedded = embedModel(bytes, prefix, names);
  builder.embed(embedded);
  const shape = builder.node("Constant", [], { value_ints: { integers: [-1, means.length] } });
  const numbers = builder.toDouble(builder.node("Reshape", [said, shape]));
  const filled = fillNonFinite(builder, numbers, means);
  if (about.task === "regression") return { embedded, values: filled };
  const shares =
    form === "logits"
      ? builder.node("Softmax", [filled], { axis: { integer: 1 } })
      : scaleToOne(builder, filled, about.labels.length);
  return { embedded, values: matchLabels(builder, shares, about.labels, classes) };
}

/** x − x is 0 where x is finite, and not a number elsewhere. */
function fillNonFinite(builder: GraphBuilder, values: string, means: Float64Array): string {
  const difference = builder.node("Sub", [values, values]);
  const isFinite = builder.node("Equal", [difference, builder.number(0)]);
  return builder.node("Where", [isFinite, values, builder.row(means)]);
}

/** Rows divided by their sums. */
function scaleToOne(builder: GraphBuilder, values: string, cols: number): string {
  const raised = builder.node("Max", [values, builder.number(NEXT_TO_NOTHING)]);
  return builder.node("Div", [raised, builder.rowSums(raised, cols)]);
}

function matchLabels(
  builder: GraphBuilder,
  probabilities: string,
  own: readonly string[],
  classes: ClassNames,
): string {
  const codes = own.map((label) => classes.codeOf(label));
  const count = classes.names.length;
  if (own.length === count && codes.every((code, k) => code === k)) return probabilities;
  const map = zeros(own.length, count);
  codes.forEach((code, k) => (map.data[k * count + code] = 1));
  return builder.node("MatMul", [probabilities, builder.constant(map)]);
}
