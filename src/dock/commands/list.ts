import { parseArgs } from "node:util";

import type { StorageParts } from "../storage/open-parts";
import { type DockCommand, type Terminal, usageError, withDock } from "./command";

const usage = `berth dock list [--ids] [--json]

Lists the islands with their version and the number of learnwares on them, and names learnwares that
cannot be read: nobody finds those, and "berth dock remove" takes them out.

  --ids    list the ids of all learnwares in place of that, one to a line
  --json   a JSON object to a line: {"island", "version", "learnwares", "name"}, {"unreadable"}, or {"id"}`;

/** Cards read at once. */
const PAGE = 500;

export const list: DockCommand = {
  about: "list islands, or the ids of learnwares",
  usage,
  run: async (args, context) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ids: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    if (positionals.length > 0) throw usageError(usage);
    const { terminal } = context;
    await withDock(context, (parts) =>
      values.ids
        ? listIds(parts, terminal, values.json)
        : listIslands(parts, terminal, values.json),
    );
  },
};

async function listIslands(parts: StorageParts, { out }: Terminal, json: boolean): Promise<void> {
  const islands = await parts.store.islands();
  if (json) {
    for (const { id, space, learnwareCount, name } of islands) {
      const { version } = space;
      out(JSON.stringify({ island: id, version, learnwares: learnwareCount, name }));
    }
  } else {
    const rows = islands.map(({ id, space, learnwareCount, name }) => {
      return [id, `version ${space.version}`, `${learnwareCount} learnwares`, name];
    });
    const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
    for (const row of rows) {
      out(row.map((cell, i) => (i < 3 ? cell.padEnd(width(i)) : cell)).join("  "));
    }
  }
  for await (const ids of everyId(parts)) {
    const read = new Set((await parts.store.findAll(ids)).map(({ id }) => id));
    for (const id of ids) {
      if (!read.has(id)) out(json ? JSON.stringify({ unreadable: id }) : `${id} cannot be read`);
    }
  }
}

async function listIds(parts: StorageParts, { out }: Terminal, json: boolean): Promise<void> {
  for await (const ids of everyId(parts)) {
    for (const id of ids) out(json ? JSON.stringify({ id }) : id);
  }
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
