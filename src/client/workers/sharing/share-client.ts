import type { Call } from "../../../contracts/workers/call";
import type { KnownIsland, LookedZip, ShareApi } from "../../../contracts/workers/share-api";
import type { Check } from "../../../engine/verify/check";
import type { PackageEdit } from "../../../engine/verify/edit-package";
import { LastingThread } from "../../../runtime/threads/lasting-thread";
import { workerThread } from "../../../runtime/threads/worker-thread";
import { isFatal } from "../fatal";
import { guards } from "../guards";

type Zip = Uint8Array<ArrayBuffer>;

/** The page's view of the worker that looks at learnwares before they are shared. It starts with its first call. */
export class ShareClient {
  readonly #thread: LastingThread<ShareApi>;
  readonly #fetchWasm: () => Promise<Blob>;

  /** @param fetchWasm - Fetches onnxruntime's WASM file, so that the worker needs no network. */
  constructor(spawn: () => Worker, fetchWasm: () => Promise<Blob>) {
    this.#fetchWasm = fetchWasm;
    this.#thread = new LastingThread<ShareApi>(() => workerThread(spawn()), { ...guards, isFatal });
  }

  /** What a zip holds; nothing of it is run. */
  look(zip: Zip, islands: readonly KnownIsland[], call: Call = {}): Promise<LookedZip> {
    return this.#thread.call("look", [zip, islands], call);
  }

  /** @throws AppError `bad_specification` and others if the words are not allowed. */
  edit(zip: Zip, edit: PackageEdit, call: Call = {}): Promise<Zip> {
    return this.#thread.call("edit", [zip, edit], call);
  }

  /** The checks of a dock, made here. A model that does not come to an end is ended with the call. */
  async check(
    zip: Zip,
    islands: readonly KnownIsland[],
    call: Call = {},
  ): Promise<readonly Check[]> {
    return this.#thread.call("check", [zip, islands, await this.#fetchWasm()], call);
  }

  /** Gives its memory back. */
  release(): void {
    void this.#thread.end();
  }
}
