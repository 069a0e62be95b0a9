import { createRoute, z } from "@hono/zod-openapi";

import {
  Done,
  NewToken,
  TokenId,
  TokenList,
  TokenRequest,
} from "../../../contracts/http/account-api";
import { signedIn } from "../../http/access/caller";
import { body, ownAnswers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { TokenService } from "./service";

const list = createRoute({
  method: "get",
  path: "/my/tokens",
  summary: "The account's tokens, without their secrets",
  responses: ownAnswers(TokenList, "The tokens, the newest first."),
});

const make = createRoute({
  method: "post",
  path: "/my/tokens",
  summary: "Makes a token for a program",
  request: { body: body(TokenRequest) },
  responses: ownAnswers(NewToken, "The token, with its secret, which is not shown again."),
});

const remove = createRoute({
  method: "delete",
  path: "/my/tokens/{id}",
  summary: "Takes a token back",
  request: { params: z.object({ id: TokenId }) },
  responses: ownAnswers(Done, "It is no longer good."),
});

/** `/my/tokens`. */
export function tokenRoutes(service: TokenService) {
  return apiRouter()
    .openapi(list, async (c) => c.json({ tokens: await service.list(signedIn(c)) }, 200))
    .openapi(make, async (c) => c.json(await service.make(signedIn(c), c.req.valid("json")), 200))
    .openapi(remove, async (c) => {
      await service.remove(signedIn(c), c.req.valid("param").id);
      return c.json({ done: true } as const, 200);
    });
}
