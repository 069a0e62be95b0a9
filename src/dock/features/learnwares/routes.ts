import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import {
  LearnwareCard,
  LearnwareId,
  LearnwareList,
  LearnwareQuery,
  SpecificationsQuery,
  Version,
  WireSpecification,
  WireSpecifications,
} from "../../../contracts/http/dock-api";
import { answers, failure } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import { isFresh } from "../../http/freshness";
import type { LearnwareService } from "./service";

const params = z.object({ id: LearnwareId });
/** With both in the address, the answer is the same for good. */
const place = z.object({
  sha256: LearnwareCard.shape.sha256.optional(),
  island: z.coerce.number().pipe(Version).optional(),
});
/** With the hash in the address, a cache never answers with another version of the same id. */
const version = z.object({ sha256: LearnwareCard.shape.sha256.optional() });

const list = createRoute({
  method: "get",
  path: "/learnwares",
  summary: "Cards, by id, one page at a time",
  request: { query: LearnwareQuery },
  responses: answers(LearnwareList, "One page, and how many there are in all."),
});

const card = createRoute({
  method: "get",
  path: "/learnwares/{id}",
  summary: "One card",
  request: { params },
  responses: answers(LearnwareCard, "The card."),
});

const specification = createRoute({
  method: "get",
  path: "/learnwares/{id}/specification",
  summary: "How the learnware's training rows are distributed",
  request: { params, query: place },
  responses: {
    ...answers(WireSpecification, "The reduced set."),
    304: { description: "The client has it." },
  },
});

const specifications = createRoute({
  method: "get",
  path: "/specifications",
  summary: "The specifications of several learnwares at once",
  request: { query: SpecificationsQuery },
  responses: answers(WireSpecifications, "Those that are still there."),
});

const zip = createRoute({
  method: "get",
  path: "/learnwares/{id}/package",
  summary: "The learnware itself: a zip with its model, specification and manifest",
  request: { params, query: version },
  responses: {
    200: { content: { "application/zip": { schema: z.string() } }, description: "The zip." },
    304: { description: "The client has it." },
    400: failure("This is no id."),
    404: failure("There is no such learnware."),
  },
});

/** `/learnwares`: cards, specifications and zips. Knows HTTP and the contract, nothing of SQL. */
export function learnwareRoutes(service: LearnwareService) {
  return apiRouter()
    .openapi(list, async (c) => {
      const { limit, offset, ...filter } = c.req.valid("query");
      return c.json(await service.list(filter, { limit, offset }), 200);
    })
    .openapi(card, async (c) => c.json(await service.find(c.req.valid("param").id), 200))
    .openapi(specification, async (c) => {
      const { id } = c.req.valid("param");
      const asked = c.req.valid("query");
      const { sha256 } = await service.find(id, asked.sha256);
      const found = await service.specification(id, asked.island);
      const tag = `spec-${sha256}-${found.spaceVersion}`;
      setCaching(c, tag, asked.sha256 !== undefined && asked.island !== undefined);
      return isFresh(c, tag) ? c.body(null, 304) : c.json(found, 200);
    })
    .openapi(specifications, async (c) => {
      const { of, space } = c.req.valid("query");
      const names = of.split(",").map((name) => name.split(":") as [string, string]);
      const found = await service.specifications(new Map(names), space);
      // What was found never changes at this address; what was not may have been moved meanwhile.
      setCaching(c, null, found.length === names.length);
      return c.json({ specifications: found }, 200);
    })
    .openapi(zip, async (c) => {
      const { id } = c.req.valid("param");
      const asked = c.req.valid("query").sha256;
      const { sha256, sizeBytes } = await service.find(id, asked);
      const headers = {
        "Content-Type": "application/zip",
        "Content-Length": String(sizeBytes),
        "Content-Disposition": `attachment; filename="${id}.zip"`,
      };
      setCaching(c, sha256, asked !== undefined);
      if (isFresh(c, sha256)) return c.body(null, 304);
      if (c.req.method === "HEAD") return c.body(null, 200, headers);
      const { stream } = await service.open(sha256);
      return c.body(stream, 200, headers);
    });
}

/** An address without a version may answer with another one tomorrow. */
function setCaching(c: Context, tag: string | null, hasVersion: boolean): void {
  if (tag !== null) c.header("ETag", `"${tag}"`);
  c.header("Cache-Control", hasVersion ? "public, max-age=31536000, immutable" : "no-cache");
}
