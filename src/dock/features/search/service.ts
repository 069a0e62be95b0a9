import { featuresOf } from "../../../engine/kinds/features-of";
import { z } from "zod";

import type {
  Requirement,
  SearchNextRequest,
  SearchPage,
  SearchRequest,
  SearchResponse,
} from "../../../contracts/http/dock-api";
import { IslandId, LearnwareId, Version, WireFilter } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import { weightsFromWire } from "../../../contracts/wire/wire-on-book";
import { fromWire } from "../../../contracts/wire/wire-rkme";
import { sketchLength } from "../../../contracts/wire/sketch-length";
import { sketchFromWire } from "../../../contracts/wire/wire-sketch";
import { withCompatScores, withoutScores } from "../../../engine/search/scores/shown-scores";
import type { Found } from "../../../engine/search/found";
import { misfit } from "../../../engine/search/misfit";
import { whyOffBook } from "../../../engine/specification/book/weigh";
import { finish } from "../../../engine/ground/finish";
import { Task } from "../../../engine/ground/task";
import { islandsByNames, MOST_BY_NAMES } from "../../../engine/kinds/table/match/names/by-names";
import { decodeCursor, encodeCursor } from "./cursor";
import { packOnBook } from "../../storage/forms/book-form";
import type { Describer } from "../../storage/describer";
import { breathe } from "./breathe";
import { Finder, type FindQuery, type FoundSingle } from "./finder";
import type { LearnwareReader, MatchQuery, SpaceVersion } from "../../storage/learnware-store";
import { ORDERS } from "../../../engine/search/catalogue/order";
import { kindOf } from "../../../engine/kinds/index";

type Request = z.output<typeof SearchRequest>;
type Single = SearchResponse["singles"][number];

/** A result that was ranked but not shown yet: which version of which learnware, and how it fits. */
const Ranked = z.object({
  number: z.string().regex(/^\d{1,18}$/),
  version: Version,
  coveredBy: LearnwareId.nullable(),
  mmd2: z.number().nonnegative(),
  similarity: z.number(),
  coverage: z.number().nullable(),
  score: z.number().nullable(),
});
type Ranked = z.infer<typeof Ranked>;

/** What a cursor holds: the rest of a ranking, or where a list by text goes on. */
const CursorState = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ranked"), left: z.array(Ranked).max(200) }),
  z.object({
    kind: z.literal("matched"),
    query: z.object({
      filter: WireFilter,
      islandIds: z.array(IslandId).max(MOST_BY_NAMES).optional(),
      task: Task.optional(),
      order: z.enum(ORDERS).optional(),
    }),
    after: z.object({ at: z.union([z.number(), z.string()]), id: LearnwareId }),
  }),
]);
type CursorState = z.infer<typeof CursorState>;

/** Answers searches as the contract has them: checks, finds, fetches the cards, and pages. */
export class SearchService {
  readonly #store: LearnwareReader;
  readonly #describer: Describer;
  readonly #finder: Finder;

  constructor(store: LearnwareReader, describer: Describer) {
    this.#store = store;
    this.#describer = describer;
    this.#finder = new Finder(store);
  }

  /**
   * @throws AppError `not_found` if there is no such island, `stale_island` if it has another version,
   *   `bad_input` if the requirement is not of its shape, `aborted` when the signal fires.
   */
  async search(request: Request, signal?: AbortSignal): Promise<SearchResponse> {
    const { requirement } = request;
    return requirement ? this.#byData(requirement, request, signal) : this.#byText(request, signal);
  }

  /** @throws AppError `bad_input` if the cursor is none of ours. */
  async next({ cursor, limit }: z.output<typeof SearchNextRequest>): Promise<SearchPage> {
    const state = decodeCursor(CursorState, cursor);
    if (state.kind === "ranked") return this.#pageOfRanked(state.left, limit);
    return this.#pageOfMatched({ ...state.query, after: state.after }, limit);
  }

  async #byData(
    requirement: Requirement,
    request: Request,
    signal: AbortSignal | undefined,
  ): Promise<SearchResponse> {
    const { islandId = "" } = request;
    const space = await this.#findSpace(islandId, requirement.space);
    const found = await this.#find(space, requirement, { ...request, islandId, signal });
    const score = request.scores === "compat" ? withCompatScores : withoutScores;
    const { singles, mixture } = score(found.singles, found.mixture);
    const page = await this.#pageOfRanked(singles, request.limit);
    return {
      islandId,
      islands: [],
      mixture: mixture && { ...mixture, members: [...mixture.members] },
      facets: null,
      ...page,
    };
  }

  async #findSpace(islandId: string, { id, version }: Requirement["space"]): Promise<SpaceVersion> {
    const island = await this.#store.findIsland(islandId);
    if (!island) throw new AppError("not_found", "no island has this id");
    if (island.space.id !== id) {
      throw new AppError("bad_input", "the requirement is of another space than the island");
    }
    const space = await this.#store.findSpace(id, version);
    if (space) return space;
    throw new AppError(
      "stale_island",
      `the space is at version ${island.space.version} now; describe the data again`,
    );
  }

  async #find(
    space: SpaceVersion,
    requirement: Requirement,
    { islandId, task, filter, mixture, signal }: FindQuery,
  ): Promise<Found<FoundSingle>> {
    const query = { islandId, task, filter, mixture, signal };
    const { definition } = space;
    if (requirement.form === "private" || requirement.form === "sketch") {
      const sketch = sketchFromWire(requirement.sketch, sketchLength(definition));
      return this.#finder.bySketch(space, Float32Array.from(sketch), query);
    }
    const form = await this.#describer.form(definition);
    if (requirement.form === "weights") {
      const { book } = definition;
      if (!book || !form.book) throw new AppError("bad_input", "the space has no book");
      const { on, noise } = requirement;
      const packed = packOnBook(form.book, weightsFromWire(on, book));
      return noise
        ? this.#finder.bySketch(space, form.sketch(packed), query)
        : this.#finder.bySpecification(space, form, packed, query);
    }
    const { specification } = requirement;
    const why = misfit(
      { cols: kindOf(definition).dimension(definition), kernel: definition.kernel },
      specification,
    );
    if (why !== null) throw new AppError("bad_input", why);
    const rkme = fromWire(specification);
    const packed = form.pack(rkme);
    const whyOff = form.book && whyOffBook(form.book, rkme, form.weightsOf(packed));
    if (whyOff !== null) throw new AppError("bad_input", whyOff);
    return this.#finder.bySpecification(space, form, packed, query);
  }

  async #byText(request: Request, signal: AbortSignal | undefined): Promise<SearchResponse> {
    const { filter = {}, task, order, featureNames, limit } = request;
    const islands = featureNames ? await this.#islandsByNames(featureNames, signal) : [];
    const found = featureNames && islands.map(({ id }) => id);
    const islandIds = request.islandIds
      ? request.islandIds.filter((id) => !found || found.includes(id))
      : found;
    const page = await this.#pageOfMatched({ filter, islandIds, task, order }, limit);
    const { facets: isCounted, islandIds: chosen } = request;
    const facets = isCounted
      ? await this.#store.facets({ filter, islandIds: chosen, foundIn: found, task })
      : null;
    return { islandId: null, islands, mixture: null, facets, ...page };
  }

  async #islandsByNames(names: readonly string[], signal: AbortSignal | undefined) {
    const islands = await this.#store.islands();
    const described = islands.map(({ id, space }) => ({ id, features: featuresOf(space) }));
    return finish(islandsByNames(described, names), () => breathe(signal));
  }

  /** Cards are those of the versions that were ranked, whatever happened to them since. */
  async #pageOfRanked(ranked: readonly Ranked[], limit: number): Promise<SearchPage> {
    const shown = ranked.slice(0, limit);
    const cards = await this.#store.findVersions(shown);
    const left = ranked.slice(limit).map((one) => Ranked.parse(one));
    return {
      singles: shown.flatMap(({ number, ...fit }): Single[] => {
        const learnware = cards.get(number);
        if (!learnware) return []; // Purged since.
        const { coveredBy, mmd2, similarity, coverage, score } = fit;
        return [{ learnware, coveredBy, mmd2, similarity, coverage, score }];
      }),
      next: left.length > 0 ? cursorOf({ kind: "ranked", left }) : null,
    };
  }

  async #pageOfMatched(query: Omit<MatchQuery, "limit">, limit: number): Promise<SearchPage> {
    const matches = await this.#store.match({ ...query, limit: limit + 1 });
    const shown = matches.slice(0, limit);
    const last = shown.at(-1);
    const { filter, islandIds, task, order } = query;
    const asked = { filter, islandIds: islandIds && [...islandIds], task, order };
    const after = last && { at: last.at, id: last.card.id };
    return {
      singles: shown.map(({ card, coveredBy }) => {
        const fit = { mmd2: null, similarity: null, coverage: null, score: null };
        return { learnware: card, coveredBy, ...fit };
      }),
      next:
        after && matches.length > limit
          ? encodeCursor({ kind: "matched", query: asked, after })
          : null,
    };
  }
}

function cursorOf(state: CursorState): string {
  return encodeCursor(state);
}
