import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";

import { staticPaths } from "../../contracts/static/static-dock";
import { createDock, MOST_BODY_BYTES } from "../dock";
import { importStatic, STARTER } from "../mirror/import-static";
import { collect } from "../jobs/collect";
import { ChartDrawing } from "../jobs/draw-chart";
import { JobRunner } from "../jobs/job-runner";
import { RedundancyMarks } from "../jobs/mark-redundant";
import { ReEstimation } from "../jobs/re-estimate";
import { openParts, type StorageOptions } from "../storage/open-parts";
import type { DockLimits } from "../http/dock-limits";
import { Metrics } from "../http/metrics";
import type { Log } from "../http/request-log";
import { listener } from "./listener";
import { DockServer } from "./server";
import { staticFiles } from "./static-files";
import { directorySource } from "../mirror/static-source";
import { openVite } from "./vite-dev";

const DAY_MS = 24 * 3_600_000;

export interface DockOptions extends StorageOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** An address of this machine; all of them unless told. */
  readonly host?: string | undefined;
  readonly sockets: number;
  readonly limits: DockLimits;
  /** The learnwares to begin with; may be missing. */
  readonly starterDirectory: string;
  readonly name?: string | undefined;
  /** Origins of other docks that the page may ask. */
  readonly docks: readonly string[];
  /** Origins whose pages may ask this dock; `*` for all. */
  readonly pages: readonly string[];
  /** The built app; without it only the API is served. */
  readonly appDirectory?: string;
  /** Serve the app from its source, with reload, in place of `appDirectory`. */
  readonly dev?: boolean;
  readonly log: Log;
}

export interface RunningDock {
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets running ones end, closes the store and gives the directory back. */
  close(): Promise<void>;
}

/** Open everything a dock needs, import the starter and answer requests; all of it or nothing. */
export async function startDock(options: DockOptions): Promise<RunningDock> {
  const { starterDirectory, appDirectory, docks, log } = options;
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const server = new DockServer(options.sockets);
    const port = await listen(server.http, options); // Before the slow parts: a port in use shows at once.
    undo.push(() => stop(server.http));
    const parts = await openParts({
      ...options,
      onRebuild: (event) => log.info({ rebuild: event }),
    });
    undo.splice(0, 0, () => parts.close()); // The last thing to be closed.
    const { store, blobs, jobs, describer, models } = parts;
    if (existsSync(join(starterDirectory, staticPaths.index))) {
      const starter = directorySource(starterDirectory);
      const onRefused = (id: string, reason: string) => log.error({ refused: id, reason });
      log.info({ starter: await importStatic(starter, parts, { origin: STARTER, onRefused }) });
    }
    await jobs.ask("draw-chart", "dock");
    await jobs.ask("collect", "dock");
    const reEstimation = new ReEstimation({ store, blobs, describer });
    const marks = new RedundancyMarks({ store, blobs, describer, models });
    const drawing = new ChartDrawing({ store });
    const runner = new JobRunner(
      jobs,
      {
        "re-estimate": async (spaceId, context) => {
          await reEstimation.run(spaceId, context);
          await jobs.ask("draw-chart", "dock");
        },
        "draw-chart": async (_, context) => {
          await drawing.run(context);
        },
        collect: async (subject, context) => {
          const isDone = await collect(store, blobs, context);
          if (!isDone)
            log.info({ collect: "put off for a day: the clock has moved far, or never ran here" });
          for (const { id } of await store.islands()) await jobs.ask("mark-redundant", id);
          await jobs.ask("collect", subject, DAY_MS);
        },
        "mark-redundant": async (islandId, context) => {
          const isDone = await marks.run(islandId, context);
          if (!isDone) await jobs.ask("mark-redundant", islandId);
        },
      },
      log,
    );
    undo.push(() => runner.stop());

    const app = appDirectory === undefined ? undefined : await staticFiles(appDirectory, docks);
    const metrics = new Metrics();
    metrics.gauge("berth_sockets", "Open connections.", () => server.sockets);
    const { limits, name, pages } = options;
    const shown = { app, name, docks, pages };
    const dock = createDock({ store, blobs, describer, log, limits, metrics, ...shown });
    const answerApi = listener(dock.fetch, MOST_BODY_BYTES);
    if (options.dev) {
      const vite = await openVite(server.http, answerApi);
      undo.push(() => vite.close());
      server.answer = vite.answer;
    } else {
      server.answer = answerApi;
    }
    return { url: urlOf(options.host, port), port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where a person on this machine finds it. */
function urlOf(host = "", port: number): string {
  const isEverywhere = ["", "0.0.0.0", "::"].includes(host);
  const name = isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

async function listen(
  server: Server,
  { port, host }: Pick<DockOptions, "port" | "host">,
): Promise<number> {
  server.listen({ port, ...(host !== undefined && { host }) });
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/** Let running requests end, for five seconds; connections that only wait are cut at once. */
async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), 5000);
  await closed;
  clearTimeout(cut);
}
