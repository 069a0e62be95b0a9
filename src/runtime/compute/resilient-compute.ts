import type { Compute, ComputeName } from "../../engine/specification/kernel/compute";
import { DeviceFailure } from "../device";
import type { Threads } from "./parallel/parallel-compute";

type Choice = ComputeName | "auto";

/** Where jobs run: on the implementation that was chosen, and where it fails under a job, on the next safer one. */
export class ResilientCompute {
  readonly #open: (choice: Choice, threads?: Threads) => Promise<Compute>;
  #choice: Choice = "auto";
  #threads: Threads | undefined;
  #current: Promise<Compute> | null = null;

  /** @param threads - For WASM; given up for good once one of them has failed. */
  constructor(
    open: (choice: Choice, threads?: Threads) => Promise<Compute>,
    threads: Threads | undefined,
  ) {
    this.#open = open;
    this.#threads = threads;
  }

  /** Use another implementation from now on. No job may be running. */
  async use(choice: Choice): Promise<void> {
    if (choice === this.#choice) return;
    this.#choice = choice;
    await this.dispose();
  }

  /**
   * Run a job. When the GPU fails under it, again in WASM; when a helper thread does, on one thread.
   *
   * @returns What the job answered, and which implementation did it.
   */
  async run<T>(
    job: (compute: Compute) => Promise<T>,
  ): Promise<{ readonly result: T; readonly compute: ComputeName }> {
    for (;;) {
      this.#current ??= this.#open(this.#choice, this.#threads);
      const compute = await this.#current;
      try {
        return { result: await job(compute), compute: compute.name };
      } catch (error) {
        if (!(error instanceof DeviceFailure) || !this.#stepDown(compute.name)) throw error;
        console.warn(error.message);
        await this.dispose();
      }
    }
  }

  /** Frees devices and threads; the next job opens them again. */
  async dispose(): Promise<void> {
    const old = this.#current;
    this.#current = null;
    const compute = await old?.catch(() => null);
    compute?.dispose();
  }

  #stepDown(from: ComputeName): boolean {
    if (from === "webgpu") this.#choice = "wasm";
    else if (this.#threads) this.#threads = undefined;
    else return false;
    return true;
  }
}
