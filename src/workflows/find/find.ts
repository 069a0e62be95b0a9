import { AppError } from "../../contracts/outcome";
import type { Steps } from "../../engine/ground/progress";
import { dimensionOf } from "../../engine/kinds/dimension-of";
import { comparedOf } from "../../engine/kinds/table/match/compared";
import { askDock, searchHere } from "./candidates";
import { type Offer, offersFrom } from "./offers";
import { type Payload, preparePayload, type Query } from "./payload";
import type { FindPorts } from "./ports";
import { type Verdict, verdictOf } from "./verdict";

export interface Finding {
  /** With the island that the rows were described on in the end. */
  readonly query: Query;
  readonly payload: Payload;
  readonly offers: readonly Offer[];
  readonly verdict: Verdict;
}

/**
 * From rows to learnwares to choose from: fetch the space's book, describe the rows, ask the dock or search here, fetch specifications,
 * compare them with the rows, and judge. Where the dock has moved the island to another scale meanwhile, the rows are
 * described once more on it.
 *
 * @throws What the ports throw; AppError `stale_island` if the island moved twice.
 */
export async function* find(ports: FindPorts, query: Query): Steps<Finding> {
  try {
    return yield* findOn(ports, query, false);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "stale_island")) throw error;
    const island = await ports.dock.island(query.island.id);
    return yield* findOn(ports, { ...query, island }, true);
  }
}

async function* findOn(ports: FindPorts, query: Query, isAgain: boolean): Steps<Finding> {
  const { dock, describer } = ports;
  const { space } = query.island;
  const points = space.book ? yield* dock.book(space.book, dimensionOf(space)) : null;
  const payload = yield* preparePayload(describer, query, points);
  await ports.review(payload, isAgain && payload.level === "private");
  if (payload.level === "private") await ports.spend(payload.epsilon, payload.delta);
  const { cards, specifications, covers } = yield* payload.level === "nothing"
    ? searchHere(ports, payload.sketch, query, points)
    : askDock(dock, payload.request, query, points);
  const ranking = yield* describer.rank(specifications);
  const offers = offersFrom(ranking, cards, specifications, covers, space);
  const verdict = verdictOf(offers, comparedOf(query.matches), space);
  return { query, payload: { ...payload, sent: true }, offers, verdict };
}
