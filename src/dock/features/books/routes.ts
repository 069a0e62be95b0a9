import { createRoute, z } from "@hono/zod-openapi";

import { BookMark } from "../../../engine/specification/book/book-mark";
import { failure } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import { isFresh } from "../../http/freshness";
import type { BookService } from "./service";

const book = createRoute({
  method: "get",
  path: "/books/{sha256}",
  summary: "The points that specifications of a space are weights on: a .npy file that NumPy reads",
  request: { params: z.object({ sha256: BookMark.shape.sha256 }) },
  responses: {
    200: { content: { "application/octet-stream": { schema: z.string() } }, description: "It." },
    304: { description: "The client has it." },
    400: failure("This is no hash."),
    404: failure("There is no such book."),
  },
});

/** `/books`: by hash, so that what is at an address never changes. */
export function bookRoutes(service: BookService) {
  return apiRouter().openapi(book, async (c) => {
    const { sha256 } = c.req.valid("param");
    const bytes = await service.read(sha256);
    c.header("ETag", `"${sha256}"`);
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    if (isFresh(c, sha256)) return c.body(null, 304);
    return c.body(bytes, 200, { "Content-Type": "application/octet-stream" });
  });
}
