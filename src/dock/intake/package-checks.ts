/** @file What a learnware's package must hold for a dock to take it, and the card made of it. */

import type { LearnwareCard } from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { coarseCount } from "../../engine/specification/coarse-count";
import type { Space } from "../../engine/kinds/table/space/space";
import type { Manifest, SemanticSpecification } from "../../engine/learnware/manifest";
import type { InspectedModel } from "../../engine/learnware/onnx/onnx-inspect";
import type { RunnableModel } from "../../engine/learnware/runnable-model";
import type { Specification } from "../../engine/specification/specification";
import type { BlobInfo } from "../storage/blobs/blob-store";
import { gaussianGamma } from "../../engine/specification/kernel/kernel";
import { kindOf } from "../../engine/kinds/index";

/** The most points that the wire format takes. */
const maxPoints = 2000;

/** A learnware that passed every check, described on the version of the island that it was made for. */
export interface Checked {
  readonly manifest: Pick<Manifest, "kind" | "name" | "metrics" | "source">;
  /** With its features under the dock's names. */
  readonly model: RunnableModel;
  readonly semantic: SemanticSpecification;
  readonly rkme: Specification;
  readonly radiusSquared: number;
  /** The space as the learnware has it, under the dock's names of features. */
  readonly space: Space;
  /** The island of that space that it is to be on. */
  readonly islandId: string;
}

/** The model with its features under the dock's names. */
export function renamed(model: RunnableModel, names: ReadonlyMap<string, string>): RunnableModel {
  return { ...model, features: model.features.map((name) => names.get(name) ?? name) };
}

export function checkGraph(model: RunnableModel, { inputs, outputs }: InspectedModel): void {
  if (inputs.length !== 1 || inputs[0]?.name !== model.input) {
    throw new AppError("bad_input", "the model must take the one input that its manifest names");
  }
  if (!outputs.some(({ name }) => name === model.output)) {
    throw new AppError("bad_input", "the model must give the output that its manifest names");
  }
}

export function checkBelongs(
  island: Space,
  model: RunnableModel,
  { points, kernel }: Specification,
): void {
  const kind = kindOf(island);
  const problem = kind.packaging.checkModel(island, model);
  if (problem !== null) throw new AppError("bad_input", problem);
  if (points.rows > maxPoints) {
    throw new AppError("bad_input", `a specification may have ${maxPoints} points at most`);
  }
  const width = kind.dimension(island);
  if (points.cols !== width) {
    throw new AppError(
      "bad_input",
      `the specification has ${points.cols} columns, the island ${width}`,
    );
  }
  const gamma = gaussianGamma(kernel);
  if (Math.abs(gamma - island.gamma) > 1e-9 * island.gamma) {
    throw new AppError("bad_input", `gamma must be the island's ${island.gamma}, got ${gamma}`);
  }
}

export function toCard(
  id: string,
  { manifest, model, semantic, islandId, rkme }: Checked,
  { sha256, sizeBytes }: BlobInfo,
): LearnwareCard {
  const { kind, name, metrics, source } = manifest;
  return {
    id,
    kind,
    name,
    description: semantic.Description.Values,
    islandId,
    task: model.task,
    target: model.target,
    ...(model.unit === undefined ? {} : { unit: model.unit }),
    labels: [...model.labels],
    features: [...model.features],
    metrics,
    licence: semantic.License.Values.join(", "),
    source,
    semantic,
    sha256,
    sizeBytes,
    rowCount: Math.max(1, coarseCount(rkme.rowCount)),
  };
}
