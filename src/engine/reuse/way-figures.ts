import type { Target } from "../learner/target";
import type { Matrix } from "../matrix";
import { seededRandom } from "../random";
import { largestColumns } from "./average";
import { bootstrapMean } from "./bootstrap-mean";
import type { Judgement } from "./choose-reuser";
import type { PreparedReuse } from "./prepare-reuse";
import type { ReuserName } from "./reuser";

/** How a way of reuse did on answers that it had not learned from, in figures that people know. */
export interface WayFigures {
  readonly name: ReuserName;
  /** Why it was not tried; null if it was, or if there were no answers to try it on. */
  readonly lacks: Judgement["lacks"];
  readonly score: WayScore | null;
}

interface WayScore {
  /** Root of the mean squared error, in units of the target; or the share of rows whose most probable class is right. */
  readonly measure: "rmse" | "accuracy";
  readonly value: number;
  /** 95 % bootstrap interval over the rows with answers. */
  readonly interval: readonly [number, number];
  /** Nothing says that it is worse than the best. */
  readonly isWithinNoise: boolean;
}

const LEVEL = 0.95;

/** The table of the choice, in its order. */
export function wayFigures({ choice, task }: PreparedReuse): WayFigures[] {
  return choice.table.map(({ reuser: { name }, lacks, result }) => ({
    name,
    lacks,
    score: result && task.known && scoreOf(result, task.known.target),
  }));
}

function scoreOf(result: NonNullable<Judgement["result"]>, target: Target): WayScore {
  const { isWithinNoise } = result;
  if (target.task === "regression") {
    const [low, high] = result.interval;
    return {
      measure: "rmse",
      value: Math.sqrt(result.loss),
      interval: [Math.sqrt(low), Math.sqrt(high)],
      isWithinNoise,
    };
  }
  const right = hits(result.heldOut, target.codes);
  const value = right.reduce((sum, one) => sum + one, 0) / right.length;
  const [interval] = bootstrapMean(right, [LEVEL], seededRandom(1));
  return { measure: "accuracy", value, interval: interval!, isWithinNoise };
}

function hits(probabilities: Matrix, codes: Int32Array): Float64Array {
  return largestColumns(probabilities).map((best, i) => Number(best === codes[i]));
}
