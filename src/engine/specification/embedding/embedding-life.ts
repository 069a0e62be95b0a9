import { EngineError } from "../../ground/errors";
import type { Specification } from "../specification";
import type { EmbeddingSpace } from "./embedding-space";

/** The id under which docks everywhere know a pinned space. */
export function pinnedId({ kind, basis }: Pick<EmbeddingSpace, "kind" | "basis">): string {
  return `${kind}-${basis}`;
}

/** Whether what makes points of data is the same, whatever the spaces are called. */
export function arePinnedAlike(a: EmbeddingSpace, b: EmbeddingSpace): boolean {
  return (
    a.kind === b.kind &&
    a.basis === b.basis &&
    a.embedder.sha256 === b.embedder.sha256 &&
    a.projection === b.projection
  );
}

/** What becomes of pinned spaces: they are found again, and stay as they are. */
export const embeddingLife = {
  found(proposed: EmbeddingSpace): EmbeddingSpace {
    return { ...proposed, id: pinnedId(proposed), version: 1 };
  },
  same(existing: EmbeddingSpace, proposed: EmbeddingSpace) {
    if (!arePinnedAlike(existing, proposed)) return null;
    return { space: { ...existing }, names: new Map<string, string>(), problem: null };
  },
  estimate(): Promise<null> {
    return Promise.resolve(null);
  },
  takesBook(): boolean {
    return true;
  },
  rescale(rkme: Specification, radiusSquared: number, from: EmbeddingSpace, to: EmbeddingSpace) {
    if (!arePinnedAlike(from, to)) {
      throw new EngineError("bad_parameter", `${to.id} is another space than ${from.id}`);
    }
    return { rkme: { ...rkme, kernel: to.kernel }, radiusSquared };
  },
};
