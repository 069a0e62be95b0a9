/**
 * @file How fast and how well a dock finds: 50 points in 20 columns a learnware, a quarter of them
 * near-duplicates; of the users half are like one learnware, a quarter like none, a quarter like
 * three at once. A search compares 200 candidates exactly and ends with the cards of ten.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { packRkme } from "../../src/engine/search/pairs";
import { rkmeOf, SimulatedMarket } from "../fixtures/simulated-market";
import { type Figure } from "./report";
import { benchLinear } from "./search-linear";
import { Makers } from "./search-makers";
import { openServer } from "./search-server";
import type { SearchCase, SearchRun } from "./search-case";
import { SHOWN } from "./search-subject";

export interface SearchOptions {
  /** Which stores, all unless told. */
  readonly stores: readonly string[];
  /** Outlines, weights on a book, or both unless told. */
  readonly forms: readonly string[];
  /** No fewer learnwares than these, and no more. */
  readonly min: number;
  readonly max: number;
  /** 1000 and 10,000 learnwares, with few requests. */
  readonly quick: boolean;
  /** A server to make databases on, in place of a private one. */
  readonly postgresUrl: string | undefined;
  /** Leave the databases on that server; the next run with them then need not load. */
  readonly keep: boolean;
}

const CASES = [
  { store: "pglite", counts: [1000, 10_000, 100_000] },
  { store: "postgres", counts: [1000, 10_000, 100_000, 1_000_000] },
  { store: "scan", counts: [1000, 10_000, 100_000, 1_000_000] },
] as const;

const FORMS = ["outline", "book"] as const;
const QUICK_MAX = 10_000;
/** Requests of a pass, and queries whose truth is sought: each takes 10 µs a learnware. */
const FULL = { requests: 200, truths: 100, truthsOfMany: 32 };
const QUICK = { requests: 40, truths: 20, truthsOfMany: 20 };
const MANY = 1_000_000;
/** From so many learnwares on, an index is what answers. */
const GROWTH_FROM = 10_000;

export async function benchSearch(options: SearchOptions): Promise<Figure[]> {
  const { quick, stores, forms } = options;
  const max = Math.min(options.max, quick ? QUICK_MAX : Infinity);
  const cases = CASES.flatMap(({ store, counts }) =>
    stores.length === 0 || stores.includes(store)
      ? FORMS.filter((form) => forms.length === 0 || forms.includes(form)).flatMap((form) =>
          counts
            .filter((count) => count >= options.min && count <= max)
            .map((count) => ({ store, form, count })),
        )
      : [],
  );
  const linear = benchLinear();
  const figures = [...linear.figures];
  const server = cases.some(({ store }) => store === "postgres") ? await openServer(options) : null;
  const truths = new Map<number, number[][]>();
  const medians = new Map<string, [count: number, p50: number][]>();
  try {
    for (const { store, count, form } of cases) {
      const { requests, ...sizes } = quick ? QUICK : FULL;
      // Of a million, outlines take minutes to compare; on a book that is done while they are put in.
      const isSought = form === "outline" || count < MANY;
      const truth = isSought ? (truths.get(count) ?? (await truthOf(count, sizes))) : [];
      if (isSought) truths.set(count, truth);
      const databaseUrl = store === "postgres" ? await server!.database(count, form) : undefined;
      const run = await runCase({ store, form, count, truth, requests, databaseUrl });
      const name = `${store}/${form}`;
      figures.push(...figuresOf(`${name}/n${count}`, run, linear.msPerSpecification * count));
      medians.set(name, [...(medians.get(name) ?? []), [count, run["p50_ms"]!]]);
    }
  } finally {
    await server?.close();
  }
  return [...figures, ...growthFigures(medians)];
}

async function truthOf(count: number, { truths, truthsOfMany }: Omit<typeof FULL, "requests">) {
  const market = new SimulatedMarket({ count });
  const makers = new Makers(count);
  const queries = Array.from({ length: count < MANY ? truths : truthsOfMany }, (_, j) =>
    packRkme(rkmeOf(market.query(j), market.island.kernel.gamma)),
  );
  console.error(`comparing ${queries.length} queries with all of ${count}`);
  const ranked = await makers.rank(queries, SHOWN);
  await makers.close();
  return ranked;
}

async function runCase(job: Omit<SearchCase, "dataDirectory">): Promise<SearchRun> {
  console.error(`${job.store}, ${job.form}, ${job.count} learnwares`);
  const dataDirectory = await mkdtemp(join(tmpdir(), "berth-bench-"));
  try {
    const file = join(import.meta.dirname, "search-case.ts");
    const child = spawn(process.execPath, [...process.execArgv, file], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end(JSON.stringify({ ...job, dataDirectory } satisfies SearchCase));
    const [output] = await Promise.all([text(child.stdout), once(child, "exit")]);
    if (child.exitCode !== 0) throw new Error("the case has failed");
    return JSON.parse(output) as SearchRun;
  } finally {
    await rm(dataDirectory, { recursive: true });
  }
}

const UNITS: Readonly<Record<string, string>> = {
  ms: "ms",
  seconds: "s",
  bytes: "B",
  second: "1/s",
  recall: "share",
};

function figuresOf(name: string, run: SearchRun, linearMs: number): Figure[] {
  return Object.entries(run).map(([metric, value]) => {
    const word = metric.split("_").find((part) => part in UNITS);
    const unit = word === undefined ? "" : UNITS[word]!;
    const baseline = metric === "p50_ms" ? { baseline: linearMs } : {};
    return { suite: "search", case: name, metric, unit, value, ...baseline };
  });
}

/** The e in p50 ~ countᵉ, fitted by least squares to the logarithms. */
function growthFigures(medians: ReadonlyMap<string, readonly [number, number][]>): Figure[] {
  return [...medians].flatMap(([store, all]) => {
    const points = all.filter(([count]) => count >= GROWTH_FROM);
    if (points.length < 2) return [];
    const value = slope(points.map(([count, p50]) => [Math.log(count), Math.log(p50)]));
    const metric = "p50_exponent";
    return [{ suite: "search", case: `${store}/growth`, metric, unit: "", value }];
  });
}

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(points.map(([one]) => one));
  const y = mean(points.map(([, one]) => one));
  const along = mean(points.map(([a, b]) => (a - x) * (b - y)));
  return along / mean(points.map(([a]) => (a - x) ** 2));
}
