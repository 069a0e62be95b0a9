import { parseArgs } from "node:util";

import { AppError } from "../../contracts/outcome";
import { type DockCommand, usageError, withDock } from "./command";

const usage = `berth dock reindex

Builds the embedded database anew from the records and zips beside it. The one that was there stays
as "db.old" until the next time. What cannot be read is reported, and the rest goes on. The dock must
not run meanwhile.`;

export const reindex: DockCommand = {
  about: "build the embedded database anew from records and zips",
  usage,
  run: async (args, context) => {
    const { settings, terminal, running } = context;
    const { positionals } = parseArgs({ args, allowPositionals: true });
    if (positionals.length > 0) throw usageError(usage);
    if (settings.databaseUrl !== undefined) {
      throw new AppError(
        "bad_input",
        "only the embedded database keeps records; bring PostgreSQL back from its own backup",
      );
    }
    if (running) {
      throw new AppError(
        "bad_input",
        `the dock in ${settings.dataDirectory} runs with this database: stop it, and give the command again`,
      );
    }
    const count = await withDock(
      context,
      async ({ store }) => (await store.list({}, { limit: 1, offset: 0 })).total,
      { rebuild: true },
    );
    terminal.out(`the database has been built anew: ${count} learnwares`);
  },
};
