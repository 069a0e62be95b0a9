import type { Component } from "svelte";

import type { KindName } from "../../engine/ground/kind-name";

/** A message that left the tab with something of the user's in it. */
export interface Departure {
  /** In milliseconds, on this device's clock. */
  readonly at: number;
  /** What it says of the user: an outline of rows, one hidden in noise, words that were typed, or a learnware to be published. */
  readonly kind: "outline" | "noisy" | "words" | "learnware";
  /** The message, to the byte; of a learnware what of it can be read. */
  readonly body: string;
  readonly bytes: number;
}

/** A view with what its screen has for it. */
interface View {
  readonly view: Component<Record<string, never>>;
  provide(): void;
}

/** What of the user's is in the tab. */
export interface Held {
  readonly of: KindName;
  readonly count: number;
  readonly bytes: number;
  /** What does the sums, in words; null before any were done. */
  readonly compute: string | null;
  /** What is about to come: a search with the rows, or a choice first, by which nothing leaves. */
  readonly next: "search" | "choice" | null;
  /** What is told of the last message beside its bytes; null where there is nothing. */
  readonly details: View | null;
}

/** What stayed in the tab and what left it, told on every screen. */
export class Quay {
  #left = $state.raw<readonly Departure[]>([]);
  #held = $state.raw<() => Held | null>(() => null);

  get left(): readonly Departure[] {
    return this.#left;
  }

  /** All bytes that left. */
  get bytesLeft(): number {
    return this.#left.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get held(): Held | null {
    return this.#held();
  }

  /** @param read - Tells at any time what is held, from state that the page follows. */
  follow(read: () => Held | null): void {
    this.#held = read;
  }

  depart(
    kind: Departure["kind"],
    body: string,
    bytes = new TextEncoder().encode(body).length,
  ): void {
    this.#left = [...this.#left, { at: Date.now(), kind, body, bytes }];
  }
}
