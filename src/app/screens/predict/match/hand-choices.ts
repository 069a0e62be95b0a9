import type { IslandSummary } from "../../../../contracts/http/dock-api";
import type { Choices, JoinedValues } from "../../../../client/storage/work-store";
import { isOfTables, type Space, type TableSpace } from "../../../../engine/kinds/space";
import type { IslandMatch } from "../../../../engine/kinds/table/match/match";
import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";
import type * as Matching from "./matching";

interface TableIsland extends IslandSummary {
  readonly space: TableSpace;
}

export interface RankedIsland {
  readonly island: IslandSummary;
  readonly match: IslandMatch;
}

/** A kind of data whose features columns play, rather than one column being all of it. */
export interface RankedTable extends RankedIsland {
  readonly island: TableIsland;
}

export function isOfColumns(ranked: RankedIsland): ranked is RankedTable {
  return isOfTables(ranked.island.space);
}

/** What columns can be in a space: its features, or texts or pictures as a whole. */
export function partsOf(space: Space): readonly string[] {
  return isOfTables(space) ? space.features.map(({ name }) => name) : [space.kind];
}

export type ValuePairs = JoinedValues["values"];
/** What was chosen by hand, as it is kept. */
export type KeptByHand = Pick<Choices, "byHand" | "joined">;

/** Which column the user chose for which feature; by the column's name, so that it outlives a new reading. */
export class HandChoices {
  readonly #byIsland = new Map<string, Map<string, string | null>>();
  readonly #valuesByIsland = new Map<string, Map<string, JoinedValues>>();

  set(islandId: string, feature: string, columnName: string | null): void {
    const choices = this.#byIsland.get(islandId) ?? new Map<string, string | null>();
    // Chosen last, applied last: it may take a column from an earlier choice.
    choices.delete(feature);
    choices.set(feature, columnName);
    this.#byIsland.set(islandId, choices);
  }

  /** What values of a column, by its name, mean as a feature. */
  setValues(islandId: string, feature: string, columnName: string, values: ValuePairs): void {
    const joined = this.#valuesByIsland.get(islandId) ?? new Map<string, JoinedValues>();
    joined.set(feature, { columnName, values });
    this.#valuesByIsland.set(islandId, joined);
  }

  clear(): void {
    this.#byIsland.clear();
    this.#valuesByIsland.clear();
  }

  /** In the order of choosing, to be taken up another day. */
  get kept(): Required<KeptByHand> {
    const joined = [...this.#valuesByIsland].map(([id, values]) => [id, [...values]] as const);
    const byHand = [...this.#byIsland].map(([id, choices]) => [id, [...choices]] as const);
    return { byHand, joined };
  }

  takeUp({ byHand, joined = [] }: KeptByHand): void {
    for (const [island, features] of byHand) {
      for (const [feature, column] of features) this.set(island, feature, column);
    }
    for (const [island, features] of joined) {
      for (const [feature, { columnName, values }] of features) {
        this.setValues(island, feature, columnName, values);
      }
    }
  }

  /** The islands in the order of their matches, as far as possible with the user's choices. */
  applied(
    matches: readonly IslandMatch[],
    islands: readonly IslandSummary[],
    columns: readonly ColumnProfile[],
    matching: Pick<typeof Matching, "joinValues" | "rematch">,
  ): RankedIsland[] {
    const byId = new Map(islands.map((island) => [island.id, island]));
    return matches.flatMap((match) => {
      const island = byId.get(match.islandId);
      return island ? [{ island, match: this.#apply(island, match, columns, matching) }] : [];
    });
  }

  #apply(
    { id, space }: IslandSummary,
    match: IslandMatch,
    columns: readonly ColumnProfile[],
    { joinValues, rematch }: Pick<typeof Matching, "joinValues" | "rematch">,
  ): IslandMatch {
    let result = match;
    for (const [feature, name] of this.#byIsland.get(id) ?? []) {
      const column = name === null ? null : columns.findIndex((other) => other.name === name);
      if (column !== -1) result = rematch({ ...space, id }, result, columns, feature, column);
    }
    for (const [feature, { columnName, values }] of this.#valuesByIsland.get(id) ?? []) {
      const detail = result.details.find((one) => one.feature === feature);
      const isSame = detail?.column != null && columns[detail.column]?.name === columnName;
      if (isSame && isOfTables(space)) result = joinValues(space, result, columns, feature, values);
    }
    return result;
  }
}

/** The names of the columns that play no feature. */
export function unusedColumns(match: IslandMatch, columns: readonly ColumnProfile[]): string[] {
  const used = new Set(match.matches.map(({ column }) => column));
  return columns.filter((_, i) => !used.has(i)).map(({ name }) => name);
}
