import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { cors } from "hono/cors";

import { AppError } from "../contracts/outcome";
import { clientAddress } from "./http/client-address";
import { type DockLimits, usualLimits } from "./http/dock-limits";
import { asItIs, limitRate, limitWork } from "./http/limits";
import { methodsAt } from "./http/methods";
import { Metrics } from "./http/metrics";
import { answerProblem, isExpected } from "./http/problems";
import { type Log, logFailure, requestLog } from "./http/request-log";
import { RateLimit } from "./http/rate-limit";
import { WorkQueue } from "./http/work-queue";
import { bookRoutes } from "./features/books/routes";
import { BookService } from "./features/books/service";
import { chartRoutes } from "./features/chart/routes";
import { ChartService } from "./features/chart/service";
import { healthRoutes } from "./features/health/routes";
import { HealthService } from "./features/health/service";
import { islandRoutes } from "./features/islands/routes";
import { IslandService } from "./features/islands/service";
import { learnwareRoutes } from "./features/learnwares/routes";
import { LearnwareService } from "./features/learnwares/service";
import { metricsRoutes } from "./features/metrics/routes";
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
  /** What the dock is called. */
  readonly name?: string | undefined;
  /** Origins of other docks that the page may ask. */
  readonly docks?: readonly string[];
  /** Origins whose pages may ask this dock; `*` for all. */
  readonly pages?: readonly string[];
  readonly limits?: DockLimits;
  readonly metrics?: Metrics;
}

export const MOST_BODY_BYTES = 2 * 1024 * 1024;

/** Builds the dock from its parts; opens no port, no file and no database. */
export function createDock(parts: DockParts): OpenAPIHono {
  const { store, blobs, describer, log, app, name, docks, pages = [] } = parts;
  const { limits = usualLimits, metrics = new Metrics() } = parts;
  const queue = new WorkQueue(limits);
  metrics.gauge("berth_requests_running", "Under way.", () => queue.running);
  metrics.gauge("berth_requests_waiting", "Waiting for their turn.", () => queue.waiting);
  const health = healthRoutes(new HealthService(store, name));

  const api = new OpenAPIHono();
  if (pages.length > 0) api.use(forPages(pages));
  api.route("/", health); // Before any limit: it must answer when nothing else does.
  if (limits.requestsPerMinute > 0) {
    const rate = new RateLimit(limits.requestsPerMinute);
    api.use(limitRate(rate, clientAddress(limits.proxies)));
  }
  api.use(asItIs);
  api.use(limitWork(queue, limits.seconds));
  api.use(compress({ contentTypeFilter: /^application\/json/ }));
  api.use(
    bodyLimit({
      maxSize: MOST_BODY_BYTES,
      onError: () => {
        throw new AppError("too_large", `a request may hold ${MOST_BODY_BYTES} bytes at most`);
      },
    }),
  );
  api
    .route("/", islandRoutes(new IslandService(store)))
    .route("/", chartRoutes(new ChartService(store)))
    .route("/", learnwareRoutes(new LearnwareService(store, blobs)))
    .route("/", bookRoutes(new BookService(store, blobs)))
    .route("/", searchRoutes(new SearchService(store, describer)));
  api.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Berth dock", version: "1", description: "Finds learnwares by distribution." },
    servers: [{ url: "/api/v1" }],
  });

  const dock = new OpenAPIHono();
  dock.use(metrics.count(), requestLog(log), securityHeaders(docks));
  dock.route("/", health);
  dock.route("/", metricsRoutes(metrics));
  dock.route("/api/v1", api);
  if (app) dock.route("/", app);
  dock.notFound((c) => {
    const methods = methodsAt(dock, c.req.path);
    if (methods.length === 0) {
      return answerProblem(new AppError("not_found", "there is nothing at this address"), c);
    }
    c.header("Allow", methods.join(", "));
    if (c.req.method === "OPTIONS") return c.body("");
    return c.json({ code: "bad_input", message: `this address takes ${methods.join(", ")}` }, 405);
  });
  dock.onError((error, c) => {
    if (!isExpected(error)) logFailure(log, error);
    return answerProblem(error, c);
  });
  return dock;
}

/** Lets pages of other origins ask; nothing that tells who asks is wanted of them. */
function forPages(pages: readonly string[]) {
  return cors({
    origin: pages.includes("*") ? "*" : [...pages],
    allowMethods: ["GET", "HEAD", "POST"],
    allowHeaders: ["Content-Type"],
    exposeHeaders: ["Retry-After"],
    maxAge: 3600,
  });
}
