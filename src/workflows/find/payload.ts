import type { IslandSummary, SearchRequest } from "../../contracts/http/dock-api";
import type { Description, SketchDescription } from "../../contracts/workers/description";
import { AppError } from "../../contracts/outcome";
import { toWire } from "../../contracts/wire/wire-rkme";
import { sketchRequirement } from "../../contracts/wire/wire-sketch";
import type { FeatureMatch, Space } from "../../engine/kinds/table/space/space";
import type { ComputeName } from "../../engine/specification/kernel/compute";
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
}

/** What a search is made with: all that leaves for it, or what stays here. */
export type Payload = { readonly sent: boolean; readonly compute: ComputeName } & (
  | ({
      readonly level: "reduced";
      readonly description: Description;
      /** Where the rows were described; the matches stay here. */
      readonly placed: { readonly space: Space; readonly matches: readonly FeatureMatch[] };
    } & Posted)
  | ({
      readonly level: "private";
      readonly epsilon: number;
      readonly delta: number;
      readonly rowCount: number;
    } & Posted)
  | { readonly level: "nothing"; readonly sketch: SketchDescription["sketch"] }
);

/** Describe the rows in the way that was chosen. Nothing is sent. */
export async function* preparePayload(
  describer: Pick<RowDescriber, "describe" | "sketch">,
  query: Query,
): Steps<Payload> {
  const { matches, privacy } = query;
  const { space } = query.island;
  if (privacy.level === "reduced") {
    const description = yield* describer.describe(space, matches);
    const { compute, rkme } = description;
    const posted = post(query, {
      form: "reduced",
      space: { id: space.id, version: space.version },
      specification: toWire(rkme),
    });
    const placed = { space, matches };
    return { level: "reduced", sent: false, compute, description, placed, ...posted };
  }
  if (privacy.level === "nothing") {
    const { sketch, compute } = yield* describer.sketch(space, matches, null);
    return { level: "nothing", sent: false, compute, sketch };
  }
  const budget = { epsilon: privacy.epsilon, delta: DELTA };
  const described = yield* describer.sketch(space, matches, budget);
  const requirement = sketchRequirement(described, space);
  // A sketch without noise must not get past this line, whatever the describer answered.
  if (requirement.form !== "private") throw new AppError("internal", "the sketch has no noise");
  const { epsilon, delta, rowCount } = requirement;
  const posted = post(query, requirement);
  const { compute } = described;
  return { level: "private", sent: false, compute, epsilon, delta, rowCount, ...posted };
}

function post(
  { island, target, filter }: Query,
  requirement: SearchRequest["requirement"],
): Posted {
  const request = {
    islandId: island.id,
    requirement,
    ...narrowingOf(filter, target),
    limit: MOST_ASKED,
  };
  const json = JSON.stringify(request);
  return { request, json, bytes: new TextEncoder().encode(json).length };
}
