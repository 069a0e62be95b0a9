import { parseArgs } from "node:util";

import { encodeRows } from "../engine/island/encode";
import { encodeStat } from "../engine/spec/codec";
import { describeRows } from "../engine/spec/describe";
import { WasmCompute } from "../runtime/wasm-compute";
import { matchTable, readIsland, required, writeOutput } from "./options";
import { readTableFile } from "./read-table-file";
import { finish } from "./steps";

const usage = `berth spec FILE --island ISLAND.json [--out stat.json] [--points N]`;

/** `berth spec`: a table in, the specification that a search would send out. */
export async function spec(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      island: { type: "string" },
      out: { type: "string", default: "-" },
      points: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const file = required(positionals[0], usage);
  const island = readIsland(required(values.island, usage));
  const read = await readTableFile(file);
  const x = encodeRows(read.table, island, matchTable(island, read), { scaled: true });
  const count = values.points === undefined ? {} : { count: Number(values.points) };
  const described = await finish(
    describeRows(await WasmCompute.create(), x, { gamma: island.gamma, ...count }),
  );
  described.rows.dispose();
  const { points, fewestRows } = described.preflight;
  console.error(`${points} points, each for at least ${fewestRows} of ${x.rows} rows`);
  const extras = {
    island: island.id,
    islandVersion: island.version,
    radiusSquared: described.radiusSquared,
  };
  writeOutput(values.out, encodeStat(described.rkme, extras));
}
