import { createRoute } from "@hono/zod-openapi";

import {
  SearchNextRequest,
  SearchPage,
  SearchRequest,
  SearchResponse,
} from "../../../contracts/http/dock-api";
import { answers, failure } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { SearchService } from "./service";

const search = createRoute({
  method: "post",
  path: "/search",
  summary: "Learnwares by what a user's data look like, and by their text",
  description: "Nothing of the request is stored or logged.",
  request: {
    body: { content: { "application/json": { schema: SearchRequest } }, required: true },
  },
  responses: {
    ...answers(
      SearchResponse,
      "By ascending MMD²; and to a reduced set one mixture, if it beats the best.",
    ),
    409: failure("The island has another version by now; describe the data again."),
    413: failure("The request is larger than 2 MiB."),
  },
});

const next = createRoute({
  method: "post",
  path: "/search/next",
  summary: "The next page of a search",
  request: {
    body: { content: { "application/json": { schema: SearchNextRequest } }, required: true },
  },
  responses: answers(SearchPage, "As the first page had it; nothing is computed again."),
});

/** `/search`: the only request that carries something made from a user's data. */
export function searchRoutes(service: SearchService) {
  return apiRouter()
    .openapi(search, async (c) =>
      c.json(await service.search(c.req.valid("json"), c.get("signal")), 200),
    )
    .openapi(next, async (c) => c.json(await service.next(c.req.valid("json")), 200));
}
