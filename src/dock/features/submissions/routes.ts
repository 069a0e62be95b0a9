import { createRoute, z } from "@hono/zod-openapi";

import { LearnwareId } from "../../../contracts/http/dock-api";
import {
  LearnwareEdit,
  NewSubmission,
  Submission,
  SubmissionList,
  SubmissionParams,
} from "../../../contracts/http/my-api";
import { signedIn } from "../../http/access/caller";
import { answers, failure } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { SubmissionService } from "./service";

const LearnwareParams = z.object({ id: LearnwareId });

const create = createRoute({
  method: "post",
  path: "/my/submissions",
  request: { body: { content: { "application/json": { schema: NewSubmission } }, required: true } },
  responses: {
    ...answers(Submission, "The submission, which waits to be verified."),
    409: failure("The same zip is here already, or the id is somebody else's."),
    413: failure("Too many submissions of the account wait."),
  },
});

const list = createRoute({
  method: "get",
  path: "/my/submissions",
  responses: answers(SubmissionList, "One's own submissions, newest first."),
});

const one = createRoute({
  method: "get",
  path: "/my/submissions/{number}",
  request: { params: SubmissionParams },
  responses: answers(Submission, "How far it has come, and what was found."),
});

const edit = createRoute({
  method: "patch",
  path: "/my/learnwares/{id}",
  request: {
    params: LearnwareParams,
    body: { content: { "application/json": { schema: LearnwareEdit } }, required: true },
  },
  responses: {
    ...answers(
      Submission,
      "The submission that packs it anew; until it is verified, all stays as it is.",
    ),
    413: failure("Too many submissions of the account wait."),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/my/learnwares/{id}",
  request: { params: LearnwareParams },
  responses: { 204: { description: "It is out of the dock." }, 404: failure("There is none.") },
});

export function submissionRoutes(service: SubmissionService) {
  return apiRouter()
    .openapi(create, async (c) => {
      const { accountId, role, scopes } = signedIn(c);
      const isAdmin = role === "admin" && scopes.has("admin");
      const submission = await service.create(accountId, isAdmin, c.req.valid("json"));
      c.header("Location", `/api/v1/my/submissions/${submission.number}`);
      return c.json(submission, 200);
    })
    .openapi(list, async (c) => {
      return c.json({ submissions: await service.list(signedIn(c).accountId) }, 200);
    })
    .openapi(one, async (c) => c.json(await service.find(c.req.valid("param").number), 200))
    .openapi(edit, async (c) => {
      return c.json(await service.edit(c.req.valid("param").id, c.req.valid("json")), 200);
    })
    .openapi(remove, async (c) => {
      await service.remove(c.req.valid("param").id);
      return c.body(null, 204);
    });
}
