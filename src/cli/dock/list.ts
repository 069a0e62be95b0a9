import { parseArgs } from "node:util";

import type { StorageParts } from "../../dock/storage/open-parts";
import { type DockCommand, usageError, withDock } from "./command";

const usage = `berth dock list [--ids]

Lists the islands with their version and the number of learnwares on them, and names learnwares that
cannot be read: nobody finds those, and "berth dock remove" takes them out.

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

async function listIslands(parts: StorageParts): Promise<void> {
  const { store } = parts;
  const rows = (await store.islands()).map(({ id, space, learnwareCount, name }) => {
    return [id, `version ${space.version}`, `${learnwareCount} learnwares`, name];
  });
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  for (const row of rows) {
    console.log(row.map((cell, i) => (i < 3 ? cell.padEnd(width(i)) : cell)).join("  "));
  }
  await listUnreadable(parts);
}

async function listUnreadable(parts: StorageParts): Promise<void> {
  for await (const ids of everyId(parts)) {
    const read = new Set((await parts.store.findAll(ids)).map(({ id }) => id));
    for (const id of ids) if (!read.has(id)) console.log(`${id} cannot be read`);
  }
}

async function listIds(parts: StorageParts): Promise<void> {
  for await (const ids of everyId(parts)) for (const id of ids) console.log(id);
}

/** Ids of all learnwares that are in, some at a time. */
async function* everyId({ records }: StorageParts): AsyncGenerator<string[], void, undefined> {
  for (let after = ""; ;) {
    const page = await records.page(after, PAGE);
    const last = page.at(-1);
    if (!last) return;
    yield page.filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id);
    after = last.id;
  }
}
