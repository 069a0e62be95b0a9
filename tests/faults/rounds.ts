import { setTimeout } from "node:timers/promises";

import { type Random, seededRandom } from "../../src/engine/ground/random";
import { Child } from "./child";
import { Ledger, type Said } from "./ledger";

/** Something that can die while a dock works: the dock itself always does in the end. */
export interface Fault {
  readonly name: string;
  /** Kills what it is about, and brings back what the dock needs. */
  readonly strike: () => Promise<void>;
}

/** A store under test. */
export interface Target {
  readonly name: string;
  /** Works on it until it is killed. */
  readonly script: string;
  /** Where it lies, as the script is told. */
  readonly place: object;
  /** In rounds they take turns. */
  readonly faults: readonly Fault[];
  /** Opens what is left, and says in words what it lacks or has too much. */
  readonly lossesIn: (ledger: Ledger) => Promise<string[]>;
  readonly remove: () => Promise<void>;
}

/** Steps that a process does before it is killed. */
const MOST_STEPS = 60;

export const dockFault: Fault = { name: "dock", strike: () => Promise.resolve() };

export interface Tally {
  readonly store: string;
  readonly rounds: number;
  /** By what was killed. */
  readonly kills: Readonly<Record<string, number>>;
  /** What was under way when it was killed. */
  readonly cut: Readonly<Record<string, number>>;
  /** Learnwares written or removed, islands brought to a version, zips that came to nothing. */
  readonly acknowledged: number;
  /** In words; must stay empty. */
  readonly losses: readonly string[];
}

/** Kill a store's process, or its server, at random moments; look each time at what is left. */
export async function runRounds(target: Target, rounds: number, seed: number): Promise<Tally> {
  const random = seededRandom(seed);
  const ledger = new Ledger();
  const kills: Record<string, number> = {};
  const losses: string[] = [];
  let round = 0;
  for (let child = start(target, ledger); ; child = start(target, ledger)) {
    if (round > 0) losses.push(...(await target.lossesIn(ledger))); // While the next one starts.
    if (round === rounds || losses.length > 0) {
      await child.kill();
      break;
    }
    const fault = target.faults[round % target.faults.length]!;
    child.tell({ name: `round-${round}`, seed: Math.floor(1e9 * random()), ...target.place });
    await chooseMoment(random, ledger, child.ended());
    await fault.strike();
    if (fault !== dockFault) await setTimeout(500 * random()); // The dock goes on.
    await child.kill();
    ledger.close();
    kills[fault.name] = (kills[fault.name] ?? 0) + 1;
    round++;
  }
  const { acknowledged, cut } = ledger;
  return { store: target.name, rounds: round, kills, cut, acknowledged, losses };
}

/** A process under test, which waits to be told where to work. */
function start({ script }: Target, ledger: Ledger): Child<Said> {
  return new Child<Said>(script, (said) => ledger.hear(said));
}

/** After some steps, and within the next; now and then while it opens. */
async function chooseMoment(random: Random, ledger: Ledger, ended: Promise<unknown>) {
  const steps = ledger.begun + Math.floor(MOST_STEPS * random() ** 2);
  const over = new AbortController();
  void ended.then(() => over.abort());
  while (ledger.begun < steps && !over.signal.aborted) await setTimeout(5);
  await setTimeout(200 * random());
}
