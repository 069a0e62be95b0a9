import type { DataApi, ReadOptions } from "../../contracts/workers/data-api";
import type { AppError } from "../../contracts/outcome";
import type { Call } from "../../contracts/workers/call";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { ColumnProfile, TableProfile } from "../../engine/kinds/table/columns/profile";
import { bestFirst } from "../../engine/kinds/table/match/best-first";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import type { Space } from "../../engine/kinds/table/space/space";
import type { AddedColumn } from "../../engine/kinds/added-column";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import { guards } from "./guards";

/** Some milliseconds of handing over. */
const ISLANDS_AT_ONCE = 300;

/** How the table came about that the worker holds. */
interface Opened {
  readonly file: File;
  readonly options: ReadOptions;
  readonly retyped: readonly (readonly [column: number, type: ColumnType])[];
}

/**
 * The page's view of the data worker, which holds the table that the page itself never sees. If the worker dies, a fresh
 * one reads the file again before it is asked for anything else.
 */
export class DataClient {
  readonly #thread: LastingThread<DataApi>;
  readonly #listeners: ((reason: AppError) => void)[] = [];
  #opened: Opened | null = null;

  constructor(spawn: () => Worker) {
    this.#thread = new LastingThread<DataApi>(() => workerThread(spawn()), {
      ...guards,
      onEnd: (reason) => {
        for (const listener of this.#listeners) listener(reason);
      },
      prepare: async (fresh) => {
        if (!this.#opened) return;
        const { file, options, retyped } = this.#opened;
        try {
          await fresh.call("read", [file, options]);
          for (const [column, type] of retyped) await fresh.call("retype", [column, type]);
        } catch {
          // Whoever asks for the table is told that there is none.
        }
      },
    });
    this.#thread.start();
  }

  /**
   * Read a file in place of the one held before, which stays if this fails or is cancelled.
   *
   * @throws AppError `aborted`, or the reason why the file is no table.
   */
  async read(file: File, options: ReadOptions = {}, call: Call = {}): Promise<TableProfile> {
    const profile = await this.#thread.call("read", [file, options], call);
    this.#opened = { file, options, retyped: [] };
    return profile;
  }

  /** @throws AppError `type_not_possible` if the values do not allow the type. */
  async retype(column: number, type: ColumnType): Promise<TableProfile> {
    const profile = await this.#thread.call("retype", [column, type]);
    const opened = this.#opened;
    if (opened) this.#opened = { ...opened, retyped: [...opened.retyped, [column, type]] };
    return profile;
  }

  /**
   * The islands that a table of such columns could belong to, best first. They go to the worker some at a time, so that
   * handing them over holds nobody up either.
   *
   * @throws AppError `aborted`
   */
  async rankIslands(
    islands: readonly Space[],
    columns: readonly ColumnProfile[],
    call: Call = {},
  ): Promise<IslandMatch[]> {
    const matches: IslandMatch[] = [];
    for (let at = 0; at < islands.length; at += ISLANDS_AT_ONCE) {
      const some = islands.slice(at, at + ISLANDS_AT_ONCE);
      matches.push(...(await this.#thread.call("rankIslands", [some, columns], call)));
    }
    return matches.sort(bestFirst);
  }

  /** Let the worker at the other end of this port ask for encoded rows. The port is given away. */
  connect(port: MessagePort): Promise<void> {
    return this.#thread.call("serveRows", [port], { moved: [port] });
  }

  /** Tell when the worker is gone, and every port that was connected to it with it. */
  onLost(listener: (reason: AppError) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * The file that was read, with predictions to the right of its own columns.
   *
   * @throws AppError `aborted`; `not_found` if no table was read.
   */
  writeCsv(predictions: readonly AddedColumn[], call: Call = {}): Promise<Blob> {
    return this.#thread.call("writeCsv", [predictions], call);
  }

  /** Ends the worker and lets the table go. */
  dispose(): void {
    void this.#thread.end();
  }
}
