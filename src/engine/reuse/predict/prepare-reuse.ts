/** @file From learnwares and some answers to a choice among the ways of reuse. */

import { EngineError } from "../../ground/errors";
import type { Compute } from "../../specification/kernel/compute";
import type { Target } from "../../learner/target";
import { type Matrix, pickRows } from "../../ground/matrix";
import { asOneStep, type Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import { ClassNames, someAnswers, targetOf } from "../rows/answers";
import { type Choice, chooseReuser } from "../choose/choose-reuser";
import { type Evidence, measureEvidence, usualMeans } from "../evidence/evidence";
import {
  align,
  type FailedLearnware,
  LearnwareFailure,
  prove,
  type ProvenLearnware,
} from "./learnware-run";
import { weighByClasses } from "../evidence/known-classes";
import { measureShares } from "../evidence/measure-shares";
import { PINNED_SHARPNESS, pinnedShares } from "../evidence/pinned-shares";
import type { LabelledRows, Reuser, ReuseTask } from "../reuser";
import { pickBlock, type RowBlock } from "../rows/row-block";
import { sameKernel } from "../../specification/kernel/kernel";
import type { CandidateSpec } from "../../specification/candidate-spec";
import type { Answers } from "../../learner/answers";
import type { RunnableLearnware } from "../../learnware/runnable-learnware";
import type { RowReader, UserRows } from "../../kinds/rows";

export interface ReuseRequest {
  /** Nearest first; at least one. All of one task and target. */
  readonly learnwares: readonly RunnableLearnware[];
  readonly rows: RowReader;
  readonly answers: Answers | null;
  readonly compute: Compute;
  /** Whether the space is pinned: rows then tell learnwares apart by another rule, docs/decisions/0015. */
  readonly isPinned?: boolean;
  /** Ways to choose from, the simplest first; by default all. */
  readonly reusers?: readonly Reuser[];
}

/** Learnwares that work, what they say of the rows looked at, and which way of reuse suits these. */
export interface PreparedReuse {
  readonly request: ReuseRequest;
  /** In the order of the request; outputs, shares and accounts count these. */
  readonly learnwares: readonly ProvenLearnware[];
  readonly failed: readonly FailedLearnware[];
  readonly classes: ClassNames;
  readonly task: ReuseTask;
  /** A sample of all rows. */
  readonly sample: RowBlock;
  /** Shape [m]: what evidence is measured against; null if there is none. */
  readonly usual: Float64Array | null;
  readonly choice: Choice;
}

/** Rows with answers that are learned from; more make fitting slow and no better. */
const MOST_ANSWERS = 5000;
/** Rows that tell the shares, and whose fit decides where there are no answers. */
const SAMPLE_ROWS = 500;
/** How many fits there will be is not known beforehand. */
const CHOOSING = { stage: "train", done: 0, total: 0 } as const;

/**
 * Run all learnwares on the rows with answers and on a sample of all rows, measure by the sample how much each is to
 * count, and choose the way of reuse. Those whose model fails are left out.
 *
 * Yields `predict` while models run, `match` while they are compared with the rows, and `train` while ways are compared.
 *
 * @throws EngineError of the first learnware that failed if all did; `bad_parameter` without any, or if they predict
 *   different things; others as the reusers and the reader of rows do.
 */
export async function* prepareReuse(
  request: ReuseRequest,
  failedBefore: readonly FailedLearnware[] = [],
): Steps<PreparedReuse> {
  const answers = request.answers && someAnswers(request.answers, MOST_ANSWERS);
  const known = answers?.rows ?? new Int32Array();
  const hasAnswers = known.length > 0;
  const sampled = sampleIndices(request.rows.count, SAMPLE_ROWS, seededRandom(1)).sort();
  const read = await request.rows.read(Int32Array.of(...known, ...sampled), hasAnswers);
  const { proven, answered, failed } = yield* proveAll(request.learnwares, read, failedBefore);
  const classes = new ClassNames();
  for (const { about } of proven) about.labels.forEach((label) => classes.codeOf(label));
  const target = answers && hasAnswers ? targetOf(answers, classes) : null;
  const rest = Int32Array.from(sampled, (_, i) => known.length + i);
  const scaled = pickRows(read.scaled, rest);
  const specs = comparableSpecs(scaled, proven);
  const usual = specs && (yield* usualMeans(request.compute, scaled, specs));
  const looked: RowBlock = {
    outputs: align(proven, answered, classes).outputs,
    evidence: yield* evidenceOf(request, read.scaled, proven, usual),
    features: read.own,
  };
  const labelled = target && labelledRows(looked, target, read.time, known.length);
  const sample = pickBlock(looked, rest);
  const shares = yield* sharesOf(request, scaled, proven, sample, classes);
  const task = { shares, known: labelled, sample };
  const choosing = chooseReuser(task, sample, request.reusers);
  const choice = amongListed(yield* asOneStep(choosing, CHOOSING));
  return { request, learnwares: proven, failed, classes, task, sample, usual, choice };
}

/** What fits best may not be among the ways that were asked for. */
function amongListed(choice: Choice): Choice {
  const { recommended, table } = choice;
  if (table.some(({ reuser }) => reuser === recommended)) return choice;
  return { ...choice, recommended: table[0]!.reuser };
}

/** Null where not all learnwares are described in a comparable way. */
export async function* evidenceOf(
  { compute, isPinned }: Pick<ReuseRequest, "compute" | "isPinned">,
  scaled: Matrix<Float32Array>,
  learnwares: readonly RunnableLearnware[],
  usual: Float64Array | null,
): Steps<Evidence | null> {
  const specs = usual && comparableSpecs(scaled, learnwares);
  const sharpness = isPinned ? PINNED_SHARPNESS : undefined;
  return specs && (yield* measureEvidence(compute, scaled, specs, usual, sharpness));
}

/**
 * As they were given; else by what the rows look like and the learnwares say, or even where that cannot be told, and by
 * how many classes each knows.
 */
async function* sharesOf(
  request: Pick<ReuseRequest, "compute" | "isPinned">,
  scaled: Matrix<Float32Array>,
  learnwares: readonly RunnableLearnware[],
  sample: RowBlock,
  classes: ClassNames,
): Steps<Float64Array> {
  const given = Float64Array.from(learnwares, ({ share }) => share ?? NaN);
  if (given.some((share) => share > 0) && given.every(Number.isFinite)) return given;
  const shares = yield* nearnessOf(request, scaled, learnwares, sample);
  const known = learnwares.map(({ about }) => new Set(about.labels.map((label) => classes.codeOf(label)))); // prettier-ignore
  return weighByClasses(
    shares,
    known.map(({ size }) => size),
  );
}

async function* nearnessOf(
  { compute, isPinned }: Pick<ReuseRequest, "compute" | "isPinned">,
  scaled: Matrix<Float32Array>,
  learnwares: readonly RunnableLearnware[],
  { outputs, evidence }: RowBlock,
): Steps<Float64Array> {
  const specs = comparableSpecs(scaled, learnwares);
  if (!specs || !evidence) return new Float64Array(learnwares.length).fill(1 / learnwares.length);
  return isPinned
    ? yield* pinnedShares(compute, scaled, specs)
    : yield* measureShares(compute, scaled, specs, outputs.values, evidence);
}

function comparableSpecs(
  { cols }: Matrix,
  learnwares: readonly RunnableLearnware[],
): CandidateSpec[] | null {
  const specs = learnwares.flatMap(({ spec }) => spec ?? []);
  const kernel = specs[0]?.rkme.kernel;
  const isComparable = ({ rkme }: CandidateSpec) =>
    kernel !== undefined && sameKernel(rkme.kernel, kernel) && rkme.points.cols === cols;
  return specs.length === learnwares.length && specs.every(isComparable) ? specs : null;
}

async function* proveAll(
  learnwares: readonly RunnableLearnware[],
  rows: UserRows,
  failedBefore: readonly FailedLearnware[],
) {
  const proven: ProvenLearnware[] = [];
  const answered: Matrix[] = [];
  const failed = [...failedBefore];
  for (const [done, learnware] of learnwares.entries()) {
    yield { stage: "predict" as const, done, total: learnwares.length };
    try {
      const first = await prove(learnware, rows);
      proven.push(first.proven);
      answered.push(first.answer);
    } catch (error) {
      if (!(error instanceof LearnwareFailure)) throw error;
      failed.push(error.failed);
    }
  }
  if (proven.length > 0) return { proven, answered, failed };
  throw failed[0]?.error ?? new EngineError("bad_parameter", "there is no learnware to reuse");
}

function labelledRows(
  looked: RowBlock,
  target: Target,
  time: Float64Array | null,
  count: number,
): LabelledRows {
  return {
    ...pickBlock(
      looked,
      Int32Array.from({ length: count }, (_, i) => i),
    ),
    target,
    time: time?.subarray(0, count) ?? null,
  };
}
