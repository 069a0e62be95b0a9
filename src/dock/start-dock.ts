import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";

import { getRequestListener } from "@hono/node-server";

import { createDock } from "./dock";
import { ExactScan } from "./exact-scan";
import { importStatic, STARTER } from "./import-static";
import { Intake } from "./intake";
import type { Log } from "./request-log";
import { SketchScan } from "./sketch-scan";
import { staticFiles } from "./static-files";
import { directorySource } from "./static-source";
import { lockDirectory } from "./store/directory-lock";
import { FileBlobs } from "./store/file-blobs";
import { PgliteDatabase } from "./store/pglite-database";
import { searchSettings } from "./store/sql-search";
import { SqlStore } from "./store/sql-store";
import { type Answer, openVite } from "./vite-dev";

export interface DockOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the database and the zips live; made if it is missing. */
  readonly dataDirectory: string;
  /** The learnwares to begin with; may be missing. */
  readonly starterDirectory: string;
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
  const { dataDirectory, starterDirectory, appDirectory, log } = options;
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    await mkdir(dataDirectory, { recursive: true });
    undo.push(await lockDirectory(dataDirectory));

    let answer: Answer = answerStarting;
    const server = createServer((request, response) => void answer(request, response));
    const port = await listen(server, options.port); // Before the slow parts: a port in use shows at once.
    let store: SqlStore | null = null;
    undo.push(async () => {
      await stop(server);
      await store?.close();
    });

    const database = await PgliteDatabase.open({
      directory: join(dataDirectory, "db"),
      sessionSettings: searchSettings,
    });
    store = await SqlStore.open(database);
    const blobs = await FileBlobs.open(join(dataDirectory, "blobs"));
    const shortlist = new ExactScan(store);
    const sketchScan = new SketchScan(store);
    const intake = new Intake(store, blobs, (islandId) => {
      shortlist.forget(islandId);
      sketchScan.forget(islandId);
    });
    const starter = directorySource(starterDirectory);
    const parts = { store, blobs, intake };
    log.info({ starter: await importStatic(starter, parts, { origin: STARTER }) });

    const app = appDirectory === undefined ? undefined : await staticFiles(appDirectory);
    const dock = createDock({ store, blobs, shortlist, sketchScan, log, app });
    const answerApi = getRequestListener(dock.fetch, { overrideGlobalObjects: false });
    if (options.dev) {
      const vite = await openVite(server, answerApi);
      undo.push(() => vite.close());
      answer = vite.answer;
    } else {
      answer = answerApi;
    }
    return { url: `http://localhost:${port}`, port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function answerStarting(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { "Content-Type": "application/json", "Retry-After": "1" });
  response.end(JSON.stringify({ code: "internal", message: "the dock is starting" }));
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port);
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
