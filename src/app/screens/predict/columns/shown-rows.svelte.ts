import type { ColumnFilter } from "../../../../engine/kinds/table/window/filter-rows";
import type { CellsOfColumn, ShownCells } from "../../../../engine/kinds/table/window/shown-cells";
import type { TableKeeper } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import type { LoadedTable } from "./table.svelte";

/** Rows and columns of the table; `to` is one past the last row. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly number[];
}

interface Held extends Part {
  readonly cells: ShownCells;
}

/** Rows fetched beyond those asked for, on each side: what a short move will need. */
const BEYOND = 60;

/** What is shown of a table: which rows pass the filters, and the cells of those that are looked at. */
export class ShownRows {
  readonly table: LoadedTable;
  #filters = $state.raw<readonly ColumnFilter[]>([]);
  #held = $state.raw<Held | null>(null);
  #passing = $state<number | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #wanted: Part | null = null;
  #asked: { readonly part: Part; readonly stop: AbortController } | null = null;
  readonly #fetch: TableKeeper["cells"];

  /** @param before - What was shown until now: its filters stay where they still mean the same. */
  constructor(fetch: TableKeeper["cells"], table: LoadedTable, before: ShownRows | null) {
    this.#fetch = fetch;
    this.table = table;
    if (before !== null && before.#hasRowsOf(table)) {
      this.#filters = before.filters.filter(
        ({ column }) =>
          table.profile.columns[column]?.type === before.table.profile.columns[column]?.type,
      );
    }
  }

  get filters(): readonly ColumnFilter[] {
    return this.#filters;
  }

  /** How many rows are shown. */
  get count(): number {
    return this.#passing ?? this.table.profile.rows;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** The cells of these rows and columns will be looked at. */
  want(part: Part): void {
    this.#wanted = part;
    this.#ask();
  }

  /** Which row of the table stands at a place; undefined until it is known. */
  rowAt(place: number): number | undefined {
    const held = this.#held;
    return held?.cells.rows[place - held.from];
  }

  /** A cell: null if it counts as missing, undefined until it is known. */
  cellAt(place: number, column: number): number | string | null | undefined {
    const held = this.#held;
    const cells = held?.cells.columns[held.columns.indexOf(column)];
    return held && cells ? valueOf(cells, place - held.from) : undefined;
  }

  filterOf(column: number): ColumnFilter {
    const none = { column, bins: [], values: [], missing: false };
    return this.#filters.find((filter) => filter.column === column) ?? none;
  }

  toggleBin(column: number, bin: number): void {
    const filter = this.filterOf(column);
    this.#set({ ...filter, bins: toggled(filter.bins, bin).toSorted((a, b) => a - b) });
  }

  toggleValue(column: number, value: string): void {
    const filter = this.filterOf(column);
    this.#set({ ...filter, values: toggled(filter.values, value) });
  }

  toggleMissing(column: number): void {
    const filter = this.filterOf(column);
    this.#set({ ...filter, missing: !filter.missing });
  }

  clear(column: number): void {
    this.#set({ column, bins: [], values: [], missing: false });
  }

  clearAll(): void {
    this.#apply([]);
  }

  #hasRowsOf({ file, profile }: LoadedTable): boolean {
    const before = this.table;
    const isSame = before.file === file && before.profile.sheet === profile.sheet;
    return isSame && before.profile.dialect.hasHeader === profile.dialect.hasHeader;
  }

  #set(filter: ColumnFilter): void {
    const others = this.#filters.filter(({ column }) => column !== filter.column);
    const isOff = filter.bins.length + filter.values.length === 0 && !filter.missing;
    this.#apply(isOff ? others : [...others, filter]);
  }

  #apply(filters: readonly ColumnFilter[]): void {
    this.#filters = filters;
    this.#asked?.stop.abort();
    this.#asked = null;
    this.#held = null;
    if (filters.length === 0) this.#passing = null;
    this.#ask();
  }

  /** One answer at a time is waited for, unless it would be of no use any more. */
  #ask(): void {
    const wanted = this.#wanted;
    if (!wanted || covers(this.#held, wanted, this.count)) return;
    if (this.#asked && touches(this.#asked.part, wanted)) return;
    this.#asked?.stop.abort();
    const part = { ...wanted, from: Math.max(0, wanted.from - BEYOND), to: wanted.to + BEYOND };
    const stop = new AbortController();
    this.#asked = { part, stop };
    void this.#answer(part, stop.signal);
  }

  async #answer(part: Part, signal: AbortSignal): Promise<void> {
    const filters = this.#filters;
    try {
      const cells = await this.#fetch({ filters, ...part }, { signal });
      if (signal.aborted) return;
      this.#held = { ...part, cells };
      this.#passing = filters.length > 0 ? cells.passing : null;
      this.#problem = null;
    } catch (error) {
      if (signal.aborted) return;
      this.#problem = problemOf(error);
      this.#wanted = null; // Not again and again: whoever moves on asks anew.
    }
    this.#asked = null;
    this.#ask();
  }
}

function toggled<T>(items: readonly T[], item: T): T[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}

function covers(held: Held | null, { from, to, columns }: Part, count: number): boolean {
  if (!held || held.from > from || held.to < Math.min(to, count)) return false;
  const have = new Set(held.columns);
  return columns.every((column) => have.has(column));
}

function touches(asked: Part, wanted: Part): boolean {
  const have = new Set(asked.columns);
  return (
    asked.from < wanted.to && wanted.from < asked.to && wanted.columns.some((one) => have.has(one))
  );
}

function valueOf(cells: CellsOfColumn, place: number): number | string | null | undefined {
  const value = cells.values[place];
  return typeof value === "number" && Number.isNaN(value) ? null : value;
}
