/**
 * @file When one learnware makes another redundant: it was trained where the other was, and behaves
 * the same there. A redundant learnware is marked and shown after the others, never dropped.
 */

import type { Task } from "../ground/task";
import { EngineError } from "../ground/errors";
import type { HeldBackMetric } from "../learnware/manifest";
import { type Matrix, zeros } from "../ground/matrix";
import type { Specification } from "../specification/specification";
import { coveredShare, packRkme, type PairKernel, selfProduct } from "./pairs";
import { gaussianGamma } from "../specification/kernel/kernel";

/** What is asked of a learnware to tell whether it is redundant. */
export interface Member {
  readonly id: string;
  readonly islandId: string;
  readonly task: Task;
  readonly target: string;
  /** In any order; empty for regression. */
  readonly labels: readonly string[];
  /** On the scale of the island's present version. */
  readonly rkme: Specification;
  /** 95 % of the rows behind it lie within this squared distance of a point. */
  readonly radiusSquared: number;
  readonly metrics: readonly HeldBackMetric[];
  /** When the dock accepted it, in milliseconds since 1970. */
  readonly acceptedAt: number;
  /** The learnware it is marked as redundant to. */
  readonly coveredBy: string | null;
}

/** What a model answers to probes. */
export interface Answers {
  /** Shape [n, 1] of numbers, or [n, classes] of probabilities. */
  readonly outputs: Matrix;
  /** Names of the classes, in the order of the columns; empty for numbers. */
  readonly labels: readonly string[];
}

/** 2⟨a, b⟩ / (‖a‖² + ‖b‖²), so that MMD² is at most 2 % of the self terms; two samples of one source have 0.987 to 0.9998. */
const ALIKE = 0.98;
/**
 * Share of a learnware's points that lie where the rows of the one that covers it lay: 95 % of those
 * rows do, and of the points of another sample of the same source 89 % or more.
 */
const COVERED = 0.85;
/**
 * Mean squared difference of two models' numbers, as a share of their variance. Of the starter's
 * learnwares 4 have a cover at 1 %; at 2 % there are 8, and of one the cover made three times the
 * error on the rows that came after.
 */
const DIFFERENCE = 0.01;
/** Share of the probes for which two models choose the same class. */
const AGREEMENT = 0.98;

/**
 * The learnware that makes another redundant; null if none does. The older of two stays, whichever
 * claims the better metric: models that behave the same can hardly differ in it, and a dock cannot
 * check it, so that otherwise a copy with a flattering metric would take the original's place. Among
 * those accepted in the same millisecond the greater gain on the trivial answer goes first, then the
 * smaller id.
 *
 * This is a strict order, and a learnware is only ever redundant to one before it, so that marks
 * never form a circle, in whatever order they are made. One that is redundant itself covers no other
 * from then on, lest small differences add up. When a learnware is removed, those that it covered
 * have to be asked about again.
 *
 * @param learnware - Of m points; its kernel width is the island's.
 * @param others - May be any; best those with the nearest specifications.
 * @param behavesLike - Runs both models on `probesOf` and compares by `behaveAlike`. Asked only where
 *   the specifications allow it, the most similar learnware first.
 */
export async function coveredBy(
  kernel: PairKernel,
  learnware: Member,
  others: readonly Member[],
  behavesLike: (other: Member) => Promise<boolean>,
): Promise<string | null> {
  for (const other of possibleCovers(kernel, learnware, others)) {
    if (await behavesLike(other)) return other.id;
  }
  return null;
}

/** Those whose specifications allow it, the most similar first. */
function possibleCovers(
  kernel: PairKernel,
  learnware: Member,
  others: readonly Member[],
): Member[] {
  const { kernel: ofSpace, weights } = learnware.rkme;
  const gamma = gaussianGamma(ofSpace);
  const set = packRkme(learnware.rkme);
  const self = selfProduct(kernel, set, gamma);
  const eligible = others.filter(
    (other) => other.coveredBy === null && precedes(other, learnware) && sameJob(other, learnware),
  );
  const sets = eligible.map(({ rkme, radiusSquared }) => ({ ...packRkme(rkme), radiusSquared }));
  return kernel
    .compare(set, gamma, sets)
    .map(({ cross, covered }, i) => ({
      other: eligible[i]!,
      similarity: (2 * cross) / (self + selfProduct(kernel, sets[i]!, gamma)),
      coverage: coveredShare(weights, covered),
    }))
    .filter(({ similarity, coverage }) => similarity >= ALIKE && coverage >= COVERED)
    .sort((a, b) => b.similarity - a.similarity || (precedes(a.other, b.other) ? -1 : 1))
    .map(({ other }) => other);
}

function precedes(a: Member, b: Member): boolean {
  if (a.acceptedAt !== b.acceptedAt) return a.acceptedAt < b.acceptedAt;
  const [ours, theirs] = [gain(a), gain(b)];
  return ours === theirs ? a.id < b.id : ours > theirs;
}

/** How much of what the trivial answer leaves wrong the model gets right; 0 if it says nothing. */
function gain({ metrics: [metric] }: Member): number {
  if (!metric) return 0;
  const { name, value, trivial } = metric;
  const isError = name === "rmse" || name === "log_loss";
  const share = isError ? 1 - value / trivial : (value - trivial) / (1 - trivial);
  return Number.isFinite(share) ? share : 0;
}

function sameJob(a: Member, b: Member): boolean {
  return (
    a.islandId === b.islandId &&
    a.task === b.task &&
    a.target === b.target &&
    a.labels.length === b.labels.length &&
    a.labels.every((label) => b.labels.includes(label))
  );
}

/**
 * Whether two models answer the same: numbers whose weighted mean squared difference is at most 1 %
 * of their mean variance, or classes of which 98 % by weight are the same. Models that give something
 * other than finite numbers are like no other.
 *
 * @param weights - Shape [n], ≥ 0, one per row of the answers.
 * @throws EngineError `shape_mismatch` if the answers are not of n rows, or not of the same kind.
 */
export function behaveAlike(a: Answers, b: Answers, weights: Float64Array): boolean {
  for (const { outputs, labels } of [a, b]) {
    const cols = labels.length === 0 ? 1 : labels.length;
    if (outputs.rows !== weights.length || outputs.cols !== cols) {
      throw new EngineError(
        "shape_mismatch",
        `answers must be [${weights.length}, ${cols}], got [${outputs.rows}, ${outputs.cols}]`,
      );
    }
    if (!outputs.data.every(Number.isFinite)) return false;
  }
  if ((a.labels.length === 0) !== (b.labels.length === 0)) {
    throw new EngineError("shape_mismatch", "numbers cannot be compared with classes");
  }
  return a.labels.length === 0
    ? numbersAgree(a.outputs, b.outputs, weights)
    : classesAgree(a, b, weights);
}

function numbersAgree(a: Matrix, b: Matrix, weights: Float64Array): boolean {
  const difference = zeros(a.rows, 1).data.map((_, i) => (a.data[i]! - b.data[i]!) ** 2);
  const variance = (varianceOf(a, weights) + varianceOf(b, weights)) / 2;
  return weightedMean(difference, weights) <= DIFFERENCE * variance;
}

function varianceOf({ data }: Matrix, weights: Float64Array): number {
  const mean = weightedMean(data, weights);
  return weightedMean(
    data.map((value) => (value - mean) ** 2),
    weights,
  );
}

function classesAgree(a: Answers, b: Answers, weights: Float64Array): boolean {
  const same = weights.map((_, i) => Number(chosenClass(a, i) === chosenClass(b, i)));
  return weightedMean(same, weights) >= AGREEMENT;
}

function chosenClass({ outputs: { data, cols }, labels }: Answers, row: number): string {
  const probabilities = data.subarray(row * cols, (row + 1) * cols);
  return labels[probabilities.indexOf(Math.max(...probabilities))]!;
}

function weightedMean(values: Float32Array | Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]! * values[i]!;
    total += weights[i]!;
  }
  return sum / total;
}
