import { EngineError } from "../ground/errors";
import type { Space } from "../kinds/table/space/space";
import { TABLE_SPECIFICATION } from "../learnware/manifest";
import { type LearnwarePackage, packLearnware } from "../learnware/package";
import { tableModel } from "../learnware/table-model";
import { buildSemantic } from "../learnware/semantic";
import { encodeStat } from "../specification/files/codec";
import type { Described } from "../specification/describe";
import type { ExportedEnsemble } from "./graph/export-ensemble";

export interface EnsembleAbout {
  readonly name: string;
  /** Markdown: how it predicts. */
  readonly description: string;
  /** Learnwares that it is made of. */
  readonly parts: readonly Pick<LearnwarePackage, "manifest" | "semantic">[];
}

const MOST_SOURCE = 2000;

/**
 * An exported ensemble as a learnware of its own on the same island, described by the rows it was made for.
 *
 * @param described - Of these rows, by `describeRows`: it passed every check.
 * @throws EngineError `bad_parameter` if the model takes columns that the island does not have.
 */
export function packEnsemble(
  { model, task, features, ownColumns, labels }: ExportedEnsemble,
  island: Space,
  { rkme, radiusSquared }: Pick<Described, "rkme" | "radiusSquared">,
  { name, description, parts }: EnsembleAbout,
): Promise<Uint8Array<ArrayBuffer>> {
  if (ownColumns > 0) {
    throw new EngineError(
      "bad_parameter",
      `the model takes ${ownColumns} columns of your table that its island does not have`,
    );
  }
  const { target, unit } = parts[0]!.manifest.model;
  const licences = new Set(parts.flatMap(({ semantic }) => semantic.License.Values));
  const [licence] = licences;
  const isNumber = task === "regression";
  const sources = parts.map(({ manifest }) => `${manifest.name} (${manifest.source})`);
  return packLearnware({
    manifest: {
      format: "berth-learnware-2",
      kind: "table",
      name: name.slice(0, 120),
      model: tableModel(features, { task, target, unit, labels }),
      space: { id: island.id, version: island.version },
      stat_specifications: [TABLE_SPECIFICATION],
      semantic_specification: { file_name: "semantic_specification.json" },
      metrics: [],
      source: `Made of learnwares: ${sources.join("; ")}`.slice(0, MOST_SOURCE),
    },
    semantic: buildSemantic({
      ...{ name: name.slice(0, 120), description, data: "Table", library: "ONNX" },
      task: isNumber ? "Regression" : "Classification",
      scenario: [...new Set(parts.flatMap(({ semantic }) => semantic.Scenario.Values))],
      licence: licences.size === 1 && licence !== undefined ? licence : "Others",
      input: [...features],
      output: isNumber ? [target] : labels,
    }),
    stat: encodeStat(rkme, { space: island.id, spaceVersion: island.version, radiusSquared }),
    model,
    space: island,
  });
}
