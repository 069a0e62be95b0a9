import type { ShownCells } from "../../../../../engine/kinds/table/window/shown-cells";
import type { TableKeeper } from "../../../../clients";
import { LatestJob } from "../../../../components/latest-job";

/** Cells of the user's own columns, fetched as they come into view. */
export class OwnCells {
  #held = $state.raw<{ readonly cells: ShownCells; readonly columns: readonly number[] } | null>(
    null,
  );
  readonly #job = new LatestJob();
  readonly #fetch: TableKeeper["cells"];

  constructor(fetch: TableKeeper["cells"]) {
    this.#fetch = fetch;
  }

  /** Null if it counts as missing, undefined until it is known. */
  at(row: number, column: number): number | string | null | undefined {
    if (!this.#held) return undefined;
    const { cells, columns } = this.#held;
    const [i, k] = [cells.rows.indexOf(row), columns.indexOf(column)];
    if (i < 0 || k < 0) return undefined;
    const value = cells.columns[k]?.values[i];
    return typeof value === "number" && Number.isNaN(value) ? null : (value ?? null);
  }

  /** @param rows - Of the table, in any order. */
  async want(rows: readonly number[], columns: readonly number[]): Promise<void> {
    const isKnown = (row: number) => columns.every((column) => this.at(row, column) !== undefined);
    if (rows.every(isKnown)) return;
    const signal = this.#job.start();
    const among = Int32Array.from(rows).sort();
    try {
      const asked = { filters: [], from: 0, to: among.length, columns, among };
      const cells = await this.#fetch(asked, { signal });
      if (this.#job.isCurrent(signal)) this.#held = { cells, columns };
    } catch {
      // Cells stay empty; the predictions beside them are what is looked at.
    }
  }
}
