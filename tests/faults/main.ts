/**
 * @file `npm run test:faults [-- ROUNDS [SEED [NAME…]]]`: kills each store at random moments, 50 times unless
 * told, and prints, store by store, what was killed, what was cut short, what had been acknowledged, and what of it was
 * lost. Of PGlite only the process dies: it never calls fsync, and a power cut is not tested.
 */

import { randomInt } from "node:crypto";

import { intakeTarget } from "./intake-target";
import { runRounds, type Tally } from "./rounds";
import { sharingTarget } from "./sharing-target";
import { pgliteTarget, postgresTarget } from "./store-targets";

const rounds = Number(process.argv[2] ?? 50);
const seed = Number(process.argv[3] ?? randomInt(1e6));

const wanted = process.argv.slice(4);
const targets = {
  pglite: pgliteTarget,
  postgres: postgresTarget,
  intake: intakeTarget,
  sharing: sharingTarget,
};

console.log(`seed ${seed}`);
const tallies: Tally[] = [];
for (const [name, openTarget] of Object.entries(targets)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const target = await openTarget();
  const tally = await runRounds(target, rounds, seed);
  await target.remove();
  tallies.push(tally);
  for (const loss of tally.losses) console.log(`${tally.store}: ${loss}`);
  const { store, kills, cut, acknowledged, losses } = tally; // One at a time: all of them take half an hour.
  const each = { kills: inWords(kills), "cut short": inWords(cut), acknowledged };
  console.table([{ store, rounds: tally.rounds, ...each, losses: losses.length }]);
}
process.exitCode = tallies.some(({ losses }) => losses.length > 0) ? 1 : 0;

function inWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
