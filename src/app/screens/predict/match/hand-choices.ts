import type { IslandSummary } from "../../../../contracts/http/dock-api";
import { type IslandMatch, rematch } from "../../../../engine/kinds/table/match/match";
import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";

export interface RankedIsland {
  readonly island: IslandSummary;
  readonly match: IslandMatch;
}

/** Which column the user chose for which feature; by the column's name, so that it outlives a new reading. */
export class HandChoices {
  readonly #byIsland = new Map<string, Map<string, string | null>>();

  set(islandId: string, feature: string, columnName: string | null): void {
    const choices = this.#byIsland.get(islandId) ?? new Map<string, string | null>();
    // Chosen last, applied last: it may take a column from an earlier choice.
    choices.delete(feature);
    choices.set(feature, columnName);
    this.#byIsland.set(islandId, choices);
  }

  /** The islands in the order of their matches, as far as possible with the user's choices. */
  applied(
    matches: readonly IslandMatch[],
    islands: readonly IslandSummary[],
    columns: readonly ColumnProfile[],
  ): RankedIsland[] {
    const byId = new Map(islands.map((island) => [island.id, island]));
    return matches.flatMap((match) => {
      const island = byId.get(match.islandId);
      return island ? [{ island, match: this.#apply(island, match, columns) }] : [];
    });
  }

  #apply(
    { id, space }: IslandSummary,
    match: IslandMatch,
    columns: readonly ColumnProfile[],
  ): IslandMatch {
    let result = match;
    for (const [feature, name] of this.#byIsland.get(id) ?? []) {
      const column = name === null ? null : columns.findIndex((other) => other.name === name);
      if (column !== -1) result = rematch(space, result, columns, feature, column);
    }
    return result;
  }
}

/** The names of the columns that play no feature. */
export function unusedColumns(match: IslandMatch, columns: readonly ColumnProfile[]): string[] {
  const used = new Set(match.matches.map(({ column }) => column));
  return columns.filter((_, i) => !used.has(i)).map(({ name }) => name);
}
