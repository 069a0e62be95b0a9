import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
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
import { coarseCount } from "../../engine/specification/coarse-count";
import type { Described } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { encodeStat } from "../../engine/specification/files/codec";
import { specificationExtras } from "./specification-extras";
import type { LearnwareAbout } from "./train";

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

/**
 * How often the likeliest class is right, beside the most frequent one.
 *
 * @param scores - Shape [n, classes], of what was held back.
 */
export function accuracyOf(
  { data, cols }: Matrix,
  { codes }: ClassTarget,
  learned: ClassTarget,
): HeldBackMetric[] {
  if (codes.length === 0) return [];
  const counts = new Int32Array(learned.classes);
  for (const code of learned.codes) counts[code]!++;
  const commonest = counts.indexOf(Math.max(...counts));
  const share = (said: (i: number) => number) => {
    const hits = codes.reduce((sum, code, i) => sum + Number(said(i) === code), 0);
    return Number((hits / codes.length).toPrecision(4));
  };
  const likeliest = (i: number) => {
    const scores = data.subarray(i * cols, (i + 1) * cols);
    return scores.indexOf(Math.max(...scores));
  };
  const [value, trivial] = [share(likeliest), share(() => commonest)];
  return [{ name: "accuracy", value, trivial, rows: coarseCount(codes.length) }];
}

/** What a learnware of a pinned space is made of. */
interface Classes {
  readonly space: EmbeddingSpace;
  readonly described: Described;
  readonly about: LearnwareAbout;
  readonly input: Manifest["model"]["input"];
  readonly target: string;
  readonly labels: readonly string[];
  readonly metrics: HeldBackMetric[];
  /** An ONNX file that gives `probabilities`. */
  readonly model: Uint8Array;
}

/** @throws EngineError `bad_package` if a name, label or text is longer than a learnware can hold. */
export async function packClasses(made: Classes): Promise<{
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
}> {
  const { space, described, about, input, target, labels, metrics, model } = made;
  const { kind } = space;
  const manifest: Manifest = {
    ...{ format: "berth-learnware-2", kind, name: about.name },
    model: {
      ...{ format: "onnx", file_name: "model.onnx", input, task: "classification", target },
      output: { type: "scores", name: GRAPH_NAMES.probabilities, labels: [...labels] },
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
      ...{ data: kind === "text" ? "Text" : "Image", task: "Classification", library: "ONNX" },
      ...{ scenario: about.scenario, licence: about.licence, output: labels },
    }),
    stat: encodeStat(described.rkme, specificationExtras(space, described)),
    model,
    space: { ...space, book: undefined },
  });
  return { zip, manifest };
}
