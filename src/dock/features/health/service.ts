import { setTimeout } from "node:timers/promises";

import type { z } from "zod";

import type { Health } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { LearnwareReader } from "../../storage/learnware-store";

/** A store with much to do is given so long to answer; then what it said last counts. */
const PATIENCE_MS = 250;
/** One that was not heard of for longer does not answer. */
const SILENCE_MS = 30_000;

/** Says whether the dock and its store answer: soon, however many requests wait for the store. */
export class HealthService {
  readonly #store: Pick<LearnwareReader, "countIslands">;
  readonly #name: string | undefined;
  #asking: Promise<void> | null = null;
  #heard: { readonly islands: number; readonly at: number } | null = null;

  /** @param name - What the dock is called. */
  constructor(store: Pick<LearnwareReader, "countIslands">, name?: string) {
    this.#store = store;
    this.#name = name;
  }

  /** @throws AppError `network_failed` if the store has not answered for half a minute; what it throws. */
  async check(): Promise<z.infer<typeof Health>> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    const patience = new AbortController();
    const { signal } = patience;
    await Promise.race([
      this.#asking,
      setTimeout(this.#heard ? PATIENCE_MS : SILENCE_MS, null, { signal }).catch(() => undefined),
    ]).finally(() => patience.abort());
    if (this.#heard && performance.now() - this.#heard.at < SILENCE_MS) {
      const { islands } = this.#heard;
      return { status: "ok", islands, ...(this.#name !== undefined && { name: this.#name }) };
    }
    throw new AppError("network_failed", "the store does not answer");
  }

  async #ask(): Promise<void> {
    const islands = await this.#store.countIslands();
    this.#heard = { islands, at: performance.now() };
  }
}
