import { createRoute } from "@hono/zod-openapi";

import { Health, Readiness } from "../../../contracts/http/dock-api";
import { answers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { HealthService } from "./service";

const health = createRoute({
  method: "get",
  path: "/healthz",
  summary: "Whether the dock and its store answer",
  responses: answers(Health, "All is well."),
});

const ready = createRoute({
  method: "get",
  path: "/readyz",
  summary: "Whether the database and the place of the zips answer now",
  responses: {
    200: { content: { "application/json": { schema: Readiness } }, description: "Both do." },
    503: { content: { "application/json": { schema: Readiness } }, description: "One does not." },
  },
});

export function healthRoutes(service: HealthService) {
  return apiRouter()
    .openapi(health, async (c) => c.json(await service.check(), 200))
    .openapi(ready, async (c) => {
      const found = await service.ready();
      return c.json(found, found.database && found.blobs ? 200 : 503);
    });
}
