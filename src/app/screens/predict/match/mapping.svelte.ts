import type { IslandSummary } from "../../../../contracts/http/dock-api";
import { rematch } from "../../../../engine/kinds/table/match/match";
import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";
import type { Call, Dock, TableKeeper } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import { HandChoices, type RankedIsland, unusedColumns } from "./hand-choices";
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
  #islands: readonly IslandSummary[] | null = null;
  /** The island that was chosen before the columns changed. */
  #wanted: string | null = null;
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
    const wanted = this.chosen?.island.id ?? this.#wanted;
    this.#wanted = wanted;
    this.#state = { kind: "loading" }; // What was matched is of other columns.
    this.#onChange();
    try {
      this.#islands ??= await this.#dock.islands({ signal });
      const spaces = this.#islands.map(({ id, space }) => ({ ...space, id }));
      const matches = await this.#data.rankIslands(spaces, columns, { signal });
      if (!this.#job.isCurrent(signal)) return;
      const ranked = this.#byHand.applied(matches, this.#islands, columns);
      const kept = ranked.find(
        ({ island, match }) => island.id === wanted && (match.fits || match.isRelated),
      );
      const best = ranked[0]?.match.fits ? ranked[0] : undefined;
      this.#state = { kind: "ready", columns, ranked, chosenId: (kept ?? best)?.island.id ?? null };
      this.#wanted = null;
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

  assign(feature: string, column: number | null): void {
    const { chosen } = this;
    if (this.#state.kind !== "ready" || !chosen) return;
    const { columns } = this.#state;
    const name = column === null ? null : (columns[column]?.name ?? null);
    this.#byHand.set(chosen.island.id, feature, name);
    const match = rematch(chosen.island.space, chosen.match, columns, feature, column);
    const ranked = this.#state.ranked.map((entry) =>
      entry === chosen ? { island: entry.island, match } : entry,
    );
    this.#state = { ...this.#state, ranked };
    this.#onChange();
  }
}
