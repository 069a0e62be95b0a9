import type { Matrix } from "../../../ground/matrix";
import type { Steps } from "../../../ground/progress";
import { stratifiedFolds } from "../../../learner/folds";
import type { ClassTarget } from "../../../learner/target";
import {
  fitNaiveBayes,
  fitSparseLogistic,
  type LinearHead,
  MOST_STEPS,
  predictHead,
} from "./linear-head";
import { fitVocabulary, tfIdf, type Vocabulary } from "./vocabulary";

/** Classes of texts by their words. */
export interface TextModel extends Vocabulary, LinearHead {
  readonly learner: TextLearner;
}

export type TextLearner = "bayes" | "logistic";

const FOLDS = 3;
/** Beyond these, folds tell nothing that fewer do not, and take long. */
const MOST_COMPARED = 4000;

const MOST_WORDS = 20_000;
/** Numbers of a model, 16 MB as it is packed: with hundreds of classes fewer words are kept. */
const MOST_WEIGHTS = 4_000_000;

/** How many words a model of so many classes keeps. */
export function mostWords(classes: number): number {
  return Math.min(MOST_WORDS, Math.floor(MOST_WEIGHTS / classes));
}

/**
 * Train by naive Bayes and by logistic regression on tf-idf, whichever is right more often on texts that it has not seen.
 *
 * @param texts - As they are.
 * @param target - A class of each; two or more.
 * @param most - Words that it keeps.
 */
export async function* trainTextModel(
  texts: readonly string[],
  target: ClassTarget,
  most = mostWords(target.classes),
): Steps<TextModel> {
  const some = { ...target, codes: target.codes.slice(0, MOST_COMPARED) };
  const learner = yield* betterLearner(texts.slice(0, MOST_COMPARED), some, most);
  return yield* asPart(trainBy(learner, texts, target, most), FOLDS);
}

/** Training of one of the folds, or after them of all texts, as a part of the whole. */
async function* asPart<T>(steps: Steps<T>, part: number): Steps<T> {
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
    const done = part * MOST_STEPS + next.value.done;
    yield { ...next.value, done, total: (FOLDS + 1) * MOST_STEPS };
  }
}

/** @returns Probabilities of classes, shape [n, classes]. */
export function predictTextModel(
  model: Omit<TextModel, "learner">,
  texts: readonly string[],
): Matrix<Float64Array> {
  return predictHead(model, tfIdf(texts, model));
}

async function* trainBy(
  learner: TextLearner,
  texts: readonly string[],
  target: ClassTarget,
  most: number,
): Steps<TextModel> {
  const vocabulary = fitVocabulary(texts, most);
  const x = tfIdf(texts, vocabulary);
  const head = learner === "bayes" ? fitNaiveBayes(x, target) : yield* fitSparseLogistic(x, target);
  return { ...vocabulary, ...head, learner };
}

async function* betterLearner(
  texts: readonly string[],
  target: ClassTarget,
  most: number,
): Steps<TextLearner> {
  const folds = stratifiedFolds(target.codes, FOLDS);
  const rows = Array.from(folds.keys());
  const hits = { bayes: 0, logistic: 0 };
  for (let fold = 0; fold < FOLDS; fold++) {
    const [learned, held] = [
      rows.filter((i) => folds[i] !== fold),
      rows.filter((i) => folds[i] === fold),
    ];
    const codes = Int32Array.from(learned, (i) => target.codes[i]!);
    if (held.length === 0 || new Set(codes).size < 2) continue;
    for (const learner of ["bayes", "logistic"] as const) {
      const texted = (some: readonly number[]) => some.map((i) => texts[i]!);
      const training = trainBy(learner, texted(learned), { ...target, codes }, most);
      const model = yield* asPart(training, fold);
      const { data, cols } = predictTextModel(model, texted(held));
      held.forEach((row, i) => {
        const scores = data.subarray(i * cols, (i + 1) * cols);
        hits[learner] += Number(scores.indexOf(Math.max(...scores)) === target.codes[row]);
      });
    }
    yield { stage: "train", done: (fold + 1) * MOST_STEPS, total: (FOLDS + 1) * MOST_STEPS };
  }
  return hits.logistic > hits.bayes ? "logistic" : "bayes";
}
