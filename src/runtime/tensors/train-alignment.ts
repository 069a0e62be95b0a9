/** @file Learns a map between two feature spaces from reduced sets alone, with tfjs. */

import {
  type Alignment,
  alignRows,
  type LinearLayer,
} from "../../engine/kinds/table/fill/alignment";
import { EngineError } from "../../engine/ground/errors";
import { innerProduct, squaredMmd } from "../../engine/specification/kernel/mmd";
import { type Matrix, zeros } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import type { Specification } from "../../engine/specification/specification";
import { AlignmentNetwork, type NetworkOptions, type Sides } from "./alignment-network";
import type { Tensors } from "./tfjs-backend";
import { gaussianGamma } from "../../engine/specification/kernel/kernel";

export interface AlignmentOptions extends NetworkOptions {
  /** What the network corrects; null: it makes the whole map. */
  readonly start: LinearLayer | null;
  /** Shape [k, in]: the target's points as the user would have them; null where that is not known. */
  readonly seen: Matrix | null;
  readonly epochs: number;
  /** Of Adam. */
  readonly rate: number;
  /** Epochs without a hundredth less than the least loss so far after which it ends; Infinity: never. */
  readonly patience: number;
}

export interface TrainedAlignment {
  readonly alignment: Alignment;
  /** Squared MMD of the aligned points to the target. */
  readonly after: number;
  readonly epochs: number;
}

/** Starts from what the names matched, and is held to it. */
const OURS: AlignmentOptions = {
  start: null,
  hidden: [64],
  epochs: 200,
  rate: 5e-3,
  dropout: 0,
  batchNorm: false,
  restraint: 0.01,
  fidelity: 1,
  startsAtZero: true,
  answers: null,
  seen: null,
  patience: 30,
  seed: 1,
};

/** `FeatureAlignLearnware` of the Python package with its defaults. */
export const PACKAGE_ALIGNMENT: AlignmentOptions = {
  start: null,
  hidden: [1024],
  epochs: 50,
  rate: 1e-3,
  dropout: 0,
  batchNorm: false,
  restraint: 0,
  fidelity: 0,
  startsAtZero: false,
  answers: null,
  seen: null,
  patience: Infinity,
  seed: 0,
};

const WORTH_MENTIONING = 0.99;

/**
 * Learn f such that f(z_user) with the user's weights is distributed like the target: minimise
 * MMD²((f(z_user), β_user), (z_target, β_target)) + restraint · mean ‖f(z) − start(z)‖² by Adam on all points at once.
 * Where it is known how the target's points would look to the user, f is to bring them back as well: distributions alone do
 * not tell which way a column goes with another.
 *
 * Yields `train`. All tensors are disposed of, however it ends.
 *
 * Source: `FeatureAlignLearnware` of the Python package, Tan et al., "Beimingwu: A Learnware Dock System", KDD 2024,
 * which has no start and no restraint.
 *
 * @param user - In the user's space.
 * @param target - In the learnware's; its kernel width counts.
 * @throws EngineError `bad_parameter` if the loss is no number any more; `shape_mismatch` if `start` fits neither.
 */
export async function* trainAlignment(
  tf: Tensors,
  user: Specification,
  target: Specification,
  options: Partial<AlignmentOptions> = {},
): Steps<TrainedAlignment> {
  const settings = { ...OURS, ...options };
  const sides = sidesOf(tf, user, target, settings);
  const network = new AlignmentNetwork(tf, user.points.cols, target.points.cols, settings);
  const optimizer = tf.train.adam(settings.rate);
  try {
    let least = Infinity;
    let stale = 0;
    let epochs = 0;
    for (; epochs < settings.epochs && stale < settings.patience; epochs++) {
      yield { stage: "train", done: epochs, total: settings.epochs };
      const loss = await network.improve(optimizer, sides);
      if (!Number.isFinite(loss)) {
        throw new EngineError("bad_parameter", `alignment lost its way after ${epochs} epochs`);
      }
      stale = loss < WORTH_MENTIONING * least ? 0 : stale + 1;
      least = Math.min(least, loss);
    }
    const alignment = { start: settings.start, network: await network.read() };
    const after = squaredMmd(mapped(user, target, alignment), target);
    return { alignment, after, epochs };
  } finally {
    optimizer.dispose();
    network.dispose();
    tf.dispose(Object.values(sides));
  }
}

/** The user's reduced set as it lies in the learnware's space. */
function mapped(
  user: Specification,
  { kernel }: Specification,
  alignment: Alignment,
): Specification {
  return { ...user, points: alignRows(alignment, user.points), kernel };
}

function sidesOf(
  tf: Tensors,
  user: Specification,
  target: Specification,
  { start, seen }: Pick<AlignmentOptions, "start" | "seen">,
): Sides {
  const cols = target.points.cols;
  const begin = (points: Matrix) =>
    start ? alignRows({ start, network: [] }, points) : zeros(points.rows, cols);
  const started = begin(user.points);
  if (started.cols !== cols) {
    throw new EngineError(
      "shape_mismatch",
      `the start leads to ${started.cols} columns, the learnware has ${cols}`,
    );
  }
  const tensor = ({ data, rows, cols: width }: Matrix) =>
    tf.tensor2d(Float32Array.from(data), [rows, width]);
  const column = (values: Float64Array) =>
    tf.tensor2d(Float32Array.from(values), [values.length, 1]);
  return {
    points: tensor(user.points),
    weights: column(user.weights),
    start: tensor(started),
    target: tensor(target.points),
    targetWeights: column(target.weights),
    seen: seen && { points: tensor(seen), start: tensor(begin(seen)) },
    gamma: gaussianGamma(target.kernel),
    targetSelf: innerProduct(target, target),
  };
}
