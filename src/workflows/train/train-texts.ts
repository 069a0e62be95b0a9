import { EngineError } from "../../engine/ground/errors";
import { pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import type { TextData } from "../../engine/kinds/text/text-data";
import { describeOptions } from "../../engine/kinds/describe-options";
import { textKind } from "../../engine/kinds/text/text-kind";
import { exportTextModel, TEXTS } from "../../engine/kinds/text/train/text-graph";
import {
  predictTextModel,
  type TextLearner,
  trainTextModel,
} from "../../engine/kinds/text/train/text-model";
import type { Manifest } from "../../engine/learnware/manifest";
import { accuracyOf } from "../../engine/verify/measure";
import type { BookPoints } from "../../engine/specification/book/book";
import { describeRows } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { PreflightReport } from "../../engine/specification/publish/preflight";
import { packPinned, splitClasses } from "./pack-pinned";
import type { LearnwareAbout } from "./about";

export interface TrainClassesOptions {
  /** What is predicted. */
  readonly target: string;
  readonly about: LearnwareAbout;
  /** Shape [n]: the answer of each; empty where there is none. */
  readonly answers: readonly string[];
  /** The points of the space. */
  readonly book: BookPoints;
  readonly secret: Secret;
  readonly seed?: number;
}

interface TrainTextsOptions extends TrainClassesOptions {
  /** That the model keeps; as many as tell classes apart unless told. */
  readonly mostWords?: number;
}

export interface TrainedClasses {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
  readonly preflight: PreflightReport;
}

interface TrainedTexts extends TrainedClasses {
  readonly learner: TextLearner;
  /** How many words the model knows: they stand in it. */
  readonly words: number;
}

/**
 * Make a learnware of texts: train on four fifths of those with an answer, measure on the rest, describe those it was trained
 * on, and pack the zip.
 *
 * @param data - Texts, placed in the space.
 * @throws EngineError `no_usable_rows` if there is no word to tell classes by; as `splitClasses`, `describeRows` and `packPinned`.
 */
export async function* trainTexts(
  compute: Compute,
  data: TextData,
  space: EmbeddingSpace,
  { target, about, answers, book, secret, seed = 0, mostWords }: TrainTextsOptions,
): Steps<TrainedTexts> {
  const { labels, learned, tested, targetOf } = splitClasses(answers, target, seed);
  const textsOf = (some: readonly number[]) => some.map((row) => data.texts[row]!);
  const model = yield* trainTextModel(textsOf(learned), targetOf(learned), mostWords);
  if (model.words.length === 0) {
    const message = "no word stands in more than one text: there is nothing to tell classes by";
    throw new EngineError("no_usable_rows", message);
  }
  const known = data.places.get(space.basis)?.known;
  const points = textKind.points(data, { space, placed: [] });
  const described = yield* describeRows(
    compute,
    pickRows(points, learned.filter((row) => known?.[row] === 1)), // prettier-ignore
    describeOptions(space, book, secret),
  );
  const made = await packPinned({
    ...{ space, described, about, target, labels },
    input: { type: "text", name: TEXTS, form: "strings" },
    metrics: accuracyOf(predictTextModel(model, textsOf(tested)), targetOf(tested), targetOf(learned)), // prettier-ignore
    model: exportTextModel(model),
  });
  return {
    ...made,
    preflight: described.preflight,
    learner: model.learner,
    words: model.words.length,
  };
}
