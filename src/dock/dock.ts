import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";

import { AppError } from "../contracts/outcome";
import { answerProblem, isExpected } from "./http/problems";
import { type Log, logBug, requestLog } from "./http/request-log";
import { healthRoutes } from "./features/health/routes";
import { islandRoutes } from "./features/islands/routes";
import { learnwareRoutes } from "./features/learnwares/routes";
import { searchRoutes } from "./features/search/routes";
import { securityHeaders } from "./serve/security-headers";
import type { Searcher } from "./features/search/searcher";
import type { SketchDownloads } from "./features/islands/sketch-download";
import type { BlobStore } from "./storage/blobs/blob-store";
import type { LearnwareStore } from "./storage/learnware-store";

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
