/** @file What the ways that are recommended have to reach where the user's own learnware is absent. */

import { compareMethods, type Interval, summarise } from "./market-figures";
import type { MeasuredMarket } from "./market-run";

/** Loss over the best single learnware's without labels, at most. */
const UNLABELLED: Readonly<Record<string, number>> = {
  kc_house70: 1.06,
  nycflights_dest: 1.05,
  aus_retail: 1.6,
  walmart45: 1.05,
  adult_occupation: 1.04,
};
/** The same with 50 labels, in three markets. */
const LABELLED = 0.9;

/** A line per target of a market, and whether it is met. */
export function targetLines({ name, measured }: MeasuredMarket): string[] {
  const group = (labels: number) =>
    measured.filter(
      (one) => one.form === "book" && one.presence === "own-absent" && one.labels === labels,
    );
  const ratio = (labels: number) => {
    const losses = group(labels).map((one) => one.losses);
    return summarise(losses).find(({ method }) => method === "recommended")!.ratio;
  };
  const lines: string[] = [];
  const limit = UNLABELLED[name];
  if (limit !== undefined) lines.push(lineOf(`no labels ≤ ${limit}`, ratio(0), limit));
  if (group(50).length > 0) lines.push(lineOf(`50 labels ≤ ${LABELLED}`, ratio(50), LABELLED));
  const own200 = group(200);
  for (const labels of [50, 200]) {
    const pairs = own200.flatMap(({ user, losses }) => {
      const ours = group(labels).find((one) => one.user === user)?.losses["recommended"];
      return ours === undefined ? [] : [{ ours, own: losses["own-model"]! }];
    });
    if (pairs.length === 0) continue;
    const interval = compareMethods(pairs, "ours", "own");
    lines.push(lineOf(`${labels} labels < own model with 200 (${pairs.length})`, interval, 1));
  }
  for (const labels of [0, 50, 200]) {
    const losses = group(labels).map((one) => one.losses);
    if (losses.length === 0) continue;
    const reference = summarise(losses)
      .filter(({ method }) => method.startsWith("reference"))
      .reduce((a, b) => (b.ratio.value < a.ratio.value ? b : a)).method;
    const interval = compareMethods(losses, "recommended", reference);
    const isMet = interval.low <= 1;
    lines.push(
      `${verdict(isMet)}  ${labels} labels, not worse than ${reference}: ${show(interval)}`,
    );
  }
  return lines;
}

function lineOf(what: string, interval: Interval, limit: number): string {
  return `${verdict(interval.value <= limit)}  ${what}: ${show(interval)}`;
}

function verdict(isMet: boolean): string {
  return isMet ? "met   " : "MISSED";
}

function show({ value, low, high }: Interval): string {
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}
