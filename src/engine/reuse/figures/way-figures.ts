import type { Target } from "../../learner/target";
import type { Matrix } from "../../ground/matrix";
import { largestColumns } from "../outputs/average";
import { FOLDS, type Judgement } from "../choose/choose-reuser";
import { medianInterval } from "./median-interval";
import type { PreparedReuse } from "../predict/prepare-reuse";
import type { ReuserName } from "../reuser";
import { shareInterval } from "./share-interval";

/** How a way of reuse did on answers that it had not learned from, in figures that people know. */
export interface WayFigures {
  readonly name: ReuserName;
  /** Why it was not tried; null if it was, or if there were no answers to try it on. */
  readonly lacks: Judgement["lacks"];
  readonly score: WayScore | null;
}

interface WayScore {
  /**
   * The median of the absolute errors, in units of the target: half of the rows are off by more. Or the share of rows
   * whose most probable class is right.
   */
  readonly measure: "median_error" | "accuracy";
  readonly value: number;
  /**
   * 95 % interval, whatever the errors are like, for rows drawn as those with answers were. Its better end allows for what
   * predicts having learned from more rows than what was judged: errors fall with the number of rows, without noise
   * in proportion to it.
   */
  readonly interval: readonly [number, number];
  /** Nothing says that it is worse than the best, by mean loss. */
  readonly isWithinNoise: boolean;
}

const LEVEL = 0.95;
/** Its standard normal quantile. */
const Z = 1.96;
/** What was judged had learned from so much of the rows that what predicts has learned from. */
const JUDGED_SHARE = 1 - 1 / FOLDS;

/** The table of the choice, in its order. */
export function wayFigures({ choice, task }: PreparedReuse): WayFigures[] {
  return choice.table.map(({ reuser: { name }, lacks, result }) => ({
    name,
    lacks,
    score: result && task.known && scoreOf(result, task.known.target),
  }));
}

function scoreOf(
  { heldOut, isWithinNoise }: NonNullable<Judgement["result"]>,
  target: Target,
): WayScore {
  if (target.task === "regression") {
    const errors = target.values.map((y, i) => Math.abs(y - heldOut.data[i]!));
    const { median, interval } = medianInterval(errors, LEVEL);
    const [low, high] = interval;
    return {
      ...{ measure: "median_error", value: median, isWithinNoise },
      interval: [JUDGED_SHARE * low, high],
    };
  }
  const rows = target.codes.length;
  const right = hits(heldOut, target.codes);
  const [low, high] = shareInterval(right, rows, Z);
  return {
    ...{ measure: "accuracy", value: right / rows, isWithinNoise },
    interval: [low, 1 - JUDGED_SHARE * (1 - high)],
  };
}

function hits(probabilities: Matrix, codes: Int32Array): number {
  return largestColumns(probabilities).filter((best, i) => best === codes[i]).length;
}
