import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono, MiddlewareHandler } from "hono";
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
import { addPeople, admitPeople, type PeopleParts } from "./people";
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
import { submissionRoutes } from "./features/submissions/routes";
import { type SubmissionParts, SubmissionService } from "./features/submissions/service";
import { uploadRoutes } from "./features/uploads/routes";
import { UploadService } from "./features/uploads/service";
import { securityHeaders } from "./serve/security-headers";
import type { BlobStore } from "./storage/blobs/blob-store";
import type { Describer } from "./storage/describer";
import type { Use, UseCounts } from "./storage/sql/use-counts";
import type { LearnwareReader } from "./storage/learnware-store";
import type { Uploads } from "./storage/uploads/uploads";

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
  /** Without them the dock knows nobody, and has nothing below `/my/`. */
  readonly people?: PeopleParts | undefined;
  /** Without it nobody can hand anything in; goes with `people`. */
  readonly sharing?: SharingParts | undefined;
  readonly uses?: Pick<UseCounts, "add"> | undefined;
}

/** What it takes to let people share learnwares. */
interface SharingParts extends SubmissionParts {
  readonly uploads: Uploads;
}

const API = "/api/v1";
export const MOST_BODY_BYTES = 2 * 1024 * 1024;

/** Builds the dock from its parts; opens no port, no file and no database. */
export function createDock(parts: DockParts): OpenAPIHono {
  const { store, blobs, describer, log, app, name, docks, pages = [] } = parts;
  const { limits = usualLimits, metrics = new Metrics(), people, sharing, uses } = parts;
  const queue = new WorkQueue(limits);
  metrics.gauge("berth_requests_running", "Under way.", () => queue.running);
  metrics.gauge("berth_requests_waiting", "Waiting for their turn.", () => queue.waiting);
  const health = healthRoutes(
    new HealthService(store, blobs, {
      ...(name !== undefined && { name }),
      ...(people && { registration: people.registration }),
    }),
  );

  const api = new OpenAPIHono();
  if (pages.length > 0) api.use(forPages(pages));
  api.route("/", health); // Before any limit: it must answer when nothing else does.
  if (limits.requestsPerMinute > 0) {
    const rate = new RateLimit(limits.requestsPerMinute);
    api.use(limitRate(rate, clientAddress(limits.proxies)));
  }
  if (uses) api.use(countUses(uses));
  api.use(asItIs);
  if (people) admitPeople(api, people, limits);
  // Bytes that come in for half a minute take no work: they are let in before it is limited.
  if (people && sharing) api.route("/", uploadRoutes(new UploadService(sharing.uploads)));
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
  if (people) addPeople(api, people, limits, log);
  if (people && sharing) api.route("/", submissionRoutes(new SubmissionService(sharing)));
  api.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Berth dock", version: "1", description: "Finds learnwares by distribution." },
    servers: [{ url: "/api/v1" }],
  });

  const dock = new OpenAPIHono();
  dock.use(metrics.count(), requestLog(log), securityHeaders(docks));
  dock.route("/", health);
  dock.route("/", metricsRoutes(metrics));
  dock.route(API, api);
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

/** Lets pages of other origins ask for what is the same for everybody, and for nothing else. */
function forPages(pages: readonly string[]): MiddlewareHandler {
  const allow = cors({
    origin: pages.includes("*") ? "*" : [...pages],
    allowMethods: ["GET", "HEAD", "POST"],
    allowHeaders: ["Content-Type"],
    exposeHeaders: ["Retry-After"],
    maxAge: 3600,
  });
  return (c, next) => (c.req.path.startsWith(`${API}/my/`) ? next() : allow(c, next));
}

/** Counts searches and downloads that were answered. */
function countUses(uses: Pick<UseCounts, "add">): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.status !== 200) return;
    const [use, id] = useOf(c.req.method, c.req.path.slice(API.length));
    if (use !== null) uses.add(use, id);
  };
}

function useOf(method: string, path: string): readonly [use: Use | null, learnwareId?: string] {
  if (method === "POST" && path === "/search") return ["search"];
  const id = method === "GET" ? /^\/learnwares\/([a-z0-9-]+)\/package$/.exec(path)?.[1] : undefined;
  return id === undefined ? [null] : ["download", id];
}
