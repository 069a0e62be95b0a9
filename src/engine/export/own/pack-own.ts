import type { Space } from "../../kinds/table/space/space";
import { type HeldBackMetric, TABLE_SPECIFICATION } from "../../learnware/manifest";
import { packLearnware } from "../../learnware/package";
import { buildSemantic } from "../../learnware/semantic";
import { tableModel } from "../../learnware/table-model";
import type { Described } from "../../specification/describe";
import { encodeStat } from "../../specification/files/codec";
import type { OwnModel } from "../../kinds/table/own/own-model";

export interface OwnAbout {
  readonly name: string;
  /** Markdown. */
  readonly description: string;
  readonly metrics: readonly HeldBackMetric[];
}

/**
 * A model of the user's own as a learnware on a space of its own, which it carries.
 *
 * @param model - From `exportOwn`.
 * @param described - Of the rows that it learned from, by `describeRows`: it passed every check.
 * @throws EngineError `bad_package` or `bad_specification` if names are longer than a space allows, or alike.
 */
export function packOwn(
  { target, labels, fitted }: OwnModel,
  model: Uint8Array,
  space: Space,
  { rkme, radiusSquared }: Pick<Described, "rkme" | "radiusSquared">,
  { name, description, metrics }: OwnAbout,
): Promise<Uint8Array<ArrayBuffer>> {
  const features = space.features.map((feature) => feature.name);
  const { task } = fitted.model;
  const isNumber = task === "regression";
  return packLearnware({
    manifest: {
      format: "berth-learnware-2",
      kind: "table",
      name,
      model: tableModel(features, { task, target, labels }),
      space: { id: space.id, version: space.version },
      stat_specifications: [TABLE_SPECIFICATION],
      semantic_specification: { file_name: "semantic_specification.json" },
      metrics: [...metrics],
      source: "Trained on rows of its maker's own.",
    },
    semantic: buildSemantic({
      ...{ name, description, data: "Table", library: "ONNX", scenario: [], licence: "Others" },
      task: isNumber ? "Regression" : "Classification",
      input: features,
      output: isNumber ? [target] : labels,
    }),
    stat: encodeStat(rkme, { space: space.id, spaceVersion: space.version, radiusSquared }),
    model,
    space,
  });
}
