import type { Call } from "../../../contracts/workers/call";
import type {
  ForeignTold,
  PackApi,
  PackedTold,
  PackRequest,
  PackWish,
  PlacesTold,
  RowsTold,
} from "../../../contracts/workers/pack-api";
import type { TableSpace } from "../../../engine/kinds/space";
import type { Secret } from "../../../engine/specification/keyed/secret";
import { LastingThread } from "../../../runtime/threads/lasting-thread";
import { workerThread } from "../../../runtime/threads/worker-thread";
import { isFatal } from "../fatal";
import { guards } from "../guards";

/** The page's view of the worker that makes learnwares of models that were trained elsewhere. It starts with its first call. */
export class PackClient {
  readonly #thread: LastingThread<PackApi>;
  readonly #fetchWasm: () => Promise<Blob>;
  readonly #secret: () => Promise<Secret>;

  /**
   * @param fetchWasm - Fetches onnxruntime's WASM file, so that the worker needs no network.
   * @param secret - Of this browser.
   */
  constructor(spawn: () => Worker, fetchWasm: () => Promise<Blob>, secret: () => Promise<Secret>) {
    this.#fetchWasm = fetchWasm;
    this.#secret = secret;
    this.#thread = new LastingThread<PackApi>(() => workerThread(spawn()), { ...guards, isFatal });
  }

  /** @throws AppError `bad_model`, `unsupported_operator` and others if it cannot be packed. */
  readModel(bytes: Uint8Array<ArrayBuffer>, call: Call = {}): Promise<ForeignTold> {
    return this.#thread.call("readModel", [bytes], call);
  }

  /** The rows that it was trained on; they stay in the worker. */
  readRows(file: File, call: Call = {}): Promise<RowsTold> {
    return this.#thread.call("readRows", [file], call);
  }

  /** @throws AppError `bad_parameter` if it cannot be told which columns the model takes. */
  places(wish: PackWish, spaces: readonly TableSpace[], call: Call = {}): Promise<PlacesTold> {
    return this.#thread.call("places", [wish, spaces], call);
  }

  /** @throws AppError `preflight_failed`, `bad_model`, `bad_parameter` and others as `packModel` does. */
  async pack(request: PackRequest, call: Call = {}): Promise<PackedTold> {
    const [secret, wasm] = await Promise.all([this.#secret(), this.#fetchWasm()]);
    return this.#thread.call("pack", [request, secret, wasm], call);
  }

  /** Lets go of the rows and the model: they go with the worker. */
  release(): void {
    void this.#thread.end();
  }
}
