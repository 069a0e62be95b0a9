import type { IslandSummary } from "../../contracts/dock-api";
import { type IslandMatch, rankIslands, rematch } from "../../engine/island/match";
import type { ColumnProfile } from "../../engine/table/profile";
import type { Dock } from "../clients";
import { type Problem, problemOf } from "../problem";
import { LatestJob } from "./latest-job";

export interface RankedIsland {
  readonly island: IslandSummary;
  readonly match: IslandMatch;
}

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
export class MappingModel {
  #state = $state.raw<MappingState>({ kind: "idle" });
  #islands: readonly IslandSummary[] | null = null;
  /** Choices by hand: island, then feature, to the name of a column. They outlive a new reading of the table. */
  readonly #byHand = new Map<string, Map<string, string | null>>();
  readonly #job = new LatestJob();
  readonly #dock: Pick<Dock, "islands">;
  readonly #onChange: () => void;

  constructor(dock: Pick<Dock, "islands">, onChange: () => void) {
    this.#dock = dock;
    this.#onChange = onChange;
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
    const used = new Set(this.chosen.match.matches.map(({ column }) => column));
    return this.#state.columns.filter((_, i) => !used.has(i)).map(({ name }) => name);
  });

  /** Fit the islands to these columns. The chosen island stays chosen if it still fits. */
  async match(columns: readonly ColumnProfile[]): Promise<void> {
    const signal = this.#job.start();
    const wanted = this.chosen?.island.id ?? null;
    if (!this.#islands) this.#state = { kind: "loading" };
    this.#onChange();
    try {
      this.#islands ??= await this.#dock.islands({ signal });
      if (!this.#job.isCurrent(signal)) return;
      const ranked = this.#rank(this.#islands, columns);
      const kept = ranked.find(({ island, match }) => island.id === wanted && match.fits);
      const best = ranked[0]?.match.fits ? ranked[0] : undefined;
      this.#state = { kind: "ready", columns, ranked, chosenId: (kept ?? best)?.island.id ?? null };
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      const problem = problemOf(error);
      this.#state = problem ? { kind: "failed", problem } : { kind: "idle" };
    }
  }

  choose(islandId: string): void {
    if (this.#state.kind !== "ready" || this.#state.chosenId === islandId) return;
    this.#state = { ...this.#state, chosenId: islandId };
    this.#onChange();
  }

  assign(feature: string, column: number | null): void {
    const { chosen } = this;
    if (this.#state.kind !== "ready" || !chosen) return;
    const { columns } = this.#state;
    const choices = this.#byHand.get(chosen.island.id) ?? new Map<string, string | null>();
    choices.set(feature, column === null ? null : (columns[column]?.name ?? null));
    this.#byHand.set(chosen.island.id, choices);
    const match = rematch(chosen.island, chosen.match, columns, feature, column);
    const ranked = this.#state.ranked.map((entry) =>
      entry === chosen ? { island: entry.island, match } : entry,
    );
    this.#state = { ...this.#state, ranked };
    this.#onChange();
  }

  #rank(islands: readonly IslandSummary[], columns: readonly ColumnProfile[]): RankedIsland[] {
    const byId = new Map(islands.map((island) => [island.id, island]));
    return rankIslands(islands, columns).flatMap((match) => {
      const island = byId.get(match.islandId);
      return island ? [{ island, match: this.#reapply(island, match, columns) }] : [];
    });
  }

  #reapply(
    island: IslandSummary,
    match: IslandMatch,
    columns: readonly ColumnProfile[],
  ): IslandMatch {
    let result = match;
    for (const [feature, name] of this.#byHand.get(island.id) ?? []) {
      const column = name === null ? -1 : columns.findIndex((other) => other.name === name);
      if (name !== null && column < 0) continue;
      result = rematch(island, result, columns, feature, name === null ? null : column);
    }
    return result;
  }
}
