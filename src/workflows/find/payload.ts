import type { IslandSummary, Requirement, SearchRequest } from "../../contracts/http/dock-api";
import type {
  Description,
  PrivacyBudget,
  SketchDescription,
} from "../../contracts/workers/description";
import { AppError } from "../../contracts/outcome";
import { toWireOnBook } from "../../contracts/wire/wire-on-book";
import { toWire } from "../../contracts/wire/wire-rkme";
import { sketchRequirement } from "../../contracts/wire/wire-sketch";
import { coarseCount } from "../../engine/specification/coarse-count";
import type { Space } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { BookPoints } from "../../engine/specification/book/book";
import type { ComputeName } from "../../engine/specification/kernel/compute";
import { onBook } from "../../engine/specification/book/book";
import type { Specification } from "../../engine/specification/specification";
import type { Steps } from "../../engine/ground/progress";
import { MOST_ASKED } from "./amounts";
import type { RowDescriber } from "./describe/describer-port";
import { DELTA, type PrivacyChoice } from "./privacy";
import { narrowingOf, type Filter } from "./filter";

export interface Query {
  readonly island: IslandSummary;
  readonly matches: readonly FeatureMatch[];
  /** Only learnwares that predict this; null: any. */
  readonly target: string | null;
  readonly filter: Filter;
  readonly privacy: PrivacyChoice;
}

interface Posted {
  readonly request: SearchRequest;
  /** The body of the request, to the byte. */
  readonly json: string;
  readonly bytes: number;
  /** The weighted points that are sent, or weigh what is sent; null where only numbers are. */
  readonly rkme: Specification | null;
  /** Points of the book that are weighed, with or without weight; null if the points are sent themselves. */
  readonly bookPoints: number | null;
  /** Where the rows were described; the matches stay here. */
  readonly placed: { readonly space: Space; readonly matches: readonly FeatureMatch[] };
}

/** What a search is made with: all that leaves for it, or what stays here. */
export type Payload = { readonly sent: boolean; readonly compute: ComputeName } & (
  | ({ readonly level: "reduced"; readonly description: Description } & Posted)
  | ({ readonly level: "private"; readonly rowCount: number } & PrivacyBudget & Posted)
  | { readonly level: "nothing"; readonly sketch: SketchDescription["sketch"] }
);

/**
 * Describe the rows in the way that was chosen. Nothing is sent.
 *
 * @param book - The space's points; null if it has none.
 */
export async function* preparePayload(
  describer: Pick<RowDescriber, "describe" | "sketch">,
  query: Query,
  book: BookPoints | null,
): Steps<Payload> {
  const { matches, privacy } = query;
  const { space } = query.island;
  if (privacy.level === "reduced") {
    const description = yield* describer.describe(space, matches, book);
    const { compute, rkme, bookWeights } = description;
    const posted = bookWeights
      ? postWeights(query, book, { weights: bookWeights, rowCount: rkme.rowCount, noise: null })
      : post(query, { form: "reduced", space: nameOf(space), specification: toWire(rkme) }, rkme);
    return { level: "reduced", sent: false, compute, description, ...posted };
  }
  if (privacy.level === "nothing") {
    const { sketch, compute } = yield* describer.sketch(space, matches, null, book);
    return { level: "nothing", sent: false, compute, sketch };
  }
  const wanted = { epsilon: privacy.epsilon, delta: DELTA };
  const described = yield* describer.sketch(space, matches, wanted, book);
  const { compute, epsilon, delta, bookWeights } = described;
  const rowCount = coarseCount(described.rowCount);
  // A sketch without noise must not get past this line, whatever the describer answered.
  if (epsilon === null || delta === null) throw new AppError("internal", "the sketch has no noise");
  const budget = { epsilon, delta };
  const posted = bookWeights
    ? postWeights(query, book, { weights: bookWeights, rowCount, noise: budget })
    : post(query, sketchRequirement({ ...described, ...budget }, space), null);
  return { level: "private", sent: false, compute, rowCount, ...budget, ...posted };
}

function postWeights(
  query: Query,
  points: BookPoints | null,
  made: {
    readonly weights: Float64Array;
    readonly rowCount: number;
    readonly noise: PrivacyBudget | null;
  },
): Posted {
  const { space } = query.island;
  const { weights, rowCount, noise } = made;
  if (!space.book || !points) throw new AppError("internal", "weights on no book");
  const on = toWireOnBook(space.book, weights, rowCount);
  const rkme = onBook({ points, kernel: space.kernel }, weights, rowCount);
  return post(query, { form: "weights", space: nameOf(space), on, noise }, rkme);
}

function post(
  { island, target, filter, matches }: Query,
  requirement: Requirement,
  rkme: Specification | null,
): Posted {
  const request = {
    islandId: island.id,
    requirement,
    ...narrowingOf(filter, target),
    limit: MOST_ASKED,
  };
  const json = JSON.stringify(request);
  const bytes = new TextEncoder().encode(json).length;
  const bookPoints = requirement.form === "weights" ? (island.space.book?.points ?? null) : null;
  return { request, json, bytes, rkme, bookPoints, placed: { space: island.space, matches } };
}

function nameOf({ id, version }: Space): { id: string; version: number } {
  return { id, version };
}
