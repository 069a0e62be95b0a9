import { createRoute } from "@hono/zod-openapi";

import { Health } from "../../../contracts/http/dock-api";
import type { LearnwareStore } from "../../storage/learnware-store";
import { answers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";

const health = createRoute({
  method: "get",
  path: "/healthz",
  summary: "Whether the dock and its store answer",
  responses: answers(Health, "All is well."),
});

export function healthRoutes(store: LearnwareStore) {
  return apiRouter().openapi(health, async (c) => {
    const { length } = await store.islands();
    return c.json({ status: "ok" as const, islands: length }, 200);
  });
}
