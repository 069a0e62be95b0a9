import { EngineError } from "../../ground/errors";
import type { Specification } from "../specification";
import type { EmbeddingSpace } from "./embedding-space";

/** Whether what makes points of data is the same, whatever the spaces are called. */
function areAlike(a: EmbeddingSpace, b: EmbeddingSpace): boolean {
  return (
    a.kind === b.kind &&
    a.basis === b.basis &&
    a.embedder.sha256 === b.embedder.sha256 &&
    a.projection === b.projection
  );
}

/**
 * What becomes of pinned spaces: they are found again, with their books, and stay as they are.
 *
 * @param pinned - All that there are.
 */
export function embeddingLife(pinned: readonly EmbeddingSpace[]) {
  return {
    /** @throws EngineError `bad_package` if it is none of them. */
    found(proposed: EmbeddingSpace): EmbeddingSpace {
      const known = pinned.find((one) => areAlike(one, proposed));
      if (known) return known;
      const message = `Berth knows no space "${proposed.basis}" of ${proposed.kind}s with that embedder`;
      throw new EngineError("bad_package", message, { member: "space.json" });
    },
    same(existing: EmbeddingSpace, proposed: EmbeddingSpace) {
      if (!areAlike(existing, proposed)) return null;
      return { space: existing, names: new Map<string, string>(), problem: null };
    },
    estimate(): Promise<null> {
      return Promise.resolve(null);
    },
    takesBook(): boolean {
      return false; // It has one, which stays.
    },
    /** @throws EngineError `bad_parameter` if the two are different spaces. */
    rescale(rkme: Specification, radiusSquared: number, from: EmbeddingSpace, to: EmbeddingSpace) {
      if (!areAlike(from, to)) {
        throw new EngineError("bad_parameter", `${to.id} is another space than ${from.id}`);
      }
      return { rkme: { ...rkme, kernel: to.kernel }, radiusSquared };
    },
  };
}
