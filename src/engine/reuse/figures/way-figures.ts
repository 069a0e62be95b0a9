import type { Target } from "../../learner/target";
import type { Matrix } from "../../ground/matrix";
import { largestColumns } from "../outputs/average";
import type { Judgement } from "../choose/choose-reuser";
import { rowLosses } from "../choose/losses";
import { errorInterval } from "./error-interval";
import type { PreparedReuse } from "../predict/prepare-reuse";
import type { ReuserName } from "../reuser";
import { shareInterval } from "./share-interval";

/** How a way of reuse did on answers that it had not learned from. */
export interface WayFigures {
  readonly name: ReuserName;
  /** Why it was not tried; null if it was, or if there were no answers to try it on. */
  readonly lacks: Judgement["lacks"];
  readonly score: WayScore | null;
}

/** By the measure that the choice among ways is made by, so that the one that looks best is the best. */
export type WayScore = {
  /** Nothing says that it is worse than the best. */
  readonly isWithinNoise: boolean;
} & (
  | {
      /** Root mean squared error, in units of the target. */
      readonly measure: "rmse";
      readonly value: number;
      /** 95 % interval, for rows drawn as those with answers were. */
      readonly interval: readonly [number, number];
    }
  | {
      /** Mean squared error of the probabilities, in [0, 2]. */
      readonly measure: "brier";
      readonly value: number;
      /** Share of the rows whose most probable class is right, and its 95 % interval. */
      readonly right: number;
      readonly interval: readonly [number, number];
    }
);

/** The standard normal quantile of 95 %. */
const Z = 1.96;

/** The table of the choice, in its order. */
export function wayFigures({ choice, task }: Pick<PreparedReuse, "choice" | "task">): WayFigures[] {
  return choice.table.map(({ reuser: { name }, lacks, result }) => ({
    name,
    lacks,
    score: result && task.known && scoreOf(result, task.known.target),
  }));
}

function scoreOf(
  { heldOut, isWithinNoise, loss }: NonNullable<Judgement["result"]>,
  target: Target,
): WayScore {
  if (target.task === "regression") {
    const { rmse, interval } = errorInterval(rowLosses(heldOut, target));
    return { measure: "rmse", value: rmse, interval, isWithinNoise };
  }
  const rows = target.codes.length;
  const count = hits(heldOut, target.codes);
  const interval = shareInterval(count, rows, Z);
  return { measure: "brier", value: loss, right: count / rows, interval, isWithinNoise };
}

function hits(probabilities: Matrix, codes: Int32Array): number {
  return largestColumns(probabilities).filter((best, i) => best === codes[i]).length;
}
