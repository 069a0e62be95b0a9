import { createRoute } from "@hono/zod-openapi";

import { Health } from "../../../contracts/http/dock-api";
import { answers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { HealthService } from "./service";

const health = createRoute({
  method: "get",
  path: "/healthz",
  summary: "Whether the dock and its store answer",
  responses: answers(Health, "All is well."),
});

export function healthRoutes(service: HealthService) {
  return apiRouter().openapi(health, async (c) => c.json(await service.check(), 200));
}
