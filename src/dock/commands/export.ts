import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { AppError } from "../../contracts/outcome";
import { exportStatic } from "../mirror/static-export";
import { type DockCommand, pathOf, usageError, withDock } from "./command";

const usage = `berth dock export DIR [--with-app] [--prune]

Writes the dock as plain files, which any web server can host. Files that are there already are not
written again. BERTH_NAME is written into it, BERTH_DOCKS into the page.

  --with-app   put the page beside it; the dock then lies in DIR/dock
  --prune      remove what earlier exports left; pages that are open may still ask for it`;

const builtApp = fileURLToPath(new URL("../../../dist", import.meta.url));

export const exportDock: DockCommand = {
  about: "write the dock as plain files for any web server",
  usage,
  run: async (args, context) => {
    const { settings, terminal } = context;
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        "with-app": { type: "boolean", default: false },
        prune: { type: "boolean", default: false },
      },
    });
    const [named] = positionals;
    if (named === undefined || positionals.length > 1) throw usageError(usage);
    const directory = pathOf(context, named);
    if (resolve(directory) === resolve(settings.dataDirectory)) {
      throw new AppError(
        "bad_input",
        "the dock keeps its own data there; export to another folder",
      );
    }
    const there = await stat(directory).catch(() => null);
    if (there && !there.isDirectory()) {
      throw new AppError("bad_input", `${directory} is a file; export to a folder`);
    }
    const withApp = values["with-app"];
    if (withApp && !existsSync(builtApp)) {
      throw new AppError("not_found", "the app is not built; run npm run build");
    }
    const report = await withDock(context, (parts) =>
      exportStatic(parts, directory, {
        prune: values.prune,
        name: settings.name,
        docks: settings.docks,
        ...(withApp ? { appDirectory: builtApp } : {}),
      }),
    );
    const { islands, learnwares, unreadable, written, removed, sizeBytes } = report;
    terminal.out(
      `${learnwares} learnwares on ${islands} islands, ${(sizeBytes / 1e6).toFixed(1)} MB; ` +
        `${written} files written, ${removed} removed`,
    );
    if (learnwares === 0) {
      terminal.err(
        `the dock in ${settings.dataDirectory} has no learnware to show, and whoever opens these files finds none: ` +
          'fill it with "berth dock add" and export again, or name another one in BERTH_DATA',
      );
    }
    if (unreadable === 0) return;
    terminal.err(
      `${unreadable} learnwares cannot be read and are left out; "berth dock list" names them`,
    );
    terminal.fail();
  },
};
