import { createRoute, z } from "@hono/zod-openapi";

import { IslandList, IslandSummary } from "../../contracts/dock-api";
import { AppError } from "../../contracts/outcome";
import type { LearnwareStore } from "../store/learnware-store";
import { answers } from "./answers";
import { apiRouter } from "./api-router";

const list = createRoute({
  method: "get",
  path: "/islands",
  summary: "Every feature space the dock has learnwares for",
  responses: answers(IslandList, "The islands, by id."),
});

const one = createRoute({
  method: "get",
  path: "/islands/{id}",
  summary: "One feature space: its features, scaling and kernel width",
  request: { params: z.object({ id: z.string().max(63) }) },
  responses: answers(IslandSummary, "The island."),
});

/** `/islands`: the public list that clients match their columns against. */
export function islandRoutes(store: LearnwareStore) {
  return apiRouter()
    .openapi(list, async (c) => c.json({ islands: await store.islands() }, 200))
    .openapi(one, async (c) => {
      const island = await store.findIsland(c.req.valid("param").id);
      if (!island) throw new AppError("not_found", "no island has this id");
      return c.json(island, 200);
    });
}
