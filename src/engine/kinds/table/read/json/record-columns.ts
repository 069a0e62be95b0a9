import { displayNames } from "../../columns/names";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import { heldCells } from "../cells/held-cells";
import { requireWidth } from "../cells/limits";
import { noTable } from "../cells/no-table";

/** Gathers records into columns. A record within one gives columns such as "size.width"; what is nested deeper is left out. */
export class RecordColumns {
  readonly #format: string;
  readonly #columns = new Map<string, Cell[]>();
  readonly #nested = new Set<string>();
  /** Records within records. */
  readonly #apart = new Set<string>();
  #rows = 0;

  constructor(format: string) {
    this.#format = format;
  }

  /** So far. */
  get rows(): number {
    return this.#rows;
  }

  add(record: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(record)) {
      if (!isRecord(value)) this.#set(name, value);
      else {
        this.#apart.add(name);
        for (const [inner, part] of Object.entries(value)) this.#set(`${name}.${inner}`, part);
      }
    }
    this.#rows++;
  }

  /** @throws EngineError `no_table` if there is no plain value. */
  finish(): LoadedTable {
    for (const name of this.#nested) this.#columns.delete(name);
    // A record that is null in some rows is no column beside its own.
    for (const name of this.#apart) {
      if (this.#columns.get(name)?.every((cell) => cell === null)) this.#columns.delete(name);
    }
    const written = [...this.#columns.keys()];
    if (written.length === 0) throw noTable(this.#format, "its records hold no plain values");
    for (const cells of this.#columns.values()) {
      while (cells.length < this.#rows) cells.push(null);
    }
    const { names, warnings } = displayNames(written, written.length);
    return {
      table: heldCells(names, [...this.#columns.values()]),
      isNamed: written.map((name) => name.trim() !== ""),
      hasHeader: true,
      warnings: [
        ...warnings,
        ...[...this.#nested].map(
          (column) => ({ code: "nested_column", column, count: 1 }) as const,
        ),
      ],
    };
  }

  #set(name: string, value: unknown): void {
    if (value === undefined) return;
    let column = this.#columns.get(name);
    if (!column) {
      column = [];
      requireWidth(this.#columns.size + 1);
      this.#columns.set(name, column);
    }
    while (column.length < this.#rows) column.push(null);
    if (typeof value === "object" && value !== null) this.#nested.add(name);
    else column[this.#rows] = value as Cell;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
