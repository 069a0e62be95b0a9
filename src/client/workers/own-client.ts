import type { Call } from "../../contracts/workers/call";
import type { OwnApi } from "../../contracts/workers/own-api";
import type { OwnRequest, OwnResult, OwnTrained } from "../../contracts/workers/own-plan";
import type { BundleWords } from "../../contracts/workers/reuse-plan";
import type { Predictions } from "../../engine/reuse/predict/predictions";
import type { Secret } from "../../engine/specification/keyed/secret";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import { isFatal } from "./fatal";
import { guards } from "./guards";
import { linkRows, type RowGiver } from "./row-link";

/** The page's view of the worker that trains a model on the user's own columns. It starts with its first call. */
export class OwnClient {
  readonly #thread: LastingThread<OwnApi>;
  readonly #secret: () => Promise<Secret>;

  /** @param secret - Of this browser. */
  constructor(spawn: () => Worker, rows: RowGiver, secret: () => Promise<Secret>) {
    this.#secret = secret;
    this.#thread = new LastingThread<OwnApi>(() => workerThread(spawn()), {
      ...guards,
      isFatal,
      prepare: (fresh) =>
        linkRows(rows, (port) => fresh.call("connectRows", [port], { moved: [port] })),
    });
    rows.onLost?.((reason) => void this.#thread.end(reason));
  }

  /** @throws AppError `aborted`; `no_usable_rows` with a `reason` of `NoOwnModel`. */
  train(request: OwnRequest, call: Call = {}): Promise<OwnResult> {
    return this.#thread.call("train", [request], call);
  }

  /**
   * Predict the rows of the table that is open now with what was trained last.
   *
   * @throws AppError `not_prepared` if the worker has trained nothing.
   */
  predict(call: Call = {}): Promise<Predictions> {
    return this.#thread.call("predict", [], call);
  }

  /**
   * What was trained last, as files that need no Berth: a zip, as `bundleOwn` fills it.
   *
   * @throws AppError `not_prepared` if the worker has trained nothing.
   */
  async bundle(words: BundleWords, call: Call = {}): Promise<Blob> {
    return this.#thread.call("bundle", [words, await this.#secret()], call);
  }

  /**
   * What was trained last, to be kept; it holds no row.
   *
   * @throws AppError `not_prepared` if the worker has trained nothing.
   */
  trained(call: Call = {}): Promise<OwnTrained> {
    return this.#thread.call("trained", [], call);
  }

  /** Go on with what was kept, as if it were trained last. */
  async use(kept: OwnTrained, call: Call = {}): Promise<void> {
    await this.#thread.call("use", [kept], call);
  }

  /** Lets go of the model, and of the rows that it learned from: they go with the worker. */
  release(): void {
    void this.#thread.end();
  }
}
