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
