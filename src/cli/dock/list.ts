import { parseArgs } from "node:util";

import type { StorageParts } from "../../dock/storage/open-parts";
import { type DockCommand, usageError, withDock } from "./command";

const usage = `berth dock list [--ids]

Lists the islands with their version and the number of learnwares on them.

  --ids   list the ids of all learnwares in place of that, one to a line`;

/** Cards read at once. */
const PAGE = 500;

export const list: DockCommand = {
  about: "list islands, or the ids of learnwares",
  usage,
  run: async (args, settings) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ids: { type: "boolean", default: false } },
    });
    if (positionals.length > 0) throw usageError(usage);
    await withDock(settings, values.ids ? listIds : listIslands);
  },
};

async function listIslands({ store }: StorageParts): Promise<void> {
  const rows = (await store.islands()).map(({ id, space, learnwareCount, name }) => {
    return [id, `version ${space.version}`, `${learnwareCount} learnwares`, name];
  });
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  for (const row of rows) {
    console.log(row.map((cell, i) => (i < 3 ? cell.padEnd(width(i)) : cell)).join("  "));
  }
}

async function listIds({ store }: StorageParts): Promise<void> {
  for (let offset = 0; ; offset += PAGE) {
    const { learnwares } = await store.list({}, { limit: PAGE, offset });
    for (const { id } of learnwares) console.log(id);
    if (learnwares.length < PAGE) return;
  }
}
