import type { SpaceFeature } from "../../../../../engine/kinds/table/space/space";
import type { MatchDetail } from "../../../../../engine/kinds/table/match/match";
import type { RankedTable } from "../hand-choices";

export interface FeatureEntry {
  readonly feature: SpaceFeature;
  readonly detail: MatchDetail;
}

/** An island's features, each with what plays it. */
export function featureEntries({ island, match }: RankedTable): FeatureEntry[] {
  const features = new Map(island.space.features.map((feature) => [feature.name, feature]));
  return match.details.flatMap((detail) => {
    const feature = features.get(detail.feature);
    return feature ? [{ feature, detail }] : [];
  });
}
