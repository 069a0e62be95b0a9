import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";

import { AppError } from "../contracts/outcome";
import { answerProblem, isExpected } from "./http/problems";
import { type Log, logFailure, requestLog } from "./http/request-log";
import { healthRoutes } from "./features/health/routes";
import { HealthService } from "./features/health/service";
import { islandRoutes } from "./features/islands/routes";
import { IslandService } from "./features/islands/service";
import { learnwareRoutes } from "./features/learnwares/routes";
import { LearnwareService } from "./features/learnwares/service";
import { searchRoutes } from "./features/search/routes";
import { SearchService } from "./features/search/service";
import { securityHeaders } from "./serve/security-headers";
import type { BlobStore } from "./storage/blobs/blob-store";
import type { Describer } from "./storage/describer";
import type { LearnwareReader } from "./storage/learnware-store";

export interface DockParts {
  /** No feature can write with it: learnwares come in through `intake/` alone. */
  readonly store: LearnwareReader;
  readonly blobs: BlobStore;
  readonly describer: Describer;
  readonly log: Log;
  /** The built app, served beside the API; none in development, where Vite serves it. */
  readonly app?: Hono | undefined;
}

const maxBodyBytes = 2 * 1024 * 1024;

/** Builds the dock from its parts; opens no port, no file and no database. */
export function createDock({ store, blobs, describer, log, app }: DockParts): OpenAPIHono {
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
    .route("/", healthRoutes(new HealthService(store)))
    .route("/", islandRoutes(new IslandService(store)))
    .route("/", learnwareRoutes(new LearnwareService(store, blobs)))
    .route("/", searchRoutes(new SearchService(store, describer)));
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
    if (!isExpected(error)) logFailure(log, error);
    return answerProblem(error, c);
  });
  return dock;
}
