/**
 * @file One of several docks on one database: writes, removes, moves and republishes for a while, and
 * checks that every search answers from a consistent state. Learnwares whose ids begin with its name
 * are its own, so that it knows what must be found.
 */

import { setTimeout } from "node:timers/promises";

import { AppError } from "../../src/contracts/outcome";
import { toWire } from "../../src/contracts/wire/wire-rkme";
import { sketchRequirement } from "../../src/contracts/wire/wire-sketch";
import type { Form } from "../../src/dock/storage/forms/form";
import type { Specification } from "../../src/engine/specification/specification";
import { Describer } from "../../src/dock/storage/describer";
import { JobQueue } from "../../src/dock/jobs/job-queue";
import { SearchService } from "../../src/dock/features/search/service";
import type { Entry } from "../../src/dock/storage/learnware-store";
import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { squaredMmd } from "../../src/engine/specification/kernel/mmd";
import { type Random, seededRandom } from "../../src/engine/ground/random";
import { cardOf, rkmeAround } from "../fixtures/learnwares";
import { faultBooks } from "./fault-books";
import { order, say } from "./child";
import { republish } from "./republish";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

export interface RivalOrder {
  readonly url: string;
  readonly name: string;
  readonly seed: number;
  readonly forMs: number;
  readonly islands: readonly string[];
}

/** Where a learnware is, and which package: null if it was removed. */
type Whereabouts = { readonly islandId: string; readonly sha256: string } | null;

export interface RivalReport {
  readonly done: Readonly<Record<string, number>>;
  /** What was wrong, in words. */
  readonly wrong: readonly string[];
  /** Its own learnwares, as they must be now. */
  readonly own: readonly (readonly [string, Whereabouts])[];
  /** Numbers of the jobs that it was given. */
  readonly jobs: readonly string[];
}

const OWN = 16;
const CONTESTED = 4;
/** Places lie on a grid, so that a card says where the specification beside it must be. */
const PLACES = 12;
/** What keeping sketches in half precision does to squared distances of up to 2. */
const HALF_PRECISION = 2e-3;

const { url, name, seed, forMs, islands } = await order<RivalOrder>();
const database = await PostgresDatabase.open({ url, sessionSettings: searchSettings });
const store = await SqlStore.open(database);
const describer = await Describer.create(await faultBooks());
const searcher = new SearchService(store, describer);
const queue = new JobQueue(database);

const own = new Map<string, { at: Whereabouts; changes: number; isChanging: boolean }>();
const done: Record<string, number> = {};
const wrong: string[] = [];
const jobs: string[] = [];
const until = performance.now() + forMs;

await Promise.all([
  ...[1, 2, 3, 4].map((n) => repeat("write", seededRandom(seed + n), (random) => write(n, random))),
  ...[5, 6].map((n) => repeat("contend", seededRandom(seed + n), contend)),
  ...[7, 8, 9].map((n) => repeat("search", seededRandom(seed + n), search)),
  repeat("republish", seededRandom(seed + 10), republishOne),
  repeat("take", seededRandom(seed + 11), takeJob),
]);
say({
  done,
  wrong,
  own: [...own].map(([id, { at }]) => [id, at]),
  jobs,
} satisfies RivalReport);
await store.close();
process.exit(0);

async function repeat(what: string, random: Random, act: (random: Random) => Promise<void>) {
  while (performance.now() < until && wrong.length < 10) {
    try {
      await act(random);
      done[what] = (done[what] ?? 0) + 1;
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      wrong.push(`${what}: ${code ?? ""} ${message}`);
    }
  }
}

function choose<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** Puts, replaces, moves or removes one of the ids that only this writer writes. */
async function write(writer: number, random: Random): Promise<void> {
  const id = `${name}-${writer}-${Math.floor(random() * OWN)}`;
  const held = own.get(id) ?? { at: null, changes: 0, isChanging: false };
  own.set(id, held);
  held.changes++;
  held.isChanging = true;
  held.at = await change(id, random);
  held.isChanging = false;
}

/** The same of ids that every dock writes. */
async function contend(random: Random): Promise<void> {
  await change(`all-${Math.floor(random() * CONTESTED)}`, random);
}

async function change(id: string, random: Random): Promise<Whereabouts> {
  if (random() < 0.3) {
    await store.remove(id);
    return null;
  }
  const islandId = choose(random, islands);
  const sha256 = Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join("");
  const [x, y] = [Math.floor(random() * PLACES), Math.floor(random() * PLACES)];
  for (;;) {
    const space = (await store.findSpace(islandId))!;
    const rkme = { ...rkmeAround(x, y), kernel: gaussianKernel(space.definition.kernel.gamma) };
    const described = await describer.describe(space.definition, rkme, 0.5);
    const card = { ...cardOf(id, sha256), islandId, name: `${x} ${y}`, target: `target ${x % 3}` };
    const entry: Entry = { card, spaceVersion: space.definition.version, described, origin: name };
    const isPut = await store.put(entry).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof AppError && error.code === "stale_island")) throw error;
        return false;
      },
    );
    if (isPut) return { islandId, sha256 };
  }
}

function asKept(form: Form, rkme: Specification): Specification {
  return form.unpack(form.pack(rkme), rkme.rowCount);
}

async function search(random: Random): Promise<void> {
  const space = (await store.findSpace(choose(random, islands)))!;
  const rkme = {
    ...rkmeAround(PLACES * random(), PLACES * random()),
    kernel: gaussianKernel(space.definition.kernel.gamma),
  };
  const bySketch = random() < 0.5;
  const form = await describer.form(space.definition);
  const sketch = form.sketch(form.pack(rkme));
  const before = [...own].map(([id, held]) => ({ id, ...held }));
  const { id: islandId, version: spaceVersion } = space.definition;
  let page;
  try {
    page = await searcher.search({
      islandId,
      requirement: bySketch
        ? sketchRequirement({ sketch, rowCount: 0, epsilon: null, delta: null }, space.definition)
        : {
            form: "reduced",
            space: { id: islandId, version: spaceVersion },
            specification: toWire(rkme),
          },
      limit: 50,
      mixture: random() < 0.5,
      facets: false,
    });
  } catch (error) {
    const isStale = error instanceof AppError && error.code === "stale_island";
    const now = (await store.findSpace(islandId))!.definition.version;
    if (!isStale || now < spaceVersion + 2) throw error;
    return;
  }
  const singles = [...page.singles];
  for (; page.next !== null; singles.push(...page.singles)) {
    page = await searcher.next({ cursor: page.next, limit: 50 });
  }
  const found = new Map(singles.map(({ learnware }) => [learnware.id, learnware]));
  if (found.size < singles.length) wrong.push("a learnware was found twice");
  for (const { learnware, mmd2 } of singles) {
    const [x, y] = learnware.name.split(" ").map(Number) as [number, number];
    const there = { ...rkmeAround(x, y), kernel: gaussianKernel(space.definition.kernel.gamma) };
    const expected = bySketch
      ? squaredDistance(sketch, form.sketch(form.pack(there)))
      : squaredMmd(asKept(form, rkme), asKept(form, there));
    if (Math.abs(expected - mmd2!) > (bySketch ? HALF_PRECISION : 1e-5)) {
      wrong.push(`${learnware.id} was ranked by another version than the one that is shown`);
    }
  }
  for (const { id, at, changes, isChanging } of before) {
    if (isChanging || own.get(id)!.changes !== changes) continue;
    const shown = found.get(id);
    if (at?.islandId === islandId) {
      // A version that is past keeps what has gone, but what comes is placed on the current one.
      const isPast = (await store.findSpace(islandId))!.definition.version !== spaceVersion;
      if (!shown && !isPast) wrong.push(`${id} is missing`);
      if (shown && shown.sha256 !== at.sha256) wrong.push(`${id} is not the version that was put`);
    } else if (shown) {
      wrong.push(`${id} was found after it was removed`);
    }
  }
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}

/** The next version of an island, unless a rival makes one. */
async function republishOne(random: Random): Promise<void> {
  try {
    await republish(store, describer, choose(random, islands), 0.1 + random());
  } catch (error) {
    if (!(error instanceof AppError && error.code === "stale_island")) throw error;
  }
}

/** None is finished, so that no number may come twice. */
async function takeJob(): Promise<void> {
  const job = await queue.take(600_000);
  if (job) jobs.push(job.number);
  else await setTimeout(50);
}
