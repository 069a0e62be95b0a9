import { setTimeout } from "node:timers/promises";

import { Describer } from "../../src/dock/describer";
import { ReEstimation } from "../../src/dock/jobs/re-estimate";
import type { Database } from "../../src/dock/store/database";
import { SqlStore } from "../../src/dock/store/sql-store";
import { type Random, seededRandom } from "../../src/engine/random";
import { island } from "../fixtures/learnwares";
import { Child } from "./child";
import { brokenIn } from "./integrity";
import { Ledger, type Said } from "./ledger";
import type { Target } from "./targets";

export interface Tally {
  readonly store: string;
  rounds: number;
  /** By what was killed. */
  readonly kills: Record<string, number>;
  /** By what was under way. */
  readonly cut: Readonly<Record<string, number>>;
  /** Learnwares written or removed, and islands brought to a version. */
  acknowledged: number;
  /** In words; must stay empty. */
  readonly losses: string[];
}

/** A process under test, started ahead of time. */
export interface Round {
  readonly child: Child<Said>;
  readonly ready: Promise<void>;
}

/** Kill a store's process, or its server, at random moments; look each time at what is left. */
export async function runRounds(target: Target, rounds: number, seed: number): Promise<Tally> {
  const random = seededRandom(seed);
  const ledger = new Ledger();
  const tally: Tally = {
    ...{ store: target.name, rounds: 0, kills: {}, cut: ledger.cut, acknowledged: 0, losses: [] },
  };
  await prepare(await target.open());
  let next = start("writer.process.ts", ledger);
  for (; tally.rounds < rounds && tally.losses.length === 0; tally.rounds++) {
    const { child, ready } = next;
    const name = `round-${tally.rounds}`;
    child.tell({ name, seed: Math.floor(1e9 * random()), ...target.place });
    const fault = target.faults[tally.rounds % target.faults.length]!;
    await chooseMoment(random, ready);
    await fault.strike();
    if (target.faults.indexOf(fault) > 0) await setTimeout(500 * random()); // The dock goes on.
    await child.kill();
    ledger.close();
    tally.kills[fault.name] = (tally.kills[fault.name] ?? 0) + 1;
    next = start("writer.process.ts", ledger);
    tally.losses.push(...(await lookAt(await target.open(), ledger)));
  }
  await next.child.kill();
  tally.acknowledged = ledger.acknowledged;
  return tally;
}

export function start(script: string, ledger: Ledger): Round {
  let isReady: () => void;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const child = new Child<Said>(script, (said) => {
    ledger.hear(said);
    if (said.said === "ready") isReady();
  });
  void child.ended().then(() => isReady());
  return { child, ready };
}

async function prepare(database: Database): Promise<void> {
  const store = await SqlStore.open(database);
  await store.putIsland(island);
  await store.close();
}

/** Mostly while it works, sometimes while it opens. */
export async function chooseMoment(random: Random, ready: Promise<void>): Promise<void> {
  if (random() < 0.8) await ready;
  await setTimeout(1000 * random());
}

async function lookAt(database: Database, ledger: Ledger): Promise<string[]> {
  const store = await SqlStore.open(database);
  const losses = [...(await brokenIn(database)), ...(await ledger.lossesIn(store))];
  losses.push(...(await unfound(store)), ...(await unfinished(database, store)));
  await store.close();
  return losses;
}

/** Every learnware is found by its own sketch. */
async function unfound(store: SqlStore): Promise<string[]> {
  const losses: string[] = [];
  for (const { id } of (await store.islands()).slice(-5)) {
    const space = (await store.findSpace(id))!;
    for (const placed of await store.placed(space, "0", 10)) {
      const near = await store.nearest(space, placed.sketch, { limit: 200 });
      if (!near.some((one) => one.number === placed.number)) losses.push(`${placed.id} not found`);
    }
  }
  return losses;
}

/** What was interrupted completes when it is run again, and leaves no half-built version. */
async function unfinished(database: Database, store: SqlStore): Promise<string[]> {
  const interrupted = await database.query<{ id: string }>(
    `select island_id as id from island_version where state = 'building'
       and island_id in (select id from island where estimated_count = 0)`,
  );
  const estimation = new ReEstimation(store, await Describer.create());
  for (const { id } of interrupted) {
    await estimation.run(id, { keep: () => Promise.resolve() });
    const island = await store.findIsland(id);
    if (island?.version !== 2) return [`${id} was not re-estimated`];
  }
  return brokenIn(database);
}
