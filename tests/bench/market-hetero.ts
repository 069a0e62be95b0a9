/**
 * @file What are other people's models worth to somebody whose table has other columns than they were trained on?
 * Learnwares know one part of a market's columns, users have another part, by other names. Compared are leaving such
 * learnwares out (the user's own model), the Python package's alignment, and ours.
 */

import { type MethodSummary, summarise } from "./market-figures";
import { type HeteroPlan, heteroPlans } from "./market-hetero-plans";
import type { MarketOptions } from "./market";
import { measureInThreads } from "./market-threads";
import type { Losses } from "./market-ways";
import { type Figure, printTable } from "./report";

const FULL = { markets: Infinity, domains: 16, users: 8 };
const QUICK = { markets: 1, domains: 8, users: 3 };

/** @param data - The folder with markets/. */
export async function benchHeteroMarket(
  data: string,
  { quick, cache }: Pick<MarketOptions, "quick" | "cache">,
): Promise<Figure[]> {
  const { markets, ...size } = quick ? QUICK : FULL;
  const plans = heteroPlans(data).slice(0, markets);
  const jobs = plans.map(({ name }) => ({ kind: "hetero", name, data, cache, size }) as const);
  const figures: Figure[] = [];
  await measureInThreads(jobs, ({ name, users, offered, byLabels }) => {
    const plan = plans.find((one) => one.name === name)!;
    console.log(`\n${titleOf(plan)}: offered to ${offered} of ${users} users`);
    figures.push(...reportHetero(name, byLabels));
  });
  return figures;
}

function titleOf({ name, learned, had }: HeteroPlan): string {
  const columns = Object.keys(had);
  const shared = columns.filter((column) => learned.includes(column)).length;
  return `${name}, learnwares with ${learned.length} columns, users with ${columns.length}, ${shared} in common`;
}

function reportHetero(name: string, byLabels: ReadonlyMap<string, readonly Losses[]>): Figure[] {
  const lines: string[][] = [];
  const figures: Figure[] = [];
  for (const [labels, users] of byLabels) {
    const overOwn = summarise(users.map((losses) => ({ ...losses, oracle: leftOut(losses) })));
    for (const method of summarise(users)) {
      const against = overOwn.find((other) => other.method === method.method)!;
      lines.push(lineOf(labels, method, against));
      figures.push(...figuresOf(`${name}/hetero/${labels}/${method.method}`, method, against));
    }
  }
  printTable([COLUMNS, ...lines]);
  return figures;
}

/** Without related islands: the user's own model; without labels the mean, which even then would have to be guessed. */
function leftOut(losses: Losses): number {
  return losses["own-model"] ?? losses["guess"]!;
}

const COLUMNS = [
  "labels",
  "method",
  "users",
  "loss: median",
  "mean",
  "÷ left out: median",
  "95 %",
  "÷ best learnware with all columns: median",
  "95 %",
];

function lineOf(labels: string, method: MethodSummary, against: MethodSummary): string[] {
  const interval = ({ ratio }: MethodSummary) => [
    ratio.value.toFixed(3),
    `${ratio.low.toFixed(3)}–${ratio.high.toFixed(3)}`,
  ];
  return [
    labels,
    method.method,
    String(method.users),
    method.medianLoss.toPrecision(3),
    method.meanLoss.toPrecision(3),
    ...interval(against),
    ...interval(method),
  ];
}

function figuresOf(name: string, method: MethodSummary, against: MethodSummary): Figure[] {
  const figure = (metric: string, unit: string, value: number): Figure => ({
    ...{ suite: "market", case: name },
    ...{ metric, unit, value },
  });
  return [
    figure("loss_over_oracle", "ratio", method.ratio.value),
    figure("ci_low", "ratio", method.ratio.low),
    figure("ci_high", "ratio", method.ratio.high),
    figure("loss_over_left_out", "ratio", against.ratio.value),
    figure("left_out_ci_low", "ratio", against.ratio.low),
    figure("left_out_ci_high", "ratio", against.ratio.high),
    figure("median_loss", "share", method.medianLoss),
    figure("users", "users", method.users),
  ];
}
