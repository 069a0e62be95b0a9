import { createRoute } from "@hono/zod-openapi";

import {
  type IslandSummary,
  SearchRequest,
  SearchResponse,
  type WireRkme,
} from "../../contracts/dock-api";
import { AppError } from "../../contracts/outcome";
import { fromWire } from "../../contracts/wire-rkme";
import { sketchFromWire } from "../../contracts/wire-sketch";
import { encodedWidth } from "../../engine/island/island";
import type { Ranking } from "../../engine/search/rank";
import type { Shortlist } from "../shortlist";
import type { SketchScan } from "../sketch-scan";
import type { LearnwareStore } from "../store/learnware-store";
import { answers, failure } from "./answers";
import { apiRouter } from "./api-router";

const search = createRoute({
  method: "post",
  path: "/search",
  summary: "Learnwares whose training rows are distributed like a user's",
  description: "Nothing of the request is stored or logged.",
  request: {
    body: { content: { "application/json": { schema: SearchRequest } }, required: true },
  },
  responses: {
    ...answers(
      SearchResponse,
      "By ascending MMD²; and to a reduced set one mixture, if it beats the best.",
    ),
    413: failure("The request is larger than 2 MiB."),
  },
});

/** `/search`: the only request that carries something made from a user's data. */
export function searchRoutes(store: LearnwareStore, shortlist: Shortlist, sketchScan: SketchScan) {
  return apiRouter().openapi(search, async (c) => {
    const { islandId, islandVersion, requirement, task, limit } = c.req.valid("json");
    const island = await store.findIsland(islandId);
    if (!island) throw new AppError("not_found", "no island has this id");
    checkVersion(island, islandVersion);

    const find = async (): Promise<Found> => {
      if (requirement.kind !== "reduced") {
        const sketch = sketchFromWire(requirement.sketch);
        const fits = await sketchScan.search(island, { sketch, task, limit });
        return { singles: fits.map((fit) => ({ ...fit, coverage: null })), mixture: null };
      }
      const { specification } = requirement;
      checkFits(island, specification);
      const rkme = fromWire(specification);
      const { signal } = c.req.raw;
      return shortlist.search({ islandId, islandVersion, rkme, task, limit, signal });
    };
    const { singles, mixture } = await find();
    const cards = await store.findAll(singles.map(({ id }) => id));
    const cardOf = new Map(cards.map((card) => [card.id, card]));
    return c.json(
      {
        islandId,
        singles: singles.flatMap(({ id, ...fit }) => {
          const learnware = cardOf.get(id);
          return learnware ? [{ learnware, ...fit }] : []; // Removed while the search ran.
        }),
        mixture: mixture && { ...mixture, members: [...mixture.members] },
      },
      200,
    );
  });
}

interface Found {
  readonly singles: readonly {
    readonly id: string;
    readonly mmd2: number;
    readonly similarity: number;
    readonly coverage: number | null;
  }[];
  readonly mixture: Ranking["mixture"];
}

function checkVersion(island: IslandSummary, version: number): void {
  if (version !== island.version) {
    throw new AppError(
      "bad_input",
      `the island is at version ${island.version} now; describe the data again`,
    );
  }
}

function checkFits(island: IslandSummary, { cols, gamma }: WireRkme): void {
  const width = island.features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
  if (cols !== width) {
    throw new AppError("bad_input", `specification.cols must be ${width} on this island`);
  }
  if (Math.abs(gamma - island.gamma) > 1e-9 * island.gamma) {
    throw new AppError("bad_input", "specification.gamma must be the island's");
  }
}
