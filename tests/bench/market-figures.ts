import { seededRandom } from "../../src/engine/ground/random";
import type { Losses } from "./market-ways";
import { median } from "./report";

/** One method over all users of a situation. */
export interface MethodSummary {
  readonly method: string;
  readonly users: number;
  /** Loss over the loss of the best single learnware: median with its 95 % interval, and mean. */
  readonly ratio: Interval;
  readonly meanRatio: number;
  /** Mean ratio of the tenth of the users for whom it is largest. */
  readonly worstRatio: number;
  readonly medianLoss: number;
  readonly meanLoss: number;
  /** Median share of the way from a random learnware to the best one. */
  readonly gapClosed: number;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/** @param losses - Of each user, all with the same methods. */
export function summarise(losses: readonly Losses[]): MethodSummary[] {
  return Object.keys(losses[0]!).map((method) => {
    const own = losses.map((user) => user[method]!);
    const ratios = losses.map((user) => overOracle(user, method));
    const gaps = losses.map((user) => {
      return (user["random"]! - user[method]!) / (user["random"]! - user["oracle"]!);
    });
    return {
      method,
      users: losses.length,
      ratio: bootstrapMedian(ratios),
      meanRatio: mean(ratios),
      worstRatio: mean(worstTenth(ratios)),
      medianLoss: median(own),
      meanLoss: mean(own),
      gapClosed: median(gaps.filter((gap) => !Number.isNaN(gap))),
    };
  });
}

/** How often a method's loss is another's: the median over users with its 95 % interval. */
export function compareMethods(losses: readonly Losses[], method: string, other: string): Interval {
  return bootstrapMedian(
    losses.map((user) => (user[method] === user[other] ? 1 : user[method]! / user[other]!)),
  );
}

/** Loss over the oracle's; 1 where both are without an error. */
function overOracle(user: Losses, method: string): number {
  return user[method] === user["oracle"] ? 1 : user[method]! / user["oracle"]!;
}

/** The median, and the middle 95 % of the medians of seeded resamples with replacement. */
function bootstrapMedian(values: readonly number[]): Interval {
  const random = seededRandom(1);
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)]!)),
  ).sort((a, b) => a - b);
  const at = (share: number) => medians[Math.round(share * (RESAMPLES - 1))]!;
  return { value: median(values), low: at(0.025), high: at(0.975) };
}

/** At least one. */
function worstTenth(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => b - a);
  return sorted.slice(0, Math.max(1, Math.round(values.length / 10)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
