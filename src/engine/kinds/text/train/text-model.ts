import type { Matrix } from "../../../ground/matrix";
import type { Steps } from "../../../ground/progress";
import { stratifiedFolds } from "../../../learner/folds";
import type { ClassTarget } from "../../../learner/target";
import { fitNaiveBayes, fitSparseLogistic, type LinearHead, predictHead } from "./linear-head";
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
 */
export async function* trainTextModel(
  texts: readonly string[],
  target: ClassTarget,
): Steps<TextModel> {
  const learner = yield* betterLearner(texts.slice(0, MOST_COMPARED), {
    ...target,
    codes: target.codes.slice(0, MOST_COMPARED),
  });
  return yield* trainBy(learner, texts, target);
}

/** @returns Probabilities of classes, shape [n, classes]. */
export function predictTextModel(model: TextModel, texts: readonly string[]): Matrix<Float64Array> {
  return predictHead(model, tfIdf(texts, model));
}

async function* trainBy(
  learner: TextLearner,
  texts: readonly string[],
  target: ClassTarget,
): Steps<TextModel> {
  const vocabulary = fitVocabulary(texts, mostWords(target.classes));
  const x = tfIdf(texts, vocabulary);
  const head = learner === "bayes" ? fitNaiveBayes(x, target) : yield* fitSparseLogistic(x, target);
  return { ...vocabulary, ...head, learner };
}

async function* betterLearner(texts: readonly string[], target: ClassTarget): Steps<TextLearner> {
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
      const model = yield* trainBy(learner, texted(learned), { ...target, codes });
      const { data, cols } = predictTextModel(model, texted(held));
      held.forEach((row, i) => {
        const scores = data.subarray(i * cols, (i + 1) * cols);
        hits[learner] += Number(scores.indexOf(Math.max(...scores)) === target.codes[row]);
      });
      yield { stage: "train", done: fold, total: FOLDS };
    }
  }
  return hits.logistic > hits.bayes ? "logistic" : "bayes";
}
