import { createRoute, z } from "@hono/zod-openapi";

import {
  AccountId,
  ChangedIsland,
  Done,
  Invitation,
  InviteRequest,
  IslandChange,
  JobNumber,
  MergeRequest,
  SplitRequest,
  Summary,
  SummaryQuery,
  User,
  UserChange,
  UserList,
  UserQuery,
} from "../../../contracts/http/account-api";
import { IslandId } from "../../../contracts/http/dock-api";
import { signedIn } from "../../http/access/caller";
import { body, failure, ownAnswers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { AdminService } from "./service";

const ofUser = z.object({ id: AccountId });
const ofIsland = z.object({ id: IslandId });
const taken = { 409: failure("There is one already.") };

const summary = createRoute({
  method: "get",
  path: "/my/admin/summary",
  summary: "Counts of what is in the dock and of what was asked of it, never by whom",
  request: { query: SummaryQuery },
  responses: ownAnswers(Summary, "The counts."),
});

const users = createRoute({
  method: "get",
  path: "/my/admin/users",
  summary: "Accounts, one page at a time",
  request: { query: UserQuery },
  responses: ownAnswers(UserList, "One page, the newest first."),
});

const invite = createRoute({
  method: "post",
  path: "/my/admin/users",
  summary: "Makes a link with which somebody makes an account",
  request: { body: body(InviteRequest) },
  responses: { ...ownAnswers(Invitation, "The link, which works once."), ...taken },
});

const change = createRoute({
  method: "patch",
  path: "/my/admin/users/{id}",
  summary: "Changes what an account may do, shuts it out or lets it in again",
  request: { params: ofUser, body: body(UserChange) },
  responses: ownAnswers(User, "The account as it is now."),
});

const remove = createRoute({
  method: "delete",
  path: "/my/admin/users/{id}",
  summary: "Removes an account; what it shared stays, and belongs to nobody",
  request: { params: ofUser },
  responses: ownAnswers(Done, "It is gone."),
});

const retry = createRoute({
  method: "post",
  path: "/my/admin/jobs/{number}/retry",
  summary: "Has a job done that failed too often and was left alone",
  request: { params: z.object({ number: JobNumber }) },
  responses: ownAnswers(Done, "It waits for its turn."),
});

const rename = createRoute({
  method: "patch",
  path: "/my/admin/islands/{id}",
  summary: "Gives an island another name or description",
  request: { params: ofIsland, body: body(IslandChange) },
  responses: ownAnswers(ChangedIsland, "The island as it is now."),
});

const merge = createRoute({
  method: "post",
  path: "/my/admin/islands/{id}/merge",
  summary: "Moves all learnwares of an island to another of the same space and question",
  request: { params: ofIsland, body: body(MergeRequest) },
  responses: ownAnswers(ChangedIsland, "The island that has them now."),
});

const split = createRoute({
  method: "post",
  path: "/my/admin/islands/{id}/split",
  summary: "Moves some learnwares of an island to a new one of the same space and question",
  request: { params: ofIsland, body: body(SplitRequest) },
  responses: { ...ownAnswers(ChangedIsland, "The new island."), ...taken },
});

/** `/my/admin`: for those who look after the dock. */
export function adminRoutes(service: AdminService) {
  const { islands } = service;
  return apiRouter()
    .openapi(summary, async (c) => c.json(await service.summary(c.req.valid("query").days), 200))
    .openapi(users, async (c) => {
      const { text = "", ...page } = c.req.valid("query");
      return c.json(await service.users({ text, ...page }), 200);
    })
    .openapi(invite, async (c) => {
      const { email, role } = c.req.valid("json");
      return c.json(await service.invite(email, role), 200);
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await service.change(signedIn(c), id, c.req.valid("json")), 200);
    })
    .openapi(remove, async (c) => {
      await service.remove(signedIn(c), c.req.valid("param").id);
      return c.json({ done: true } as const, 200);
    })
    .openapi(retry, async (c) => {
      await service.retryJob(c.req.valid("param").number);
      return c.json({ done: true } as const, 200);
    })
    .openapi(rename, async (c) =>
      c.json(await islands.rename(c.req.valid("param").id, c.req.valid("json")), 200),
    )
    .openapi(merge, async (c) =>
      c.json(await islands.merge(c.req.valid("param").id, c.req.valid("json").into), 200),
    )
    .openapi(split, async (c) =>
      c.json(await islands.split(c.req.valid("param").id, c.req.valid("json")), 200),
    );
}
