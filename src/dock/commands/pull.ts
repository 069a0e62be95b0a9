import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { dockAt, dockInDirectory } from "../mirror/find-dock";
import { importIslands } from "../mirror/import-static";
import { type DockCommand, pathOf, usageError, withDock } from "./command";

const usage = `berth dock pull URL|DIR [--origin NAME]

Makes this dock a mirror of another one: of plain files that it was exported as, at an address (there or below dock/) or
in a directory, or of one that runs at the address. Takes in what is new, replaces what changed and removes what is gone,
but only of its own origin. Every zip and book must have the hash that names it. A learnware that would not be added is
named, and the others are taken; the exit code is 1 then. What broke off can be run again.

  --origin NAME   what the mirror is known by here (default: mirror: and the address)`;

export const pull: DockCommand = {
  about: "mirror another dock: of plain files, or one that runs",
  usage,
  run: async (args, context) => {
    const { terminal } = context;
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { origin: { type: "string" } },
    });
    const [place] = positionals;
    if (place === undefined || positionals.length > 1 || values.origin === "") {
      throw usageError(usage);
    }
    const isWeb = /^https?:/.test(place) && URL.canParse(place);
    const found = await (isWeb ? dockAt(place) : dockInDirectory(resolve(pathOf(context, place))));
    const { address, islands, source } = found;
    const report = await withDock(context, (parts) =>
      importIslands(islands, source, parts, {
        origin: values.origin ?? `mirror:${address}`,
        onProgress: ({ done, total }) => {
          if (done % 100 === 0 || done === total) terminal.err(`[${done}/${total}] learnwares`);
        },
        onRefused: (id, reason) => terminal.err(`refused ${id}: ${reason}`),
      }),
    );
    const { added, kept, removed, skipped, refused } = report;
    terminal.out(`${added} added, ${kept} unchanged, ${removed} removed`);
    if (skipped > 0) terminal.out(`${skipped} left, because learnwares of others have their ids`);
    if (refused === 0) return;
    terminal.out(`${refused} refused`);
    terminal.fail();
  },
};
