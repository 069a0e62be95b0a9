import type { Task } from "../../ground/task";
import { encodeModel } from "../../learnware/onnx/onnx-codec";
import { GRAPH_NAMES } from "../../learnware/onnx/onnx-export";
import type { FittedWay } from "../../reuse/predict/predict-rows";
import { LEAST_CALIBRATED } from "../../reuse/outputs/temperature";
import type { Formula } from "../../reuse/formula";
import { TEXTS } from "../../kinds/text/train/text-graph";
import { GraphBuilder } from "./graph-builder";
import { tableInput, textInput } from "./graph-input";
import { InputLayout } from "./input-layout";
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
  const { prepared } = way;
  const { classes, sample } = prepared;
  const { task } = sample.outputs;
  const builder = new GraphBuilder();
  const layout = layoutOf(builder, way, space);
  const writer = new FormulaWriter(builder, way, tableInput(builder, layout, space), modelOf);
  const said = writer.write(way.model.formula);
  const outputs =
    task === "regression"
      ? writeNumbers(builder, said)
      : writeClasses(builder, cooled(builder, way, said), classes.names.length);
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

/**
 * The same of learnwares of texts: from `text` string [N], canonical, to `label` [N] and `probabilities` [N, labels].
 *
 * @throws EngineError `not_exportable` if it weighs each text by what it means, or learns from that; others as `exportEnsemble`.
 */
export function exportTextEnsemble(
  way: FittedWay,
  modelOf: (id: string) => Uint8Array,
): { readonly model: Uint8Array<ArrayBuffer>; readonly labels: readonly string[] } {
  const { names } = way.prepared.classes;
  const builder = new GraphBuilder();
  const writer = new FormulaWriter(builder, way, textInput, modelOf);
  const said = writer.write(way.model.formula);
  const model = encodeModel({
    name: "ensemble",
    nodes: builder.nodes,
    tensors: builder.tensors,
    inputs: [{ name: TEXTS, element: "string", shape: ["N"] }],
    outputs: writeClasses(builder, cooled(builder, way, said), names.length),
    opsets: sharedOpsets(writer.embedded),
  });
  return { model, labels: [...names] };
}

/** What the graph takes of a table: features that are needed, and the user's own columns. */
function layoutOf(builder: GraphBuilder, way: FittedWay, space: Space): InputLayout {
  const { prepared, isUsed, reuser, model } = way;
  const used = prepared.learnwares.filter((_, m) => isUsed[m]);
  const hasEvidence = prepared.sample.evidence !== null;
  const features = comparesRows(model.formula, hasEvidence)
    ? space.features.map(({ name }) => name)
    : used.flatMap(({ about }) => about.features);
  const own = reuser.needs.includes("features") ? (prepared.sample.features?.cols ?? 0) : 0;
  return new InputLayout(builder, GRAPH_NAMES.input, space, new Set(features), own);
}

/** Whether rows are weighed by what they look like. */
function comparesRows(formula: Formula, hasEvidence: boolean): boolean {
  if (formula.kind === "blend") {
    return formula.parts.some((part) => comparesRows(part.formula, hasEvidence));
  }
  if (formula.kind === "sum") return hasEvidence && formula.estimate !== 0;
  return formula.kind === "by_row" || (formula.kind === "corrected" && hasEvidence);
}

function cooled(builder: GraphBuilder, { uncertainty, prepared }: FittedWay, said: string): string {
  const { temperature } = uncertainty;
  return temperature === 1 ? said : cool(builder, said, temperature, prepared.classes.names.length);
}

/** As `applyTemperature`. */
function cool(builder: GraphBuilder, said: string, temperature: number, count: number): string {
  const raised = builder.node("Max", [said, builder.number(LEAST_CALIBRATED)]);
  const power = builder.node("Pow", [raised, builder.number(1 / temperature)]);
  return builder.node("Div", [power, builder.rowSums(power, count)]);
}
