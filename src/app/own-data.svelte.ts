/** Where a table in the tab lies among what the dock has. */
export interface Berthed {
  readonly fileName: string;
  readonly rows: number;
  readonly islandId: string;
  /** Compared with its rows, the nearest first; empty before a search. */
  readonly nearest: readonly { readonly id: string; readonly similarity: number }[];
}

/** The user's table as other screens may know it; nothing of it leaves through them. */
export class OwnData {
  #read = $state.raw<() => Berthed | null>(() => null);

  /** Null before a table has found an island. */
  get berthed(): Berthed | null {
    return this.#read();
  }

  /** @param read - Tells at any time where the table lies, from state that the page follows. */
  follow(read: () => Berthed | null): void {
    this.#read = read;
  }
}
