import { setTimeout } from "node:timers/promises";

import type { z } from "zod";

import type { Health, Readiness } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { BlobStore } from "../../storage/blobs/blob-store";
import type { LearnwareReader } from "../../storage/learnware-store";

/** A store with much to do is given so long to answer; then what it said last counts. */
const PATIENCE_MS = 250;
/** One that was not heard of for longer does not answer. */
const SILENCE_MS = 30_000;
/** What does not answer within that is not ready. */
const READY_MS = 5000;
/** Asked for, not found: the store of blobs has answered. */
const NO_BLOB = "0".repeat(64);

/** Says whether the dock and its store answer: soon, however many requests wait for the store. */
export class HealthService {
  readonly #store: Pick<LearnwareReader, "countIslands">;
  readonly #blobs: Pick<BlobStore, "has">;
  readonly #said: Pick<z.infer<typeof Health>, "name" | "registration">;
  #looking: Promise<Readiness> | null = null;
  #asking: Promise<void> | null = null;
  #heard: { readonly islands: number; readonly at: number } | null = null;

  /** @param said - What the dock is called, and who gets an account. */
  constructor(
    store: Pick<LearnwareReader, "countIslands">,
    blobs: Pick<BlobStore, "has">,
    said: Pick<z.infer<typeof Health>, "name" | "registration">,
  ) {
    this.#store = store;
    this.#blobs = blobs;
    this.#said = said;
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
      return { status: "ok", islands, ...this.#said };
    }
    throw new AppError("network_failed", "the store does not answer");
  }

  /** Asks both now, once for however many want to know. */
  ready(): Promise<Readiness> {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #look(): Promise<Readiness> {
    const [database, blobs] = await Promise.all([
      answers(this.#store.countIslands()),
      answers(this.#blobs.has(NO_BLOB)),
    ]);
    return { database, blobs };
  }

  async #ask(): Promise<void> {
    const islands = await this.#store.countIslands();
    this.#heard = { islands, at: performance.now() };
  }
}

async function answers(asked: Promise<unknown>): Promise<boolean> {
  const patience = new AbortController();
  const { signal } = patience;
  const late = setTimeout(READY_MS, false, { signal }).catch(() => false);
  const answered = asked.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => patience.abort());
}
