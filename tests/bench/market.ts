/**
 * @file How good are the predictions of a person who has only a market of other people's models?
 * Every domain of a table makes a learnware of its training rows and is a user with its other rows;
 * the Python package's way and ours, on the same models and the same rows.
 */

import { WasmCompute } from "../../src/runtime/wasm-compute";
import { buildMarket } from "./market-build";
import { Cache } from "./market-cache";
import { type MethodSummary, summarise } from "./market-figures";
import { marketPlans } from "./market-plans";
import { type Situation, situationsOf } from "./market-situations";
import { type Losses, lossesOf } from "./market-ways";
import { type Figure, printTable } from "./report";

export interface MarketOptions {
  /** The folder with markets/. */
  readonly data: string | undefined;
  /** Two markets of a dozen domains, with few users. */
  readonly quick: boolean;
  /** Where to keep models and specifications from one run to the next. */
  readonly cache: string | undefined;
  /** Measure on the users that choices were made on, instead of the others. */
  readonly development: boolean;
}

const FULL = { markets: 5, domains: Infinity, users: 40 };
const QUICK = { markets: 2, domains: 12, users: 5 };

export async function benchMarket(options: MarketOptions): Promise<Figure[]> {
  const { data, quick, cache: folder, development } = options;
  if (!data) throw new Error("the market benchmark needs --data DIR (the folder with markets/)");
  const { markets, ...size } = quick ? QUICK : FULL;
  const half = development ? "development" : "report";
  const cache = new Cache(folder);
  const compute = await WasmCompute.create();
  const figures: Figure[] = [];
  for (const { name, table } of marketPlans.slice(0, markets)) {
    const market = await buildMarket(table, data, compute, cache, { ...size, half });
    const { learnwares, refused, users } = market;
    console.log(
      `\n${name}: ${learnwares.length} learnwares (${refused.length} refused as not private enough), ${users.length} users`,
    );
    const measured: Measured[] = [];
    for (const situation of situationsOf(market)) {
      measured.push({ situation, losses: await lossesOf(compute, market, situation) });
    }
    figures.push(...reportMarket(name, measured));
  }
  compute.dispose();
  return figures;
}

interface Measured {
  readonly situation: Situation;
  readonly losses: Losses;
}

function reportMarket(name: string, measured: readonly Measured[]): Figure[] {
  const groups = new Map<string, Losses[]>();
  for (const { situation, losses } of measured) {
    const group = `${situation.presence}/${situation.labels}`;
    groups.set(group, [...(groups.get(group) ?? []), losses]);
  }
  const summaries = [...groups].map(([group, users]) => [group, summarise(users)] as const);
  printTable([
    COLUMNS,
    ...summaries.flatMap(([group, methods]) => methods.map((method) => lineOf(group, method))),
  ]);
  return summaries.flatMap(([group, methods]) =>
    methods.flatMap((method) => figuresOf(`${name}/${group}/${method.method}`, method, methods)),
  );
}

const COLUMNS = [
  "own learnware/labels",
  "method",
  "users",
  "loss ÷ oracle: median",
  "95 %",
  "mean",
  "loss: median",
  "mean",
  "gap closed",
];

function lineOf(group: string, summary: MethodSummary): string[] {
  const { method, users, ratio, meanRatio, medianLoss, meanLoss, gapClosed } = summary;
  return [
    group,
    method,
    String(users),
    ratio.value.toFixed(3),
    `${ratio.low.toFixed(3)}–${ratio.high.toFixed(3)}`,
    meanRatio.toFixed(3),
    medianLoss.toPrecision(3),
    meanLoss.toPrecision(3),
    `${(100 * gapClosed).toFixed(0)} %`,
  ];
}

/** What the reference does in the place of each of our ways. */
const COUNTERPARTS: Readonly<Record<string, readonly string[]>> = {
  nearest: ["reference-top-1"],
  "mean-of-5": ["reference-average"],
  "mean-of-10": ["reference-average"],
  average: ["reference-average"],
  select: ["reference-job-selector"],
  "weigh-by-row": ["reference-job-selector"],
  stack: ["reference-prune"],
  prune: ["reference-prune"],
  "augment-linear": ["reference-augment"],
  "augment-trees": ["reference-augment"],
  recommended: ["reference-average", "reference-prune"],
};

function figuresOf(
  name: string,
  { method, users, ratio, meanRatio, medianLoss, gapClosed }: MethodSummary,
  all: readonly MethodSummary[],
): Figure[] {
  const counterpart = all.find((other) => COUNTERPARTS[method]?.includes(other.method));
  const figure = (metric: string, unit: string, value: number, baseline?: number): Figure => ({
    suite: "market",
    case: name,
    metric,
    unit,
    value,
    ...(baseline !== undefined && { baseline }),
  });
  return [
    figure("loss_over_oracle", "ratio", ratio.value, counterpart?.ratio.value),
    figure("ci_low", "ratio", ratio.low),
    figure("ci_high", "ratio", ratio.high),
    figure("mean_loss_over_oracle", "ratio", meanRatio, counterpart?.meanRatio),
    figure("median_loss", "share", medianLoss, counterpart?.medianLoss),
    figure("gap_closed", "share", gapClosed, counterpart?.gapClosed),
    figure("users", "users", users),
  ];
}
