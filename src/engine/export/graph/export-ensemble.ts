import type { Task } from "../../ground/task";
import { encodeModel } from "../../learnware/onnx/onnx-codec";
import { GRAPH_NAMES } from "../../learnware/onnx/onnx-export";
import type { FittedWay } from "../../reuse/predict/predict-rows";
import { LEAST_CALIBRATED } from "../../reuse/outputs/temperature";
import { GraphBuilder } from "./graph-builder";
import { FormulaWriter } from "./formula-writer";
import { writeClasses, writeNumbers } from "./outputs";
import { sharedOpsets } from "./shared-opsets";
import type { Space } from "../../kinds/table/space/space";

/** A way of reuse as one ONNX model. */
export interface ExportedEnsemble {
  /** From `X` float [N, columns] to `values` [N, 1], or to `label` [N] and `probabilities` [N, labels]. */
  readonly model: Uint8Array<ArrayBuffer>;
  readonly task: Task;
  /** Features of the island whose encoded columns come first, in this order: unscaled, NaN where missing. */
  readonly features: readonly string[];
  /** How many of the user's own columns follow. */
  readonly ownColumns: number;
  /** Names of the classes, in the order of the columns. */
  readonly labels: readonly string[];
}

/**
 * Write down all that a way of reuse does as one ONNX model: the learnwares' models, each on its own columns, their
 * outputs in one shape, the weights, what labels taught, and the temperature. It computes in double precision where the
 * pipeline does; predictions agree up to single precision.
 *
 * @param way - From `fitWay` or `predictRows`.
 * @param space - That the learnwares are of.
 * @param modelOf - The ONNX file of a learnware, by id.
 * @throws EngineError `not_exportable` if models of learnwares cannot stand in one file; others as `inspectOnnx`.
 */
export function exportEnsemble(
  way: FittedWay,
  space: Space,
  modelOf: (id: string) => Uint8Array,
): ExportedEnsemble {
  const { classes, sample } = way.prepared;
  const { task } = sample.outputs;
  const builder = new GraphBuilder();
  const writer = new FormulaWriter(builder, way, space, modelOf);
  const said = writer.write(way.model.formula);
  const { layout } = writer;
  const cooled = (temperature: number) =>
    temperature === 1 ? said : cool(builder, said, temperature, classes.names.length);
  const outputs =
    task === "regression"
      ? writeNumbers(builder, said)
      : writeClasses(builder, cooled(way.uncertainty.temperature), classes.names.length);
  const model = encodeModel({
    name: "ensemble",
    nodes: builder.nodes,
    tensors: builder.tensors,
    inputs: [{ name: GRAPH_NAMES.input, element: "float32", shape: ["N", layout.width] }],
    outputs,
    opsets: sharedOpsets(writer.embedded),
  });
  const { features, ownColumns } = layout;
  return { model, task, features, ownColumns, labels: [...classes.names] };
}

/** As `applyTemperature`. */
function cool(builder: GraphBuilder, said: string, temperature: number, count: number): string {
  const raised = builder.node("Max", [said, builder.number(LEAST_CALIBRATED)]);
  const power = builder.node("Pow", [raised, builder.number(1 / temperature)]);
  return builder.node("Div", [power, builder.rowSums(power, count)]);
}
