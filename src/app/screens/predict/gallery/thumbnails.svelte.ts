import type { Call, TableKeeper } from "../../../clients";
import { type ByRow, ofNoRow, withRows } from "./by-row";

/** Thumbnails that are kept: 37 kB each, some screenfuls. */
const MOST_KEPT = 600;

/** Pictures that are looked at, fetched as they come into view. */
export class Thumbnails {
  /** By row, those that came last at the end. */
  #kept = $state.raw<ByRow<ImageData>>(ofNoRow);
  #asked: { readonly rows: readonly number[]; readonly stop: AbortController } | null = null;
  #wanted: readonly number[] = [];
  readonly #fetch: TableKeeper["thumbnails"];
  /** The one that the pictures came in: of another they are others. */
  readonly file: File;

  constructor(fetch: TableKeeper["thumbnails"], file: File) {
    this.#fetch = fetch;
    this.file = file;
  }

  /** Null until it is here. */
  at(row: number): ImageData | null {
    return this.#kept.get(row) ?? null;
  }

  /** These will be looked at. */
  want(rows: readonly number[]): void {
    this.#wanted = rows;
    this.#ask();
  }

  /** One answer at a time is waited for, unless it would be of no use any more. */
  #ask(): void {
    const missing = this.#wanted.filter((row) => !this.#kept.has(row));
    if (missing.length === 0) return;
    const asked = this.#asked;
    if (asked) {
      if (missing.some((row) => asked.rows.includes(row))) return;
      asked.stop.abort();
    }
    const stop = new AbortController();
    this.#asked = { rows: missing, stop };
    void this.#answer(missing, { signal: stop.signal });
  }

  async #answer(rows: readonly number[], call: Call & { signal: AbortSignal }): Promise<void> {
    try {
      const drawn = await this.#fetch(Int32Array.from(rows), call);
      if (call.signal.aborted) return;
      const fresh = drawn.map(
        ({ side, rgba }, i) => [rows[i]!, new ImageData(rgba, side, side)] as const,
      );
      this.#kept = withRows(this.#kept, fresh, MOST_KEPT);
    } catch {
      if (call.signal.aborted) return;
      this.#wanted = []; // Not again and again: whoever moves on asks anew.
    }
    this.#asked = null;
    this.#ask();
  }
}
