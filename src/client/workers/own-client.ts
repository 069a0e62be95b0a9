import type { Call } from "../../contracts/workers/call";
import type { OwnApi } from "../../contracts/workers/own-api";
import type {
  OwnRequest,
  OwnResult,
  OwnShared,
  OwnTrained,
  PlacedTexts,
} from "../../contracts/workers/own-plan";
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
   * What was trained last, as files that need no Berth: a zip, as `bundleOwn` and `bundlePictures` fill it.
   *
   * @param ofPictures - Whether it was trained on pictures: the embedder goes with it then.
   * @throws AppError `not_prepared` if the worker has trained nothing; of pictures as `fetchLook` does.
   */
  async bundle(words: BundleWords, ofPictures: boolean, call: Call = {}): Promise<Blob> {
    const look = ofPictures ? await (await import("./look-file")).fetchLook(call) : null;
    return this.#thread.call("bundle", [words, await this.#secret(), look], call);
  }

  /**
   * What was trained last, as a learnware to be shared; its outline passed every check.
   *
   * @param texts - Those that it learned from, as `DataClient.placeTexts` placed them; null of what takes none.
   * @throws AppError `preflight_failed` and others if it may not be; `not_exportable` where the rows that it learned from are gone.
   */
  async share(sentence: string, texts: PlacedTexts | null, call: Call = {}): Promise<OwnShared> {
    return this.#thread.call("share", [sentence, await this.#secret(), texts], call);
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
