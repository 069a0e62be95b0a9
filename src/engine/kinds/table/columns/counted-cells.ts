const MOST_ROWS = 3;

/** Some cells of a column: how many, and where the first of them are. */
export class CountedCells {
  count = 0;
  /** Counted from 1, in the order in which they were noted; at most 3. */
  readonly rows: number[] = [];

  note(row: number): void {
    this.count++;
    if (this.rows.length < MOST_ROWS) this.rows.push(row);
  }
}

export interface CellCount {
  readonly count: number;
  /** First rows, counted from 1; at most 3. */
  readonly rows: readonly number[];
}

/** Several counts as one, with the first rows of all. */
export function together(counts: readonly CellCount[]): CellCount {
  return {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    rows: counts
      .flatMap(({ rows }) => rows)
      .sort((a, b) => a - b)
      .slice(0, MOST_ROWS),
  };
}
