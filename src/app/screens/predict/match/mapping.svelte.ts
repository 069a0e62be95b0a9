import type { IslandSummary } from "../../../../contracts/http/dock-api";
import type { Progress } from "../../../../engine/ground/progress";
import type { IslandMatch } from "../../../../engine/kinds/table/match/match";
import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";
import type { Call, Dock, TableKeeper } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import {
  HandChoices,
  type KeptByHand,
  isOfColumns,
  partsOf,
  type RankedIsland,
  unusedColumns,
  type ValuePairs,
} from "./hand-choices";
import type * as Matching from "./matching";
import { LatestJob } from "../../../components/latest-job";

export type MappingState =
  | { readonly kind: "idle" }
  /** `progress`: of what takes long, as looking at pictures does. */
  | { readonly kind: "loading"; readonly progress: Progress | null }
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
  #islands: readonly IslandSummary[] | null = null;
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
    this.#state = { kind: "loading", progress: null }; // What was matched is of other columns.
    this.#onChange();
    try {
      const matching = (this.#matching ??= await import("./matching"));
      this.#islands ??= await this.#dock.islands({ signal });
      const spaces = this.#islands.map(({ id, space }) => ({ ...space, id }));
      const onProgress = (progress: Progress) => {
        if (this.#job.isCurrent(signal)) this.#state = { kind: "loading", progress };
      };
      const matches = await this.#data.rankIslands(spaces, columns, { signal, onProgress });
      if (!this.#job.isCurrent(signal)) return;
      this.#place(columns);
      const ranked = this.#byHand.applied(matches, this.#islands, columns, matching);
      const kept = ranked.find(
        ({ island, match }) => island.id === wanted && (match.fits || match.isRelated),
      );
      const chosenId = (kept ?? bestOf(ranked))?.island.id ?? null;
      this.#state = { kind: "ready", columns, ranked, chosenId };
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
    const parts = wanted ? partsOf(wanted.space) : [];
    if (!wanted || places.length !== parts.length) return;
    parts.forEach((name, i) => {
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
  async refresh(islandId: string, call: Call): Promise<IslandSummary> {
    const fresh = await this.#dock.island(islandId, call);
    const renew = (island: IslandSummary) => (island.id === islandId ? fresh : island);
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
    if (this.#state.kind !== "ready" || !chosen || !isOfColumns(chosen) || !this.#matching) return;
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
    const { id, space } = chosen.island;
    const { rematch } = this.#matching;
    this.#replace(chosen, rematch({ ...space, id }, chosen.match, columns, feature, column));
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

/**
 * What is chosen unasked: what fits best. Of texts nobody knows what is to be told about them, where several things can be, or
 * where the table is related to something else.
 */
function bestOf(ranked: readonly RankedIsland[]): RankedIsland | undefined {
  const [best] = ranked;
  if (!best?.match.fits) return undefined;
  const isPlain =
    isOfColumns(best) ||
    !ranked.some(
      (one) => one !== best && (one.match.isRelated || one.match.score === best.match.score),
    );
  return isPlain ? best : undefined;
}
