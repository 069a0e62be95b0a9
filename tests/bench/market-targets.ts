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
/** The same with 50 labels. */
const LABELLED: Readonly<Record<string, number>> = {
  kc_house70: 0.87,
  nycflights_dest: 0.76,
  aus_retail: 0.92,
  walmart45: 0.93,
  adult_occupation: 1.03,
};
/** Each number of labels is compared with the one before it. */
const LABELS = [0, 10, 25, 50, 100, 200];

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
  const labelled = LABELLED[name];
  if (labelled !== undefined) lines.push(lineOf(`50 labels ≤ ${labelled}`, ratio(50), labelled));
  const paired = (labels: number, before: number, method: string) => {
    const others = new Map(group(before).map(({ user, losses }) => [user, losses[method]]));
    return group(labels).flatMap(({ user, losses }) => {
      const other = others.get(user);
      return other === undefined ? [] : [{ ours: losses["recommended"]!, other }];
    });
  };
  for (const labels of [50, 200]) {
    const pairs = paired(labels, 200, "own-model");
    if (pairs.length === 0) continue;
    const interval = compareMethods(pairs, "ours", "other");
    lines.push(lineOf(`${labels} labels < own model with 200 (${pairs.length})`, interval, 1));
  }
  const steps = [
    ...LABELS.slice(1).map((labels, i) => [labels, LABELS[i]!] as const),
    [50, 0] as const,
  ];
  for (const [labels, before] of steps) {
    const pairs = paired(labels, before, "recommended");
    if (pairs.length === 0) continue;
    const interval = compareMethods(pairs, "ours", "other");
    const what = `${labels} labels no worse than ${before} (${pairs.length})`;
    lines.push(`${verdict(interval.low <= 1)}  ${what}: ${show(interval)}`);
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
