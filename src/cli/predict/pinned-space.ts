import { EngineError } from "../../engine/ground/errors";
import type { Space } from "../../engine/kinds/space";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";

/** @throws EngineError `unsupported_kind` if a space is none of this kind. */
export function pinnedSpace(space: Space, kind: EmbeddingSpace["kind"]): EmbeddingSpace {
  if ("basis" in space && space.kind === kind) return space;
  throw new EngineError(
    "unsupported_kind",
    `"${space.name}" is not for ${kind}s: leave out --kind ${kind}`,
  );
}
