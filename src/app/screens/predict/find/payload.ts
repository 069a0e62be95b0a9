import type { SearchRequest } from "../../../../contracts/http/dock-api";
import type { Description, SketchDescription } from "../../../../contracts/workers/spec-api";
import { AppError } from "../../../../contracts/outcome";
import { toWire } from "../../../../contracts/wire/wire-rkme";
import { sketchRequirement } from "../../../../contracts/wire/wire-sketch";
import type { FeatureMatch, Island } from "../../../../engine/kinds/table/space/island";
import type { ComputeName } from "../../../../engine/specification/kernel/compute";
import type { Call, Describer } from "../../../clients";
import { DELTA, type PrivacyChoice } from "./privacy";
import { narrowingOf, type Filter } from "./filter";

export interface Query {
  readonly island: Island;
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

/** What is about to leave the tab for a search, or left. */
export type Payload = { readonly sent: boolean; readonly compute: ComputeName } & (
  | ({ readonly level: "reduced"; readonly description: Description } & Posted)
  | ({
      readonly level: "private";
      readonly epsilon: number;
      readonly delta: number;
      readonly rowCount: number;
    } & Posted)
  | { readonly level: "nothing"; readonly sketch: SketchDescription["sketch"] }
);

/** Describe the rows in the way that was chosen. Nothing is sent. */
export async function preparePayload(
  spec: Pick<Describer, "describe" | "sketch">,
  query: Query,
  call: Call,
): Promise<Payload> {
  const { island, matches, privacy } = query;
  if (privacy.level === "reduced") {
    const description = await spec.describe(island, matches, call);
    const { compute, rkme } = description;
    const posted = post(query, { kind: "reduced", specification: toWire(rkme) });
    return { level: "reduced", sent: false, compute, description, ...posted };
  }
  if (privacy.level === "nothing") {
    const { sketch, compute } = await spec.sketch(island, matches, null, call);
    return { level: "nothing", sent: false, compute, sketch };
  }
  const budget = { epsilon: privacy.epsilon, delta: DELTA };
  const described = await spec.sketch(island, matches, budget, call);
  const requirement = sketchRequirement(described);
  // A sketch without noise must not get past this line, whatever the worker answered.
  if (requirement.kind !== "private") throw new AppError("internal", "the sketch has no noise");
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
    islandVersion: island.version,
    requirement,
    ...narrowingOf(filter, target),
    limit: 100,
  };
  const json = JSON.stringify(request);
  return { request, json, bytes: new TextEncoder().encode(json).length };
}
