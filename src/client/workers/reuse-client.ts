import { transfer } from "comlink";

import { type Outcome, unwrap } from "../../contracts/outcome";
import type {
  BundleWords,
  Preparation,
  Reuse,
  ReuseApi,
  ReusePlan,
} from "../../contracts/workers/reuse-api";
import type { ReuserName } from "../../engine/reuse/reuser";
import { type Call, WorkerLink } from "./worker-link";

/** The page's view of the reuse worker, which runs ONNX models on encoded rows. */
export class ReuseClient {
  readonly #link: WorkerLink<ReuseApi>;

  constructor(worker: Worker) {
    this.#link = new WorkerLink<ReuseApi>(worker);
  }

  /** Hand in the port over which the data worker gives encoded rows. The port is moved. */
  async connectRows(port: MessagePort): Promise<void> {
    await this.#link.ask(this.#link.remote.connectRows(transfer(port, [port])));
  }

  /**
   * Hand in onnxruntime's WASM file, so that the worker needs no network. `ortWasm` is moved.
   *
   * @throws AppError `internal` if the runtime does not start with these bytes.
   */
  async start(ortWasm: ArrayBuffer): Promise<void> {
    const started = this.#link.remote.start(transfer(ortWasm, [ortWasm]));
    unwrap(await this.#link.ask<Outcome<void>>(started));
  }

  /**
   * Try the plan's learnwares and choose a way to reuse them. Those that fail are left out.
   *
   * @throws AppError whose code is `aborted`, `bad_input`, `bad_parameter`, the reason of the first learnware that
   *   failed if all did, or one the data worker answered.
   */
  async prepare(plan: ReusePlan, call: Call = {}): Promise<Preparation> {
    return this.#link.run((...job) => this.#link.remote.prepare(plan, ...job), call);
  }

  /**
   * Predict the first `rows` rows in a way that was prepared.
   *
   * @param plan - Its id.
   * @throws AppError `not_prepared` if the worker has not prepared this plan, or another since; others as `prepare`.
   */
  async predict(plan: number, way: ReuserName, rows: number, call: Call = {}): Promise<Reuse> {
    return this.#link.run((...job) => this.#link.remote.predict(plan, way, rows, ...job), call);
  }

  /**
   * Write down what predicts in a way that was prepared: a zip, as `bundleEnsemble` fills it.
   *
   * @throws AppError `not_exportable` if it cannot be written as one model; others as `predict`.
   */
  async bundle(plan: number, way: ReuserName, words: BundleWords, call: Call = {}): Promise<Blob> {
    return this.#link.run((...job) => this.#link.remote.bundle(plan, way, words, ...job), call);
  }

  /** Frees the models' memory. The client is unusable afterwards. */
  dispose(): void {
    this.#link.dispose();
  }
}
