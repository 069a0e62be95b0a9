import type { Dock } from "../client/dock/dock";
import type { IslandSummary } from "../contracts/http/dock-api";
import { EngineError } from "../engine/ground/errors";
import { isOfTables } from "../engine/kinds/space";
import type { ColumnProfile } from "../engine/kinds/table/columns/profile";
import { rankIslands } from "../engine/kinds/table/match/related";

/**
 * The island of this id, or else the one that fits best.
 *
 * @throws EngineError `bad_parameter` if none fits, naming those that are related.
 * @throws AppError as the dock does.
 */
export async function chooseIsland(
  dock: Dock,
  columns: readonly ColumnProfile[],
  islandId: string | undefined,
): Promise<IslandSummary> {
  if (islandId !== undefined) return dock.island(islandId);
  const islands = await dock.islands();
  const ranked = rankIslands(
    islands.flatMap(({ id, space }) => (isOfTables(space) ? [{ ...space, id }] : [])),
    columns,
  );
  const best = ranked[0];
  if (best?.fits) return islands.find(({ id }) => id === best.islandId)!;
  const related = ranked.filter(({ isRelated }) => isRelated);
  const offered = related.map(
    ({ islandId, matched, total }) =>
      `\n  --island ${islandId}: ${matched} of ${total} features seem to be among the columns`,
  );
  throw new EngineError(
    "bad_parameter",
    related.length > 0
      ? `no island of the dock fits the columns by name; related, and less certain:${offered.join("")}`
      : "no island of the dock fits the columns",
  );
}
