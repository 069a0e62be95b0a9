import type { Task } from "../../ground/task";
import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { type Random, sampleIndices, seededRandom } from "../../ground/random";
import { type BinnedTable, binTable } from "./bins";
import { type BoostingLoss, lossOf, sigmoid, softmaxInPlace } from "./boosting-loss";
import { type GrowRules, growTree } from "./grow-tree";
import { type HistogramLayout, layOut } from "./histogram";
import { checkTraining, checkWidth, type Target } from "../target";
import { type Tree, treeScore } from "./tree";

export interface BoostingOptions {
  /** Most rounds; each grows one tree per output. Default 200. */
  readonly rounds?: number;
  /** Default 15. */
  readonly maxLeaves?: number;
  /** Default 8. */
  readonly maxDepth?: number;
  /** Default 0.08. */
  readonly rate?: number;
  /** Default: a fortieth of the rows, between 3 and 20. */
  readonly minLeafRows?: number;
  /** L2 penalty on leaf values. Default 1. */
  readonly l2?: number;
  /** Share of the rows each round sees, in (0, 1]. Default 0.8. */
  readonly rowShare?: number;
  /** Share of the features each round may split, in (0, 1]. Default 0.8. */
  readonly featureShare?: number;
  /** Rounds without a better validation loss before it stops; 0 never stops early. Default 20. */
  readonly patience?: number;
  /** Share of the rows kept for validation, in (0, 0.5]. Default 0.15. */
  readonly validationShare?: number;
  readonly seed?: number;
}

/** Trees whose scores add up. Tree t belongs to output t mod base.length. */
export interface GradientBoosting {
  readonly task: Task;
  readonly features: number;
  /** 0 for regression. */
  readonly classes: number;
  /** Score before the first tree, per output: one for numbers and two classes, else one per class. */
  readonly base: Float64Array;
  readonly trees: readonly Tree[];
}

type Settings = Required<BoostingOptions>;

const MIN_ROWS_TO_VALIDATE = 60;
/** Small tables are fitted again on all rows once the number of rounds is known. */
const MAX_ROWS_TO_REFIT = 5000;

/**
 * Histogram gradient boosting for numbers (squared error), two classes (logistic) and more (softmax).
 *
 * F(x) = base + Σ trees(x), each tree fitted to the loss's derivatives by `growTree`. Rounds stop when a
 * seeded validation part stops improving. Cost is O(rounds · outputs · n · d).
 *
 * Source: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29 (2001).
 *
 * @param inputs - [n, d] with n ≥ 2, d ≥ 1; NaN where missing.
 * @param target - n values or class codes.
 * @returns The trees; yields `train` after each round.
 * @throws EngineError `shape_mismatch`, `no_usable_rows` or `bad_parameter`, as `checkTraining` says.
 */
export async function* fitGradientBoosting(
  inputs: Matrix<Float32Array>,
  target: Target,
  options: BoostingOptions = {},
): Steps<GradientBoosting> {
  checkTraining(inputs, target);
  const settings = settle(options, inputs.rows);
  const loss = lossOf(target);
  const table = binTable(inputs);
  const run = { inputs, table, layout: layOut(table), loss, settings };
  const random = seededRandom(settings.seed);
  const order = sampleIndices(inputs.rows, inputs.rows, random);

  const validates = settings.patience > 0 && inputs.rows >= MIN_ROWS_TO_VALIDATE;
  const held = validates ? Math.round(inputs.rows * settings.validationShare) : 0;
  let fitted = yield* boost(run, order.slice(held).sort(), order.slice(0, held), random);
  if (held > 0 && inputs.rows <= MAX_ROWS_TO_REFIT && fitted.trees.length > 0) {
    const rounds = fitted.trees.length / loss.outputs;
    const again = { ...run, settings: { ...settings, rounds } };
    fitted = yield* boost(again, order.slice().sort(), new Int32Array(0), random);
  }
  return {
    task: target.task,
    features: inputs.cols,
    classes: target.task === "classification" ? target.classes : 0,
    ...fitted,
  };
}

interface Run {
  readonly inputs: Matrix<Float32Array>;
  readonly table: BinnedTable;
  readonly layout: HistogramLayout;
  readonly loss: BoostingLoss;
  readonly settings: Settings;
}

/** Boost on `rows`; with `held` rows, cut back to the round where their loss was least. */
async function* boost(
  { inputs, table, layout, loss, settings }: Run,
  rows: Int32Array,
  held: Int32Array,
  random: Random,
): Steps<Pick<GradientBoosting, "base" | "trees">> {
  const { rounds, rowShare, featureShare, patience } = settings;
  const columns = (): Float64Array[] =>
    Array.from({ length: loss.outputs }, () => new Float64Array(inputs.rows));
  // Rounded as the exported model will be, so that training sees what it says.
  const base = loss.start(rows).map(Math.fround);
  const scores = columns();
  scores.forEach((score, k) => score.fill(base[k]!));
  const [gradients, curvatures] = [columns(), columns()];
  const rules: GrowRules = settings;
  const trees: Tree[] = [];
  let best = { loss: held.length > 0 ? loss.evaluate(scores, held) : 0, trees: 0 };
  const everyRow = Int32Array.from([...rows, ...held]);

  for (let round = 0; round < rounds; round++) {
    const sampled = draw(rows, rowShare, random);
    const features = sampleIndices(inputs.cols, atLeastOne(inputs.cols * featureShare), random);
    loss.differentiate(scores, rows, gradients, curvatures);
    for (let k = 0; k < loss.outputs; k++) {
      const [g, h] = [gradients[k]!, curvatures[k]!];
      const tree = growTree(table, layout, sampled, features, g, h, rules);
      trees.push(tree);
      const score = scores[k]!;
      for (const row of everyRow) score[row]! += treeScore(tree, inputs.data, row * inputs.cols);
    }
    if (held.length > 0) {
      const now = loss.evaluate(scores, held);
      if (now < best.loss) best = { loss: now, trees: trees.length };
      else if (trees.length - best.trees >= patience * loss.outputs) break;
    }
    yield { stage: "train", done: round + 1, total: rounds };
  }
  return { base, trees: held.length > 0 ? trees.slice(0, best.trees) : trees };
}

function draw(rows: Int32Array, share: number, random: Random): Int32Array {
  if (share >= 1) return rows;
  const positions = sampleIndices(rows.length, atLeastOne(rows.length * share), random).sort();
  return positions.map((position) => rows[position]!);
}

function atLeastOne(count: number): number {
  return Math.max(1, Math.round(count));
}

function settle(options: BoostingOptions, rows: number): Settings {
  const settings = {
    rounds: 200,
    maxLeaves: 15,
    maxDepth: 8,
    rate: 0.08,
    minLeafRows: Math.min(20, Math.max(3, Math.round(rows / 40))),
    l2: 1,
    rowShare: 0.8,
    featureShare: 0.8,
    patience: 20,
    validationShare: 0.15,
    seed: 1,
    ...options,
  };
  const bounds: readonly [keyof Settings, number, number][] = [
    ["rounds", 1, 10_000],
    ["maxLeaves", 2, 4096],
    ["maxDepth", 1, 64],
    ["rate", 1e-6, 1],
    ["minLeafRows", 1, Infinity],
    ["l2", 0, Infinity],
    ["rowShare", 1e-6, 1],
    ["featureShare", 1e-6, 1],
    ["patience", 0, Infinity],
    ["validationShare", 1e-6, 0.5],
  ];
  for (const [name, low, high] of bounds) {
    const value = settings[name];
    if (!(value >= low && value <= high)) {
      throw new EngineError("bad_parameter", `${name} must be in [${low}, ${high}], got ${value}`);
    }
  }
  return settings;
}

/**
 * What a boosted model predicts, in double precision; the oracle of its ONNX export.
 *
 * @param inputs - [n, d], NaN where missing.
 * @returns [n, 1] numbers, or [n, classes] probabilities in [0, 1].
 * @throws EngineError `shape_mismatch` if d is not the number of features trained on.
 */
export function predictGradientBoosting(
  model: GradientBoosting,
  inputs: Matrix<Float32Array>,
): Matrix<Float64Array> {
  checkWidth(inputs, model.features);
  const outputs = model.base.length;
  const cols = model.task === "regression" ? 1 : model.classes;
  const data = new Float64Array(inputs.rows * cols);
  const scores = new Float64Array(outputs);
  for (let i = 0; i < inputs.rows; i++) {
    scores.set(model.base);
    model.trees.forEach((tree, t) => {
      scores[t % outputs]! += treeScore(tree, inputs.data, i * inputs.cols);
    });
    if (model.task === "classification" && outputs === 1) {
      const p = sigmoid(scores[0]!);
      data.set([1 - p, p], i * 2);
    } else {
      if (model.task === "classification") softmaxInPlace(scores);
      data.set(scores, i * cols);
    }
  }
  return { data, rows: inputs.rows, cols };
}
