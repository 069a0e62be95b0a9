import type { Target } from "../../learner/target";
import type { Matrix } from "../../ground/matrix";
import type { Random } from "../../ground/random";
import { blend } from "./blend";
import { rowLosses } from "../choose/losses";
import { type BitProblem, type Candidate, searchFront } from "./nsga2";
import { knownRows, type Reuser } from "../reuser";

const GENERATIONS = 200;
const LEAST_POPULATION = 20;
const MOST_POPULATION = 100;
const SEED = 1;
/** What an ensemble whose mean margin is not above 0 gets for spread over mean. */
const NO_MARGIN = 1e5;
/** Margins no larger than this are ties. */
const ROUNDING = 1e-12;

/**
 * A part of the learnwares, averaged evenly: the one with the least error on the labelled rows among those that
 * nothing beats in all objectives. For numbers these are the mean squared error and the size; for classes the spread
 * of the margins over their mean, the errors, and the size. At least two are kept where there are two.
 *
 * The margin of a row is the mean probability of its class less the largest of another one, which for votes is the
 * margin of the package. There three objectives are searched by NSGA-III for two classes; here always by NSGA-II,
 * whose crowding spreads well over so short fronts.
 *
 * Source: Wu, He, Qian, Zhou, "Multi-objective Evolutionary Ensemble Pruning Guided by Margin Distribution", PPSN 2022.
 */
export const pruning: Reuser = {
  name: "prune",
  tasks: ["regression", "classification"],
  needs: ["labels"],
  leastLabels: 10,
  async *fit(task) {
    const { outputs, target } = knownRows(task);
    const kept = yield* prune(outputs.values, target);
    const weights = Float64Array.from(outputs.values, (_, m) =>
      kept.includes(m) ? 1 / kept.length : 0,
    );
    return {
      formula: { kind: "sum", weights, estimate: 0, constant: 0 },
      predict: (block) => ({
        values: evenBlend(block.outputs.values, kept),
        account: {
          code: "pruned",
          kept,
          of: outputs.values.length,
          labels: outputs.rows,
        },
      }),
    };
  },
};

async function* prune(values: readonly Matrix<Float64Array>[], target: Target) {
  const size = values.length;
  if (size < 3) return [...values.keys()];
  const problem = problemOf(values, target);
  const front = yield* searchFront(problem, {
    population: Math.min(MOST_POPULATION, Math.max(LEAST_POPULATION, size)),
    generations: GENERATIONS,
    seed: SEED,
    first: firstGenomes(problem, size),
  });
  const order = target.task === "regression" ? [0, 1] : [1, 2, 0];
  const best = front.reduce((a, b) => (isBefore(b, a, order) ? b : a));
  return membersOf(best.genome);
}

function problemOf(values: readonly Matrix<Float64Array>[], target: Target): BitProblem {
  return {
    bits: values.length,
    repair: addUntilTwo,
    evaluate(genome) {
      const kept = membersOf(genome);
      const mean = evenBlend(values, kept);
      return target.task === "regression"
        ? [meanLoss(mean, target), kept.length]
        : [...marginObjectives(mean, target.codes), kept.length];
    },
  };
}

/** All learnwares, and the two, three and five that are best alone by each objective. */
function firstGenomes(problem: BitProblem, size: number): Uint8Array[] {
  const alone = Array.from({ length: size }, (_, m) => problem.evaluate(genomeOf([m], size)));
  const all = [...alone.keys()];
  const best = alone[0]!.slice(0, -1).flatMap((_, k) => {
    const order = all.toSorted((a, b) => alone[a]![k]! - alone[b]![k]!);
    return [2, 3, 5].map((count) => genomeOf(order.slice(0, count), size));
  });
  return [genomeOf(all, size), ...best];
}

function isBefore(a: Candidate, b: Candidate, order: readonly number[]): boolean {
  const at = order.find((k) => a.objectives[k] !== b.objectives[k]);
  return at !== undefined && a.objectives[at]! < b.objectives[at]!;
}

/** Flip bits at random, as mutation does, until two are set. */
function addUntilTwo(genome: Uint8Array, random: Random): void {
  while (membersOf(genome).length < 2) genome[Math.floor(random() * genome.length)] = 1;
}

function genomeOf(members: readonly number[], size: number): Uint8Array {
  const genome = new Uint8Array(size);
  for (const m of members) genome[m] = 1;
  return genome;
}

function membersOf(genome: Uint8Array): number[] {
  return [...genome.keys()].filter((m) => genome[m] === 1);
}

function evenBlend(
  values: readonly Matrix<Float64Array>[],
  kept: readonly number[],
): Matrix<Float64Array> {
  const weights = new Float64Array(kept.length).fill(1 / kept.length);
  return blend(
    kept.map((m) => values[m]!),
    weights,
  );
}

function meanLoss(mean: Matrix, target: Target): number {
  return rowLosses(mean, target).reduce((sum, loss) => sum + loss, 0) / mean.rows;
}

/** Spread over mean of the margins, and the number of wrong rows, a tie being half a wrong one. */
function marginObjectives({ data, rows, cols }: Matrix, codes: Int32Array): [number, number] {
  let sum = 0;
  let squares = 0;
  let errors = 0;
  for (let i = 0; i < rows; i++) {
    let other = 0;
    for (let k = 0; k < cols; k++) {
      if (k !== codes[i]) other = Math.max(other, data[i * cols + k]!);
    }
    const margin = data[i * cols + codes[i]!]! - other;
    sum += margin;
    squares += margin * margin;
    errors += Math.abs(margin) < ROUNDING ? 0.5 : margin < 0 ? 1 : 0;
  }
  const mean = sum / rows;
  const spread = Math.sqrt(Math.max(0, squares / rows - mean * mean));
  return [mean > 0 ? spread / mean : NO_MARGIN, errors];
}
