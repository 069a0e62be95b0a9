import { encodedWidth } from "./encoded-width";
import type { Space } from "./space";

/** The feature that each encoded column belongs to. */
export function featureOfColumns({ features }: Pick<Space, "features">): string[] {
  return features.flatMap((feature) =>
    Array.from({ length: encodedWidth(feature) }, () => feature.name),
  );
}
