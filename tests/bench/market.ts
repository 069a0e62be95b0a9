/**
 * @file How good are the predictions of a person who has only a market of other people's models?
 * Every domain of a table makes a learnware of its training rows and is a user with its other rows;
 * the Python package's way and ours, on the same models and the same rows.
 */

import { shareInterval } from "../../src/engine/reuse/figures/share-interval";
import { type MethodSummary, summarise } from "./market-figures";
import { benchHeteroMarket } from "./market-hetero";
import { madeUpMarkets } from "./market-made-up";
import { marketPlans, quickPlans } from "./market-plans";
import type { MeasuredMarket } from "./market-run";
import { targetLines } from "./market-targets";
import { measureInThreads } from "./market-threads";
import type { Losses } from "./market-ways";
import { type Figure, printTable } from "./report";

export interface MarketOptions {
  /** The folder with markets/; without, two small ones are made up. */
  readonly data: string | undefined;
  /** The smallest market of each task, a few domains, and fewer users. */
  readonly quick: boolean;
  /** Where to keep models and specifications from one run to the next. */
  readonly cache: string | undefined;
  /** Measure on the users that choices were made on, instead of the others. */
  readonly development: boolean;
}

const FULL = { domains: Infinity, users: 40 };
const QUICK = { domains: 8, users: 3 };

export async function benchMarket(options: MarketOptions): Promise<Figure[]> {
  const { quick, cache, development, data = madeUpMarkets() } = options;
  const size = { ...(quick ? QUICK : FULL), half: development ? "development" : "report" } as const;
  const all = marketPlans(data);
  const plans = quick ? quickPlans(all) : all;
  const jobs = plans.map(({ name }) => ({ kind: "market", name, data, cache, size }) as const);
  const figures: Figure[] = [];
  await measureInThreads(jobs, (market) => figures.push(...reportMarket(market)));
  return [...figures, ...(await benchHeteroMarket(data, { quick, cache }))];
}

function reportMarket(market: MeasuredMarket): Figure[] {
  const { name, learnwares, refused, users, measured, seconds } = market;
  console.log(
    `\n${name}: ${learnwares} learnwares (${refused} refused as not private enough), ${users} users; built in ${seconds.building.toFixed(0)} s, measured in ${seconds.measuring.toFixed(0)} s`,
  );
  const groups = new Map<string, Losses[]>();
  for (const { form, presence, labels, losses } of measured) {
    const group = `${form === "outline" ? "outline/" : ""}${presence}/${labels}`;
    groups.set(group, [...(groups.get(group) ?? []), losses]);
  }
  const summaries = [...groups].map(([group, all]) => [group, summarise(all)] as const);
  printTable([
    COLUMNS,
    ...summaries.flatMap(([group, methods]) => methods.map((method) => lineOf(group, method))),
  ]);
  console.log(targetLines(market).join("\n"));
  const firsts = ownFirsts(market);
  for (const { case: of, metric, value } of firsts) {
    console.log(`${of} ${metric}: ${value.toFixed(3)}`);
  }
  return [
    ...firsts,
    ...summaries.flatMap(([group, methods]) =>
      methods.flatMap((method) => figuresOf(`${name}/${group}/${method.method}`, method, methods)),
    ),
  ];
}

/** The share of users whose own learnware is found to be the nearest, where it is in the market. */
function ownFirsts({ name, measured }: MeasuredMarket): Figure[] {
  return (["book", "outline"] as const).flatMap((form): Figure[] => {
    const asked = measured.filter(
      (one) => one.form === form && one.presence === "own-present" && one.labels === 0,
    );
    if (asked.length === 0) return [];
    const hits = asked.filter(({ ownFirst }) => ownFirst).length;
    const [low, high] = shareInterval(hits, asked.length, 1.96);
    const figure = (metric: string, number: number): Figure => ({
      ...{ suite: "market", case: `${name}/${form}`, metric, unit: "share", value: number },
    });
    return [figure("own_first", hits / asked.length), figure("own_first_low", low), figure("own_first_high", high)]; // prettier-ignore
  });
}

const COLUMNS = [
  "own learnware/labels",
  "method",
  "users",
  "loss ÷ oracle: median",
  "95 %",
  "mean",
  "worst tenth",
  "loss: median",
  "mean",
  "gap closed",
];

function lineOf(group: string, summary: MethodSummary): string[] {
  const { method, users, ratio, meanRatio, worstRatio, medianLoss, meanLoss, gapClosed } = summary;
  return [
    group,
    method,
    String(users),
    ratio.value.toFixed(3),
    `${ratio.low.toFixed(3)}–${ratio.high.toFixed(3)}`,
    meanRatio.toFixed(3),
    worstRatio.toFixed(3),
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
  mixture: ["reference-average"],
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
  { method, users, ratio, meanRatio, worstRatio, medianLoss, gapClosed }: MethodSummary,
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
    figure("worst_tenth_loss_over_oracle", "ratio", worstRatio, counterpart?.worstRatio),
    figure("median_loss", "share", medianLoss, counterpart?.medianLoss),
    figure("gap_closed", "share", gapClosed, counterpart?.gapClosed),
    figure("users", "users", users),
  ];
}
