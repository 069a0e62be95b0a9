import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";

import { AppError } from "../contracts/outcome";
import { answerProblem, isExpected } from "./problems";
import { type Log, logBug, requestLog } from "./request-log";
import { healthRoutes } from "./routes/health";
import { islandRoutes } from "./routes/islands";
import { learnwareRoutes } from "./routes/learnwares";
import { searchRoutes } from "./routes/search";
import { securityHeaders } from "./security-headers";
import type { Searcher } from "./searcher";
import type { SketchDownloads } from "./sketch-download";
import type { BlobStore } from "./store/blob-store";
import type { LearnwareStore } from "./store/learnware-store";

export interface DockParts {
  readonly store: LearnwareStore;
  readonly blobs: BlobStore;
  readonly searcher: Searcher;
  readonly downloads: SketchDownloads;
  readonly log: Log;
  /** The built app, served beside the API; none in development, where Vite serves it. */
  readonly app?: Hono | undefined;
}

const maxBodyBytes = 2 * 1024 * 1024;

/** Builds the dock from its parts; opens no port, no file and no database. */
export function createDock({
  store,
  blobs,
  searcher,
  downloads,
  log,
  app,
}: DockParts): OpenAPIHono {
  const api = new OpenAPIHono();
  api.use(compress({ contentTypeFilter: /^application\/json/ }));
  api.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw new AppError("too_large", `a request may hold ${maxBodyBytes} bytes at most`);
      },
    }),
  );
  api
    .route("/", healthRoutes(store))
    .route("/", islandRoutes(store, downloads))
    .route("/", learnwareRoutes(store, blobs))
    .route("/", searchRoutes(searcher));
  api.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Berth dock", version: "1", description: "Finds learnwares by distribution." },
    servers: [{ url: "/api/v1" }],
  });

  const dock = new OpenAPIHono();
  dock.use(requestLog(log), securityHeaders());
  dock.route("/api/v1", api);
  dock.all("/api/*", () => {
    throw new AppError("not_found", "there is nothing at this address");
  });
  if (app) dock.route("/", app);
  dock.notFound((c) =>
    answerProblem(new AppError("not_found", "there is nothing at this address"), c),
  );
  dock.onError((error, c) => {
    if (!isExpected(error)) logBug(log, error);
    return answerProblem(error, c);
  });
  return dock;
}
