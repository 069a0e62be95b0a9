import { createRoute } from "@hono/zod-openapi";

import { OwnLearnwareList, PageQuery } from "../../../contracts/http/account-api";
import { signedIn } from "../../http/access/caller";
import { ownAnswers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { OwnService } from "./service";

const list = createRoute({
  method: "get",
  path: "/my/learnwares",
  summary: "What the account shares, removed ones included, and how often each was downloaded",
  request: { query: PageQuery },
  responses: ownAnswers(OwnLearnwareList, "One page, the latest change first."),
});

/** `/my/learnwares`: those of whoever asks. */
export function ownRoutes(service: OwnService) {
  return apiRouter().openapi(list, async (c) =>
    c.json(await service.list(signedIn(c), c.req.valid("query")), 200),
  );
}
