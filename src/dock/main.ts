/** @file The composition root of the dock: reads the environment, starts it, stops it on a signal. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { destination, pino } from "pino";

import { AppError } from "../contracts/outcome";
import { adminLinkWords } from "./accounts/admin-link";
import { type DockSettings, explainFailure, readSettings } from "./settings";
import { type RunningDock, startDock } from "./serve/start-dock";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dev = process.argv.includes("--dev");
const appDirectory = resolve(root, "dist");

/** What went wrong at the start, in a line that a person can act on. */
function explain(error: unknown, settings?: DockSettings): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const firstLine = message.split("\n")[0] ?? message;
  return settings ? (explainFailure(error, settings) ?? firstLine) : firstLine;
}

async function start(settings: DockSettings): Promise<RunningDock> {
  if (!dev && !existsSync(appDirectory)) {
    throw new AppError("not_found", "the app is not built; run npm run build");
  }
  const { port } = settings;
  process.stderr.write(
    `berth: starting on port ${port}; the first time takes up to half a minute\n`,
  );
  return startDock({
    ...settings,
    starterDirectory: resolve(root, settings.starter ?? "public/starter"),
    isShippedStarter: settings.starter === undefined,
    ...(dev ? { dev } : { appDirectory }),
    onNoAdmin: (link) => process.stderr.write(`berth: ${adminLinkWords(link)}\n`),
    log: pino(destination(2)), // Standard output carries the one line that says it is ready.
  });
}

let settings: DockSettings | undefined;
try {
  settings = readSettings(process.env);
  const dock = await start(settings);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void dock.close().then(() => process.exit(0)));
  }
  process.stdout.write(`berth ready ${dock.url}\n`);
} catch (error) {
  process.stderr.write(`berth: ${explain(error, settings)}\n`);
  process.exitCode = 1;
}
