/**
 * @file One case of the search benchmark, in a process of its own so that its memory can be seen:
 * reads a `SearchCase` from standard input, says on standard error how far it is, and prints a
 * `SearchRun` as one line of JSON.
 */

import { loadavg } from "node:os";
import { text } from "node:stream/consumers";

import type { Entry } from "../../src/dock/storage/learnware-store";
import type { Specification } from "../../src/engine/specification/specification";
import { rkmeOf, SimulatedMarket } from "../fixtures/simulated-market";
import { Makers } from "./search-makers";
import { ScanSubject } from "./search-scan";
import { StoreSubject } from "./search-store";
import { type SearchForm, formedSpace } from "./search-form";
import { NearestOnBook } from "./search-truth";
import { type Filling, type Search, type SearchSubject, SHOWN } from "./search-subject";

export interface SearchCase {
  readonly store: "pglite" | "postgres" | "scan";
  readonly form: SearchForm;
  readonly count: number;
  readonly dataDirectory: string;
  readonly databaseUrl?: string | undefined;
  /** Of the first queries, the indices of the learnwares whose outlines are nearest. */
  readonly truth: readonly (readonly number[])[];
  /** Requests of one pass. */
  readonly requests: number;
}

/** Figures by metric. */
export type SearchRun = Readonly<Record<string, number>>;

/** Learnwares put in at once. */
const BATCH = 5000;
/** Other queries each time; the quickest counts, as other work on the machine only ever slows one down. */
const PASSES = 3;
const CLIENTS = 16;

interface Pass {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  /** Processor time of a search, of this process and of a server; on a busy machine it says more. */
  readonly dockCpu: number;
  readonly serverCpu: number;
}

async function main(): Promise<void> {
  const job = JSON.parse(await text(process.stdin)) as SearchCase;
  const { count, requests, truth } = job;
  const market = new SimulatedMarket({ count });
  const formed = await formedSpace(market, job.form);
  const subject =
    job.store === "scan"
      ? await ScanSubject.open(formed)
      : await StoreSubject.open(formed, job.dataDirectory, job.databaseUrl);
  let asked = 0;
  const queries = (n: number) =>
    Array.from({ length: n }, () => rkmeOf(market.query(asked++), formed.space.kernel.gamma));
  const users = async (n: number) => {
    const prepared: Search[] = [];
    for (const query of queries(n)) prepared.push(await subject.prepare(query));
    return prepared;
  };
  const first = queries(job.form === "book" ? Math.max(truth.length, requests) : truth.length);
  const onBook = job.form === "book" ? await NearestOnBook.of(formed, first) : null;
  const filling = await fill(subject, count, job.form, onBook);
  console.error("all are in; searching");
  const shares = await recallsOf(subject, first.slice(0, truth.length), truth);
  const own = onBook?.isFull ? await recallsOf(subject, first, onBook.truth()) : [];
  await pass(subject, await users(requests), 1, false); // As a dock in service is: its code compiled, its pages in memory.
  const passes = async (n: number, clients: number, mixture = false) =>
    best(await repeat(async () => pass(subject, await users(n), clients, mixture)));
  const alone = await passes(requests, 1);
  const crowded = await passes(requests, CLIENTS);
  const mixed = await passes(Math.ceil(requests / 4), 1, true);
  const run: SearchRun = {
    p50_ms: alone.p50,
    p99_ms: alone.p99,
    dock_cpu_ms: alone.dockCpu,
    server_cpu_ms: alone.serverCpu,
    ...recallFigures("recall_at_10", onBook ? own : shares),
    ...(onBook && recallFigures("recall_of_outlines_at_10", shares)),
    ...filling,
    [`p50_ms_${CLIENTS}_clients`]: crowded.p50,
    [`p99_ms_${CLIENTS}_clients`]: crowded.p99,
    [`searches_per_second_${CLIENTS}_clients`]: crowded.perSecond,
    p50_mixture_ms: mixed.p50,
    p99_mixture_ms: mixed.p99,
    dock_bytes: process.memoryUsage.rss(),
    ...(await subject.sizes()),
    load_average: loadavg()[0]!,
  };
  console.log(JSON.stringify(run));
  await subject.close();
}

async function fill(
  subject: SearchSubject,
  count: number,
  form: SearchForm,
  onBook: NearestOnBook | null,
): Promise<Filling> {
  const makers = new Makers(count);
  try {
    return await subject.fill(batches(makers, count, form, onBook));
  } finally {
    await makers.close();
  }
}

async function* batches(
  makers: Makers,
  count: number,
  form: SearchForm,
  onBook: NearestOnBook | null,
): AsyncGenerator<Entry[], void, undefined> {
  const make = (first: number) => makers.make(first, Math.min(count, first + BATCH), form);
  let making = make(0);
  for (let first = 0; first < count; first += BATCH) {
    const entries = await making;
    if (first + BATCH < count) making = make(first + BATCH); // While these are put in.
    onBook?.offer(first, entries);
    yield entries;
    if ((first / BATCH) % 20 === 19) console.error(`${first + BATCH} of ${count} are in`);
  }
}

/** Of every user, the share of the true nearest that is found. */
async function recallsOf(
  subject: SearchSubject,
  users: readonly Specification[],
  truth: SearchCase["truth"],
): Promise<number[]> {
  const shares: number[] = [];
  for (const [i, user] of users.entries()) {
    const ids = await (await subject.prepare(user))(false);
    const found = truth[i]!.filter((index) => ids.includes(`simulated-${index}`)).length;
    shares.push(found / SHOWN);
  }
  return shares;
}

/** The mean over users, and the lower end of its 95 % interval; nothing without any. */
function recallFigures(name: string, shares: readonly number[]): SearchRun {
  const n = shares.length;
  if (n < 2) return {};
  const mean = shares.reduce((sum, share) => sum + share, 0) / n;
  const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
  const low = mean - 1.96 * Math.sqrt(squares / (n - 1) / n);
  return { [name]: mean, [`${name}_low`]: low, [`${name}_queries`]: n };
}

/** Every user asks once; so many of them at a time. */
async function pass(
  subject: SearchSubject,
  users: readonly Search[],
  clients: number,
  mixture: boolean,
): Promise<Pass> {
  const took: number[] = [];
  const waiting = users.values();
  const serverUsed = await subject.serverCpuMs();
  const used = process.cpuUsage();
  const start = performance.now();
  const client = async () => {
    for (const search of waiting) {
      const asked = performance.now();
      await search(mixture);
      took.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = (1000 * users.length) / (performance.now() - start);
  const { user, system } = process.cpuUsage(used);
  took.sort((a, b) => a - b);
  const quantile = (share: number) => took[Math.ceil(share * took.length) - 1]!;
  return {
    p50: quantile(0.5),
    p99: quantile(0.99),
    perSecond,
    dockCpu: (user + system) / 1000 / users.length,
    serverCpu: ((await subject.serverCpuMs()) - serverUsed) / users.length,
  };
}

async function repeat(once: () => Promise<Pass>): Promise<Pass[]> {
  const passes: Pass[] = [];
  while (passes.length < PASSES) passes.push(await once());
  return passes;
}

function best(passes: readonly Pass[]): Pass {
  return passes.reduce((quickest, one) => (one.p50 < quickest.p50 ? one : quickest));
}

await main();
