import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { FinishUpload, NewUpload, UploadParams, UploadState } from "../../../contracts/http/my-api";
import { AppError } from "../../../contracts/outcome";
import { signedIn } from "../../http/access/caller";
import { answers, failure } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { UploadService } from "./service";

const OFFSET = "Upload-Offset";

const create = createRoute({
  method: "post",
  path: "/my/uploads",
  request: { body: { content: { "application/json": { schema: NewUpload } }, required: true } },
  responses: {
    ...answers(UploadState, "The upload, to which bytes can be sent."),
    413: failure("The account has too much on its way."),
  },
});

const state = createRoute({
  method: "get",
  path: "/my/uploads/{id}",
  request: { params: UploadParams },
  responses: answers(UploadState, "How far it has come; `Upload-Offset` says so too."),
});

const append = createRoute({
  method: "patch",
  path: "/my/uploads/{id}",
  request: {
    params: UploadParams,
    headers: z.object({ "upload-offset": z.coerce.number().pipe(z.int().nonnegative()) }),
    body: {
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
  },
  responses: {
    ...answers(UploadState, "What came is kept, also of a request that broke off."),
    409: failure("Another number of bytes is there: go on from `Upload-Offset`."),
    413: failure("More came than was announced."),
  },
});

const finish = createRoute({
  method: "post",
  path: "/my/uploads/{id}/finish",
  request: {
    params: UploadParams,
    body: { content: { "application/json": { schema: FinishUpload } }, required: true },
  },
  responses: {
    ...answers(UploadState, "The whole is there, and can be submitted."),
    409: failure("Bytes are yet to come: go on from `Upload-Offset`."),
    422: failure("The bytes that came are others: send them again, as a new upload."),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/my/uploads/{id}",
  request: { params: UploadParams },
  responses: { 204: { description: "It is forgotten." } },
});

export function uploadRoutes(service: UploadService) {
  return apiRouter()
    .openapi(create, async (c) => {
      const { sizeBytes } = c.req.valid("json");
      const upload = await service.create(signedIn(c).accountId, sizeBytes);
      c.header("Location", `/api/v1/my/uploads/${upload.id}`);
      return c.json(upload, 200);
    })
    .openapi(state, async (c) => {
      const upload = await service.find(c.req.valid("param").id);
      c.header(OFFSET, String(upload.offset));
      return c.json(upload, 200);
    })
    .openapi(append, async (c) => {
      const { id } = c.req.valid("param");
      const offset = c.req.valid("header")["upload-offset"];
      await tellingOffset(c, () => service.append(id, offset, bodyOf(c), signedIn(c).accountId));
      const upload = await service.find(id);
      c.header(OFFSET, String(upload.offset));
      return c.json(upload, 200);
    })
    .openapi(finish, async (c) => {
      const { id } = c.req.valid("param");
      const { sha256 } = c.req.valid("json");
      const upload = await tellingOffset(c, () => service.finish(id, sha256));
      return c.json(upload, 200);
    })
    .openapi(remove, async (c) => {
      await service.remove(c.req.valid("param").id);
      return c.body(null, 204);
    });
}

/** Where to go on from stands in the answer's header too, for whoever reads no JSON. */
async function tellingOffset<T>(c: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === "wrong_offset") {
      c.header(OFFSET, String(error.details["offset"]));
    }
    throw error;
  }
}

async function* bodyOf(c: Context): AsyncGenerator<Uint8Array, void, undefined> {
  const { body } = c.req.raw;
  if (!body) return;
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
