import type { z } from "@hono/zod-openapi";

import { WireFailure } from "../../contracts/http/dock-api";

/** The answers a route may give, for its OpenAPI entry: the good one, and the refusals it knows. */
export function answers<T extends z.ZodType>(schema: T, description: string) {
  return {
    200: { content: { "application/json": { schema } }, description },
    400: failure("A field is missing or wrong."),
    404: failure("There is no such thing."),
  };
}

export function failure(description: string) {
  return { content: { "application/json": { schema: WireFailure } }, description };
}

/** A body that must come, as JSON and as nothing else, for a route's OpenAPI entry. */
export function body<T extends z.ZodType>(schema: T) {
  return { content: { "application/json": { schema } }, required: true };
}

/** The answers of a route below `/my/`, which may also refuse whoever asks. */
export function ownAnswers<T extends z.ZodType>(schema: T, description: string) {
  return {
    ...answers(schema, description),
    401: failure("Nobody is logged in, or what was sent is no longer good."),
    403: failure("Whoever asks may not do that."),
    429: failure("Asked too often."),
  };
}
