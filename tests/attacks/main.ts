/**
 * @file `npm run test:attacks [-- <attack>…] [--seed N] [--count N]`: bad inputs by the thousand, one
 * table of what came of them, exit code 1 unless all went well.
 */

import { parseArgs } from "node:util";

import { type AttackTally, isClean, tableOf } from "./tally";

interface AttackOptions {
  readonly seed: number;
  /** How many inputs; as many as the attack has, or thinks enough, unless told. */
  readonly count?: number;
}

/** They load on demand, so that one does not pay for another. */
const attacks: Readonly<Record<string, (options: AttackOptions) => Promise<AttackTally>>> = {
  http: async (options) => (await import("./http")).attackHttp(options),
  my: async (options) => (await import("./my")).attackMy(options),
  zips: async (options) => (await import("./zips")).attackZips(options),
  page: async (options) => (await import("./hostile")).attackPage(options),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, count: { type: "string" } },
});
const { seed, count } = values;
const options = { seed: Number(seed), ...(count !== undefined && { count: Number(count) }) };
const names = positionals.length > 0 ? positionals : Object.keys(attacks);
const tallies: AttackTally[] = [];
for (const name of names) {
  const attack = attacks[name];
  if (!attack)
    throw new Error(`there is no attack "${name}"; there are ${Object.keys(attacks).join(", ")}`);
  tallies.push(await attack(options));
}
console.log(tableOf(tallies));
process.exitCode = tallies.every(isClean) ? 0 : 1;
