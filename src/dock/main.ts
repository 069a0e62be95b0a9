/** @file The composition root of the dock: reads the environment, starts it, stops it on a signal. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { destination, pino } from "pino";

import { type RunningDock, startDock } from "./start-dock";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dev = process.argv.includes("--dev");
const port = Number(process.env["PORT"] ?? 8000);
const dataDirectory = resolve(process.env["BERTH_DATA"] ?? ".data");
const appDirectory = resolve(root, "dist");

/** What went wrong at the start, in a line that a person can act on. */
function explain(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `port ${port} is in use; choose another with PORT`;
  if (code === "EACCES" || code === "EROFS" || code === "ENOTDIR" || code === "EEXIST") {
    return `cannot use ${dataDirectory} (${code}); choose another with BERTH_DATA`;
  }
  return message.split("\n")[0] ?? message;
}

async function start(): Promise<RunningDock> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT must be a number from 0 to 65535, got ${process.env["PORT"] ?? ""}`);
  }
  if (!dev && !existsSync(appDirectory)) throw new Error("the app is not built; run npm run build");
  return startDock({
    port,
    dataDirectory,
    starterDirectory: resolve(root, "public/starter"),
    ...(dev ? { dev } : { appDirectory }),
    log: pino(destination(2)), // Standard output carries the one line that says it is ready.
  });
}

try {
  const dock = await start();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void dock.close().then(() => process.exit(0)));
  }
  process.stdout.write(`berth ready ${dock.url}\n`);
} catch (error) {
  process.stderr.write(`berth: ${explain(error)}\n`);
  process.exitCode = 1;
}
