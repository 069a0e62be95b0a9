import type { Dock } from "../../client/dock/dock";
import type { IslandSummary } from "../../contracts/http/dock-api";
import { EngineError } from "../../engine/ground/errors";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";

/**
 * The island for texts or pictures of a basis: the one named, the one with learnwares for the target, or the only one.
 *
 * @throws EngineError `bad_parameter` if there is none or several; AppError as the dock does.
 */
export async function choosePinnedIsland(
  dock: Dock,
  { kind, basis }: Pick<EmbeddingSpace, "kind" | "basis">,
  {
    islandId,
    target,
  }: { readonly islandId: string | undefined; readonly target: string | undefined },
): Promise<IslandSummary> {
  if (islandId !== undefined) return dock.island(islandId);
  const islands = await dock.islands();
  const fitting = islands.filter(
    ({ space, targets }) =>
      "basis" in space &&
      space.kind === kind &&
      space.basis === basis &&
      (target === undefined || targets.includes(target)),
  );
  if (fitting.length === 1) return fitting[0]!;
  const offered = fitting.map(({ id, targets }) => `\n  --island ${id}: ${targets.join(", ")}`);
  throw new EngineError(
    "bad_parameter",
    fitting.length === 0
      ? `the dock has no learnwares for such ${kind}s${target === undefined ? "" : ` that tell "${target}"`}`
      : `what is to be told of the ${kind}s?${offered.join("")}`,
  );
}
