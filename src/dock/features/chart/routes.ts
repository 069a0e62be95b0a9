import { createRoute } from "@hono/zod-openapi";

import { ChartDocument } from "../../../contracts/http/chart-api";
import { answers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import { isFresh } from "../../http/freshness";
import type { ChartService } from "./service";

const chart = createRoute({
  method: "get",
  path: "/chart",
  summary:
    "The dock as a map: where islands and learnwares lie, those like each other near each other",
  responses: {
    ...answers(ChartDocument, "The chart as it was drawn last."),
    304: { description: "The client has it." },
  },
});

/** `/chart`: a job draws it, so that nobody waits for it. */
export function chartRoutes(service: ChartService) {
  return apiRouter().openapi(chart, async (c) => {
    const { tag, document } = await service.read();
    c.header("ETag", `"${tag}"`);
    c.header("Cache-Control", "no-cache");
    if (isFresh(c, tag)) return c.body(null, 304);
    return c.body(document, 200, { "Content-Type": "application/json" });
  });
}
