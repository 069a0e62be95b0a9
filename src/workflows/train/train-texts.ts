import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
import { pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { TextData } from "../../engine/kinds/text/text-data";
import { textKind } from "../../engine/kinds/text/text-kind";
import { exportTextModel, TEXTS } from "../../engine/kinds/text/train/text-graph";
import {
  predictTextModel,
  type TextLearner,
  trainTextModel,
} from "../../engine/kinds/text/train/text-model";
import type { ClassTarget } from "../../engine/learner/target";
import {
  type HeldBackMetric,
  type Manifest,
  TABLE_SPECIFICATION,
} from "../../engine/learnware/manifest";
import { GRAPH_NAMES } from "../../engine/learnware/onnx/onnx-export";
import { packLearnware } from "../../engine/learnware/package";
import { buildSemantic } from "../../engine/learnware/semantic";
import { type BookPoints, openBook } from "../../engine/specification/book/book";
import { coarseCount } from "../../engine/specification/coarse-count";
import { describeRows } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { encodeStat } from "../../engine/specification/files/codec";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { PreflightReport } from "../../engine/specification/publish/preflight";
import type { LearnwareAbout } from "./train";
import { specificationExtras } from "./specification-extras";

export interface TrainTextsOptions {
  /** What is predicted. */
  readonly target: string;
  readonly about: LearnwareAbout;
  /** Shape [texts]: the answer of each; empty where there is none. */
  readonly answers: readonly string[];
  /** The points of the space. */
  readonly book: BookPoints;
  readonly secret: Secret;
  readonly seed?: number;
}

export interface TrainedTexts {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
  readonly preflight: PreflightReport;
  readonly learner: TextLearner;
  /** How many words the model knows: they stand in it. */
  readonly words: number;
}

const TEST_SHARE = 0.2;
const MOST_LABELS = 1000;

/**
 * Make a learnware of texts: train on four fifths of those with an answer, measure on the rest, describe those it was trained
 * on, and pack the zip.
 *
 * @param data - Texts, placed in the space.
 * @throws EngineError `no_usable_rows` if there are fewer than two classes, or no word to tell them by; `preflight_failed` as `describeRows`.
 */
export async function* trainTexts(
  compute: Compute,
  data: TextData,
  space: EmbeddingSpace,
  { target, about, answers, book, secret, seed = 0 }: TrainTextsOptions,
): Steps<TrainedTexts> {
  const rows = [...answers.keys()].filter((row) => answers[row] !== "");
  const labels = [...new Set(rows.map((row) => answers[row]!))].sort();
  if (labels.length < 2) {
    throw new EngineError("no_usable_rows", `"${target}" has fewer than two classes`);
  }
  if (labels.length > MOST_LABELS) {
    const message = `"${target}" has ${labels.length} classes; at most ${MOST_LABELS} can be told apart`;
    throw new EngineError("bad_parameter", message);
  }
  const held = new Set(
    sampleIndices(
      rows.length,
      Math.max(1, Math.round(rows.length * TEST_SHARE)),
      seededRandom(seed),
    ),
  );
  const [learned, tested] = [
    rows.filter((_, i) => !held.has(i)),
    rows.filter((_, i) => held.has(i)),
  ];
  const targetOf = (some: readonly number[]): ClassTarget => ({
    task: "classification",
    codes: Int32Array.from(some, (row) => labels.indexOf(answers[row]!)),
    classes: labels.length,
  });
  const textsOf = (some: readonly number[]) => some.map((row) => data.texts[row]!);
  const model = yield* trainTextModel(textsOf(learned), targetOf(learned));
  if (model.words.length === 0) {
    const message = "no word stands in more than one text: there is nothing to tell classes by";
    throw new EngineError("no_usable_rows", message);
  }
  const known = data.places.get(space.basis)?.known;
  const described = yield* describeRows(
    compute,
    pickRows(
      textKind.points(data, { space, placed: [] }),
      learned.filter((row) => known?.[row] === 1),
    ),
    { kernel: space.kernel, secret, book: openBook(book, space.kernel) },
  );
  const manifest: Manifest = {
    format: "berth-learnware-2",
    kind: "text",
    name: about.name,
    model: {
      format: "onnx",
      file_name: "model.onnx",
      input: { type: "text", name: TEXTS, form: "strings" },
      output: { type: "scores", name: GRAPH_NAMES.probabilities, labels },
      task: "classification",
      target,
    },
    space: { id: space.id, version: space.version },
    stat_specifications: [TABLE_SPECIFICATION],
    semantic_specification: { file_name: "semantic_specification.json" },
    metrics: measured(
      predictTextModel(model, textsOf(tested)),
      targetOf(tested).codes,
      targetOf(learned),
    ),
    source: about.source,
    ...(about.translations && { translations: about.translations }),
  };
  const zip = await packLearnware({
    manifest,
    semantic: buildSemantic({
      ...{ name: about.name, description: about.description },
      ...{ data: "Text", task: "Classification", library: "ONNX" },
      ...{ scenario: about.scenario, licence: about.licence, output: labels },
    }),
    stat: encodeStat(described.rkme, specificationExtras(space, described)),
    model: exportTextModel(model),
    space: { ...space, book: undefined },
  });
  return {
    zip,
    manifest,
    preflight: described.preflight,
    learner: model.learner,
    words: model.words.length,
  };
}

function measured(
  { data, cols }: Matrix,
  codes: Int32Array,
  { codes: learned, classes }: ClassTarget,
): HeldBackMetric[] {
  if (codes.length === 0) return [];
  const counts = new Int32Array(classes);
  for (const code of learned) counts[code]!++;
  const commonest = counts.indexOf(Math.max(...counts));
  const share = (said: (i: number) => number) =>
    codes.reduce((hits, code, i) => hits + Number(said(i) === code), 0) / codes.length;
  const likeliest = (i: number) => {
    const scores = data.subarray(i * cols, (i + 1) * cols);
    return scores.indexOf(Math.max(...scores));
  };
  const [value, trivial] = [share(likeliest), share(() => commonest)].map((number) =>
    Number(number.toPrecision(4)),
  ) as [number, number];
  return [{ name: "accuracy", value, trivial, rows: coarseCount(codes.length) }];
}
