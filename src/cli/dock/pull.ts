import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { importStatic } from "../../dock/mirror/import-static";
import { directorySource, webSource } from "../../dock/mirror/static-source";
import { type DockCommand, usageError, withDock } from "./command";

const usage = `berth dock pull URL|DIR [--origin NAME]

Makes this dock a mirror of one that was exported as plain files, on a web server or in a directory:
takes in what is new, replaces what changed and removes what is gone, but only of its own origin.
Every file must have the hash that names it. A learnware that would not be added is named, and the
others are taken; the exit code is 1 then. What broke off can be run again.

  --origin NAME   what the mirror is known by here (default: mirror: and the address)`;

export const pull: DockCommand = {
  about: "mirror a dock of plain files",
  usage,
  run: async (args, settings) => {
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
    const address = isWeb ? place.replace(/\/?(index\.json)?$/, "/") : resolve(place);
    const report = await withDock(settings, (parts) =>
      importStatic(isWeb ? webSource(address) : directorySource(address), parts, {
        origin: values.origin ?? `mirror:${address}`,
        onProgress: ({ done, total }) => {
          if (done % 100 === 0 || done === total) console.error(`[${done}/${total}] learnwares`);
        },
        onRefused: (id, reason) => console.error(`refused ${id}: ${reason}`),
      }),
    );
    const { added, kept, removed, skipped, refused } = report;
    console.log(`${added} added, ${kept} unchanged, ${removed} removed`);
    if (skipped > 0) console.log(`${skipped} left, because learnwares of others have their ids`);
    if (refused === 0) return;
    console.log(`${refused} refused`);
    process.exitCode = 1;
  },
};
