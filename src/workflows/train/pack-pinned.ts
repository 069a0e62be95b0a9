import { EngineError } from "../../engine/ground/errors";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { ClassTarget } from "../../engine/learner/target";
import {
  type HeldBackMetric,
  type Manifest,
  TABLE_SPECIFICATION,
} from "../../engine/learnware/manifest";
import { GRAPH_NAMES } from "../../engine/learnware/onnx/onnx-export";
import { packLearnware } from "../../engine/learnware/package";
import { buildSemantic } from "../../engine/learnware/semantic";
import type { Described } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { encodeStat } from "../../engine/specification/files/codec";
import { specificationExtras } from "./specification-extras";
import type { LearnwareAbout } from "./about";

const TEST_SHARE = 0.2;
const MOST_LABELS = 1000;

/** Things with a class each, and which of them a model learns from. */
export interface ClassedRows {
  /** In alphabetical order. */
  readonly labels: readonly string[];
  readonly learned: readonly number[];
  /** Held back, to be measured on. */
  readonly tested: readonly number[];
  readonly targetOf: (rows: readonly number[]) => ClassTarget;
}

/**
 * Four fifths of what has an answer to learn from, and the rest to measure on.
 *
 * @param answers - Shape [n]: empty where there is none.
 * @throws EngineError `no_usable_rows` if there are fewer than two classes; `bad_parameter` if there are too many.
 */
export function splitClasses(
  answers: readonly string[],
  target: string,
  seed: number,
): ClassedRows {
  const rows = [...answers.keys()].filter((row) => answers[row] !== "");
  const labels = [...new Set(rows.map((row) => answers[row]!))].sort();
  if (labels.length < 2) {
    throw new EngineError("no_usable_rows", `"${target}" has fewer than two classes`);
  }
  if (labels.length > MOST_LABELS) {
    const message = `"${target}" has ${labels.length} classes; at most ${MOST_LABELS} can be told apart`;
    throw new EngineError("bad_parameter", message);
  }
  const count = Math.max(1, Math.round(rows.length * TEST_SHARE));
  const held = new Set(sampleIndices(rows.length, count, seededRandom(seed)));
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  return {
    labels,
    learned: rows.filter((_, i) => !held.has(i)),
    tested: rows.filter((_, i) => held.has(i)),
    targetOf: (some) => ({
      task: "classification",
      codes: Int32Array.from(some, (row) => codeOf.get(answers[row]!)!),
      classes: labels.length,
    }),
  };
}

/** What a learnware of a pinned space is made of. */
interface PinnedParts {
  readonly space: EmbeddingSpace;
  readonly described: Described;
  readonly about: LearnwareAbout;
  readonly input: Manifest["model"]["input"];
  readonly target: string;
  /** Names of the classes; none of a number. */
  readonly labels: readonly string[];
  readonly metrics: HeldBackMetric[];
  readonly model: Uint8Array;
  /** The output of the model's graph; `probabilities` where left out. */
  readonly output?: string;
  readonly unit?: string | undefined;
}

/** @throws EngineError `bad_package` if a name, label or text is longer than a learnware can hold. */
export async function packPinned(made: PinnedParts): Promise<{
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
}> {
  const { space, described, about, input, target, labels, metrics, model, unit } = made;
  const { output: name = GRAPH_NAMES.probabilities } = made;
  const { kind } = space;
  const isOfClasses = labels.length > 0;
  const manifest: Manifest = {
    ...{ format: "berth-learnware-2", kind, name: about.name },
    model: {
      ...{ format: "onnx", file_name: "model.onnx", input, target },
      task: isOfClasses ? "classification" : "regression",
      output: isOfClasses
        ? { type: "scores", name, labels: [...labels] }
        : { type: "numbers", name, names: [target] },
      ...(unit !== undefined && { unit }),
    },
    space: { id: space.id, version: space.version },
    stat_specifications: [TABLE_SPECIFICATION],
    semantic_specification: { file_name: "semantic_specification.json" },
    metrics,
    source: about.source,
    ...(about.translations && { translations: about.translations }),
  };
  const zip = await packLearnware({
    manifest,
    semantic: buildSemantic({
      ...{ name: about.name, description: about.description },
      ...{ data: kind === "text" ? "Text" : "Image", library: "ONNX" },
      task: isOfClasses ? "Classification" : "Regression",
      ...{ scenario: about.scenario, licence: about.licence },
      output: isOfClasses ? labels : [target],
    }),
    stat: encodeStat(described.rkme, specificationExtras(space, described)),
    model,
    space: { ...space, book: undefined },
  });
  return { zip, manifest };
}
