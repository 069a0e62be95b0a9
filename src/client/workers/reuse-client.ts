import type { Call } from "../../contracts/workers/call";
import type {
  BundleWords,
  Preparation,
  Reuse,
  ReusePlan,
} from "../../contracts/workers/reuse-plan";
import type { ReuseApi } from "../../contracts/workers/reuse-api";
import type { ReuserName } from "../../engine/reuse/reuser";
import type { Secret } from "../../engine/specification/keyed/secret";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import { isFatal } from "./fatal";
import { guards } from "./guards";
import { linkRows, type RowGiver } from "./row-link";

/** The page's view of the reuse worker, which runs ONNX models on encoded rows. It starts with its first call. */
export class ReuseClient {
  readonly #thread: LastingThread<ReuseApi>;
  readonly #secret: () => Promise<Secret>;

  /**
   * @param fetchWasm - Fetches onnxruntime's WASM file, so that the worker needs no network.
   * @param secret - Of this browser.
   */
  constructor(
    spawn: () => Worker,
    rows: RowGiver,
    fetchWasm: () => Promise<Blob>,
    secret: () => Promise<Secret>,
  ) {
    this.#secret = secret;
    this.#thread = new LastingThread<ReuseApi>(() => workerThread(spawn()), {
      ...guards,
      isFatal,
      prepare: async (fresh) => {
        await linkRows(rows, (port) => fresh.call("connectRows", [port], { moved: [port] }));
        await fresh.call("start", [await fetchWasm()]);
      },
    });
    rows.onLost?.((reason) => void this.#thread.end(reason));
  }

  /**
   * Try the plan's learnwares and choose a way to reuse them. Those that fail are left out.
   *
   * @throws AppError whose code is `aborted`, `bad_input`, `bad_parameter`, the reason of the first learnware that
   *   failed if all did, or one the data worker answered.
   */
  prepare(plan: ReusePlan, call: Call = {}): Promise<Preparation> {
    return this.#thread.call("prepare", [plan], call);
  }

  /**
   * Predict the first `rows` rows in a way that was prepared.
   *
   * @param plan - Its id.
   * @throws AppError `not_prepared` if the worker has not prepared this plan, or another since; others as `prepare`.
   */
  predict(plan: number, way: ReuserName, rows: number, call: Call = {}): Promise<Reuse> {
    return this.#thread.call("predict", [plan, way, rows], call);
  }

  /**
   * Write down what predicts in a way that was prepared: a zip, as `bundleEnsemble` fills it.
   *
   * @throws AppError `not_exportable` if it cannot be written as one model; others as `predict`.
   */
  async bundle(plan: number, way: ReuserName, words: BundleWords, call: Call = {}): Promise<Blob> {
    return this.#thread.call("bundle", [plan, way, words, await this.#secret()], call);
  }

  /** Gives the models' memory back, which goes with the worker only: a WebAssembly heap never shrinks. */
  release(): void {
    void this.#thread.end();
  }
}
