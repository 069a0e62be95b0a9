import { createRoute, z } from "@hono/zod-openapi";

import {
  IslandId,
  IslandList,
  IslandSketches,
  IslandSummary,
  SpaceVersions,
} from "../../../contracts/http/dock-api";
import { answers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import { isFresh } from "../../http/freshness";
import type { IslandService } from "./service";

const params = z.object({ id: IslandId });

const list = createRoute({
  method: "get",
  path: "/islands",
  summary: "Every question the dock has learnwares for, with the space that they are described in",
  responses: answers(IslandList, "The islands, by id."),
});

const one = createRoute({
  method: "get",
  path: "/islands/{id}",
  summary: "One island, and its space: features, scaling and kernel width",
  request: { params },
  responses: answers(IslandSummary, "The island."),
});

const versions = createRoute({
  method: "get",
  path: "/islands/{id}/versions",
  summary: "Every version of an island's space, newest first, for mirrors",
  request: { params },
  responses: answers(SpaceVersions, "The versions."),
});

const sketches = createRoute({
  method: "get",
  path: "/islands/{id}/sketches",
  summary: "The sketches of every learnware on an island, for a search in the client",
  request: { params },
  responses: {
    ...answers(IslandSketches, "One byte per number, and a scale for each sketch."),
    304: { description: "The client has them." },
  },
});

/** `/islands`: the public list that clients match their columns against. */
export function islandRoutes(service: IslandService) {
  return apiRouter()
    .openapi(list, async (c) => c.json({ islands: await service.list() }, 200))
    .openapi(one, async (c) => c.json(await service.find(c.req.valid("param").id), 200))
    .openapi(versions, async (c) => {
      return c.json({ versions: await service.versions(c.req.valid("param").id) }, 200);
    })
    .openapi(sketches, async (c) => {
      const { tag, sketches } = await service.sketches(c.req.valid("param").id);
      c.header("ETag", `"${tag}"`);
      c.header("Cache-Control", "no-cache");
      return isFresh(c, tag) ? c.body(null, 304) : c.json(sketches, 200);
    });
}
