import type { Call } from "../../contracts/workers/call";
import type { ChartApi } from "../../contracts/workers/chart-api";
import type { ChartIsland } from "../../engine/chart/chart";
import type { Outlines } from "../../engine/chart/coasts";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import { isFatal } from "./fatal";
import { guards } from "./guards";

/** Draws coasts in a worker that starts when it is asked and ends with its answer: a chart is outlined once. */
export class ChartClient {
  readonly #thread: LastingThread<ChartApi>;

  constructor(spawn: () => Worker) {
    this.#thread = new LastingThread(() => workerThread(spawn()), { ...guards, isFatal });
  }

  async outline(islands: readonly ChartIsland[], call: Call = {}): Promise<readonly Outlines[]> {
    try {
      return await this.#thread.call("outline", [islands], call);
    } finally {
      await this.#thread.end();
    }
  }
}
