import { canPlay } from "../../../../../engine/kinds/table/match/can-play";
import type { ColumnProfile } from "../../../../../engine/kinds/table/columns/profile";
import type { RankedTable } from "../hand-choices";

/** Which feature is looked at, and which column is being joined: picked up by a click, a key or the pointer. */
export class Joining {
  /** Index of a feature. */
  #looked = $state<number | null>(null);
  /** Index of a column. */
  #picked = $state<number | null>(null);
  readonly #chosen: () => RankedTable;
  readonly #columns: () => readonly ColumnProfile[];
  readonly #assign: (feature: string, column: number | null) => void;

  constructor(
    chosen: () => RankedTable,
    columns: () => readonly ColumnProfile[],
    assign: (feature: string, column: number | null) => void,
  ) {
    this.#chosen = chosen;
    this.#columns = columns;
    this.#assign = assign;
  }

  /** The feature looked at: at first the one that most needs it. */
  get looked(): number {
    if (this.#looked !== null) return this.#looked;
    const { details } = this.#chosen().match;
    const doubtful = details.findIndex(
      ({ implausible, reason }) => implausible || reason === "other_values",
    );
    if (doubtful >= 0) return doubtful;
    return Math.max(
      0,
      details.findIndex(({ reason }) => reason !== "same_name"),
    );
  }

  get picked(): number | null {
    return this.#picked;
  }

  /** Which feature a column plays; null: none. */
  featureOf(column: number): number | null {
    const at = this.#chosen().match.details.findIndex((detail) => detail.column === column);
    return at < 0 ? null : at;
  }

  /** Whether the picked column can be a feature at all; true while none is picked. */
  canTake(feature: number): boolean {
    const column = this.#picked === null ? null : this.#columns()[this.#picked];
    const wanted = this.#chosen().island.space.features[feature];
    return !column || !wanted || canPlay(column, wanted);
  }

  look(feature: number): void {
    this.#looked = feature;
  }

  pick(column: number): void {
    this.#picked = column;
  }

  drop(): void {
    this.#picked = null;
  }

  /** A column that plays a part first shows which; one that plays none, or is chosen again, is picked up. */
  chooseColumn(column: number): void {
    const feature = this.featureOf(column);
    if (this.#picked === column) this.#picked = null;
    else if (feature !== null && feature !== this.looked) {
      this.#picked = null;
      this.#looked = feature;
    } else this.#picked = column;
  }

  /** The picked column becomes this feature; without one the feature is looked at. */
  chooseFeature(feature: number): void {
    const column = this.#picked;
    if (column !== null && !this.canTake(feature)) return;
    this.#looked = feature;
    this.#picked = null;
    const name = this.#chosen().match.details[feature]?.feature;
    if (column !== null && name !== undefined) this.#assign(name, column);
  }

  /** The picked column plays nothing any more. */
  untie(): void {
    const column = this.#picked;
    const feature = column === null ? null : this.featureOf(column);
    this.#picked = null;
    if (feature === null) return;
    this.#looked = feature;
    const name = this.#chosen().match.details[feature]?.feature;
    if (name !== undefined) this.#assign(name, null);
  }
}
