import type { Space } from "../../engine/kinds/table/space/space";
import {
  type HeldBackMetric,
  type Manifest,
  TABLE_SPECIFICATION,
} from "../../engine/learnware/manifest";
import { packLearnware } from "../../engine/learnware/package";
import { buildSemantic } from "../../engine/learnware/semantic";
import type { Described } from "../../engine/specification/describe";
import { encodeStat } from "../../engine/specification/files/codec";
import { specificationExtras } from "./specification-extras";
import type { LearnwareAbout } from "./about";

/** What a learnware of tables is made of. */
interface TableParts {
  readonly space: Space;
  readonly described: Described;
  readonly about: LearnwareAbout;
  readonly model: Manifest["model"];
  readonly metrics: HeldBackMetric[];
  readonly bytes: Uint8Array;
  /** Whether the zip carries its space, so that a dock which does not know it can found it. */
  readonly carrySpace: boolean;
  /** Rows that everybody may see, as CSV. */
  readonly sample?: string | undefined;
}

/** @throws EngineError `bad_package` if a name, label or text is longer than a learnware can hold. */
export async function packTable({
  space,
  described,
  about,
  model,
  metrics,
  bytes,
  carrySpace,
  sample,
}: TableParts): Promise<{
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
}> {
  const manifest: Manifest = {
    format: "berth-learnware-2",
    kind: "table",
    name: about.name,
    model,
    space: { id: space.id, version: space.version },
    stat_specifications: [TABLE_SPECIFICATION],
    semantic_specification: { file_name: "semantic_specification.json" },
    metrics,
    source: about.source,
    ...(about.translations && { translations: about.translations }),
  };
  const taken = model.input.type === "features" ? model.input.features : [];
  const unitOf = new Map(space.features.map(({ name, unit }) => [name, unit]));
  const semantic = buildSemantic({
    name: about.name,
    description: about.description,
    data: "Table",
    task: model.task === "regression" ? "Regression" : "Classification",
    library: "ONNX",
    scenario: about.scenario,
    licence: about.licence,
    input: taken.map((name) => (unitOf.get(name) ? `${name} (${unitOf.get(name)!})` : name)),
    output: model.output.type === "scores" ? model.output.labels : [model.target],
  });
  const zip = await packLearnware({
    manifest,
    semantic,
    stat: encodeStat(described.rkme, specificationExtras(space, described)),
    model: bytes,
    ...(carrySpace && { space: { ...space, book: undefined } }),
    ...(sample !== undefined && { sample }),
  });
  return { zip, manifest };
}
