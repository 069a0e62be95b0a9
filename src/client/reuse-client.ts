import { transfer } from "comlink";

import { type Outcome, unwrap } from "../contracts/outcome";
import type { Predictions, ReuseApi, ReusePlan } from "../contracts/reuse-api";
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
   * Run the plan's learnwares on all rows and average them by weight.
   *
   * @throws AppError whose code is `aborted`, `bad_input`, `bad_package`, `package_too_large`, `bad_model`,
   *   `unsupported_operator`, `out_of_memory`, or one the data worker answered.
   */
  async predict(plan: ReusePlan, call: Call = {}): Promise<Predictions> {
    return this.#link.run((...job) => this.#link.remote.predict(plan, ...job), call);
  }

  /** Frees the models' memory. The client is unusable afterwards. */
  dispose(): void {
    this.#link.dispose();
  }
}
