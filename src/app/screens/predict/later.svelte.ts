import type { Component, Snippet } from "svelte";

import { AppError } from "../../../contracts/outcome";
import { type Problem, problemOf } from "../../problem";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { LoadedTable } from "./columns/table.svelte";
import type { PredictWords } from "./english";

interface Views {
  readonly Workspace: Component<{ loaded: LoadedTable; reading: Snippet | null }>;
}

interface Parts {
  readonly views: Views;
  readonly vocabulary: Vocabulary<PredictWords>;
}

/** What the first screen can do without: the workspace and its words, fetched when they are first needed. */
export class Later {
  #parts = $state.raw<Parts | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #loading: Promise<void> | null = null;
  readonly #fetch: () => Promise<Parts>;

  constructor(fetch: () => Promise<Parts>) {
    this.#fetch = fetch;
  }

  /** Null before they are here. */
  get views(): Views | null {
    return this.#parts?.views ?? null;
  }

  /** Why they did not come the last time. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Of the workspace, which is shown only once they are here. */
  get words(): PredictWords {
    if (!this.#parts) throw new Error("the words of the workspace are not here yet");
    return this.#parts.vocabulary.words;
  }

  /** Fetch them if they are not here. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    this.#problem = null;
    try {
      this.#parts = await this.#fetch();
    } catch (cause) {
      this.#loading = null;
      this.#problem = problemOf(
        new AppError("network_failed", "the workspace did not load", {}, { cause }),
      );
    }
  }
}
