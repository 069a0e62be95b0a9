import { tableSpace } from "../../../../engine/kinds/space";
import type { IslandMatch } from "../../../../engine/kinds/table/match/match";
import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";
import type { Call, Dock, TableKeeper } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import {
  HandChoices,
  type KeptByHand,
  isTableIsland,
  type RankedIsland,
  type TableIsland,
  unusedColumns,
  type ValuePairs,
} from "./hand-choices";
import type * as Matching from "./matching";
import { LatestJob } from "../../../components/latest-job";

export type MappingState =
  | { readonly kind: "idle" }
  | { readonly kind: "loading" }
  | {
      readonly kind: "ready";
      readonly columns: readonly ColumnProfile[];
      /** Best first. */
      readonly ranked: readonly RankedIsland[];
      readonly chosenId: string | null;
    }
  | { readonly kind: "failed"; readonly problem: Problem };

/** Which island the table belongs to, and which of its columns plays which feature. */
export class MappingStep {
  #state = $state.raw<MappingState>({ kind: "idle" });
  #matching = $state.raw<typeof Matching | null>(null);
  #islands: readonly TableIsland[] | null = null;
  /** The island that was chosen before the columns changed. */
  #wanted: string | null = null;
  #wantedPlaces: readonly (number | null)[] = [];
  /** Whether it is wanted more than the one chosen now. */
  #prefersWanted = false;
  readonly #byHand = new HandChoices();
  readonly #job = new LatestJob();
  readonly #dock: Pick<Dock, "islands" | "island">;
  readonly #data: Pick<TableKeeper, "rankIslands">;
  readonly #onChange: () => void;

  constructor(
    dock: Pick<Dock, "islands" | "island">,
    data: Pick<TableKeeper, "rankIslands">,
    onChange: () => void,
  ) {
    this.#dock = dock;
    this.#data = data;
    this.#onChange = onChange;
  }

  /** Null until columns were matched. */
  get matching(): typeof Matching | null {
    return this.#matching;
  }

  get state(): MappingState {
    return this.#state;
  }

  readonly chosen = $derived.by((): RankedIsland | null => {
    if (this.#state.kind !== "ready") return null;
    const { ranked, chosenId } = this.#state;
    return ranked.find(({ island }) => island.id === chosenId) ?? null;
  });

  /** The user's columns that play no feature of the chosen island. */
  readonly extraColumns = $derived.by((): string[] => {
    if (this.#state.kind !== "ready" || !this.chosen) return [];
    return unusedColumns(this.chosen.match, this.#state.columns);
  });

  /** Fit the islands to these columns. The chosen island stays chosen if it still fits or is related. */
  async match(columns: readonly ColumnProfile[]): Promise<void> {
    const signal = this.#job.start();
    const wanted = this.#prefersWanted ? this.#wanted : (this.chosen?.island.id ?? this.#wanted);
    this.#wanted = wanted;
    this.#state = { kind: "loading" }; // What was matched is of other columns.
    this.#onChange();
    try {
      const matching = (this.#matching ??= await import("./matching"));
      this.#islands ??= (await this.#dock.islands({ signal })).filter(isTableIsland);
      const spaces = this.#islands.map(({ id, space }) => ({ ...space, id }));
      const matches = await this.#data.rankIslands(spaces, columns, { signal });
      if (!this.#job.isCurrent(signal)) return;
      this.#place(columns);
      const ranked = this.#byHand.applied(matches, this.#islands, columns, matching);
      const kept = ranked.find(
        ({ island, match }) => island.id === wanted && (match.fits || match.isRelated),
      );
      const best = ranked[0]?.match.fits ? ranked[0] : undefined;
      this.#state = { kind: "ready", columns, ranked, chosenId: (kept ?? best)?.island.id ?? null };
      this.#wanted = null;
      this.#prefersWanted = false;
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      const problem = problemOf(error);
      this.#state = problem ? { kind: "failed", problem } : { kind: "idle" };
    }
  }

  /** What the user chose by hand, on every island. */
  get choices(): Required<KeptByHand> {
    return this.#byHand.kept;
  }

  /**
   * Choose this island with the next match, if the columns allow it.
   *
   * @param byHand - What was chosen for columns and values before.
   * @param places - Of columns, in the order of the island's features; null: none plays it.
   */
  want(
    islandId: string | null,
    byHand: KeptByHand = { byHand: [] },
    places: readonly (number | null)[] = [],
  ): void {
    this.#wantedPlaces = places;
    this.#wanted = islandId;
    this.#prefersWanted = islandId !== null;
    this.#byHand.takeUp(byHand);
  }

  /** Forget the columns, and what was chosen for them. */
  clear(): void {
    this.#job.cancel();
    this.#wanted = null;
    this.#byHand.clear();
    this.#state = { kind: "idle" };
  }

  /** Take up the mapping of a link, where there are columns at its places. */
  #place(columns: readonly ColumnProfile[]): void {
    const places = this.#wantedPlaces;
    const wanted = this.#islands?.find(({ id }) => id === this.#wanted);
    this.#wantedPlaces = [];
    if (places.length !== wanted?.space.features.length) return;
    wanted.space.features.forEach(({ name }, i) => {
      const place = places[i] ?? null;
      const column = place === null ? null : columns[place]?.name;
      if (column !== undefined) this.#byHand.set(wanted.id, name, column);
    });
  }

  choose(islandId: string): void {
    if (this.#state.kind !== "ready" || this.#state.chosenId === islandId) return;
    this.#state = { ...this.#state, chosenId: islandId };
    this.#onChange();
  }

  /** Read an island again whose scale has changed; its features are the same. */
  async refresh(islandId: string, call: Call): Promise<TableIsland> {
    const summary = await this.#dock.island(islandId, call);
    const fresh = { ...summary, space: tableSpace(summary.space) };
    const renew = (island: TableIsland) => (island.id === islandId ? fresh : island);
    this.#islands = this.#islands?.map(renew) ?? null;
    if (this.#state.kind === "ready") {
      const ranked = this.#state.ranked.map((entry) => ({ ...entry, island: renew(entry.island) }));
      this.#state = { ...this.#state, ranked };
    }
    return fresh;
  }

  /** What values of the column that plays a feature mean in it; one that was left out plays it from now on. */
  joinValues(feature: string, values: ValuePairs): void {
    const { chosen } = this;
    if (this.#state.kind !== "ready" || !chosen || !this.#matching) return;
    const { joinValues, rematch } = this.#matching;
    const { columns } = this.#state;
    const { island } = chosen;
    const detail = chosen.match.details.find((one) => one.feature === feature);
    const column = detail?.column ?? detail?.leftOut;
    const name = column === undefined ? undefined : columns[column]?.name;
    if (column === undefined || name === undefined) return;
    let { match } = chosen;
    if (detail?.column === null) {
      this.#byHand.set(island.id, feature, name);
      match = rematch(island.space, match, columns, feature, column);
    }
    this.#byHand.setValues(island.id, feature, name, values);
    this.#replace(chosen, joinValues(island.space, match, columns, feature, values));
  }

  assign(feature: string, column: number | null): void {
    const { chosen } = this;
    if (this.#state.kind !== "ready" || !chosen || !this.#matching) return;
    const { columns } = this.#state;
    const name = column === null ? null : (columns[column]?.name ?? null);
    this.#byHand.set(chosen.island.id, feature, name);
    const match = this.#matching.rematch(
      chosen.island.space,
      chosen.match,
      columns,
      feature,
      column,
    );
    this.#replace(chosen, match);
  }

  #replace(chosen: RankedIsland, match: IslandMatch): void {
    if (this.#state.kind !== "ready") return;
    const ranked = this.#state.ranked.map((entry) =>
      entry === chosen ? { island: entry.island, match } : entry,
    );
    this.#state = { ...this.#state, ranked };
    this.#onChange();
  }
}
