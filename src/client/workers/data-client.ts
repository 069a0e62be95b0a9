import type { DataApi, ReadOptions } from "../../contracts/workers/data-api";
import { AppError } from "../../contracts/outcome";
import type { Call } from "../../contracts/workers/call";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { ColumnProfile, TableProfile } from "../../engine/kinds/table/columns/profile";
import { bestFirst } from "../../engine/kinds/table/match/best-first";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import type { Space } from "../../engine/kinds/table/space/space";
import type { AddedColumn } from "../../engine/kinds/added-column";
import type { WrittenFormat } from "../../engine/kinds/table/write/media-types";
import type { ShownCells, WantedCells } from "../../engine/kinds/table/window/shown-cells";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import { guards } from "./guards";

/** As the reader of delimited text calls what it refuses. */
const DATABASE = "SQLite database";
/** Some milliseconds of handing over. */
const ISLANDS_AT_ONCE = 300;

/** How the table came about that the worker holds. */
interface Opened {
  readonly file: File;
  readonly options: ReadOptions;
  readonly retyped: readonly (readonly [column: number, type: ColumnType])[];
}

/**
 * The page's view of the data worker, which holds the table; the page has the cells that it shows. If the worker dies, a fresh
 * one reads the file again before it is asked for anything else.
 */
export class DataClient {
  readonly #text: LastingThread<DataApi>;
  readonly #formats: LastingThread<DataApi>;
  readonly #databases: LastingThread<DataApi>;
  /** The one that holds the table. */
  #thread: LastingThread<DataApi>;
  readonly #listeners: ((reason: AppError) => void)[] = [];
  #opened: Opened | null = null;

  /**
   * @param spawn - A worker that reads delimited text.
   * @param spawnFormats - One that reads other files and writes everything, which takes longer to load.
   * @param spawnDatabases - One that does so with databases.
   */
  constructor(spawn: () => Worker, spawnFormats: () => Worker, spawnDatabases: () => Worker) {
    this.#text = this.#lasting(spawn, () => this.#text);
    this.#formats = this.#lasting(spawnFormats, () => this.#formats);
    this.#databases = this.#lasting(spawnDatabases, () => this.#databases);
    this.#thread = this.#text;
  }

  #lasting(spawn: () => Worker, self: () => LastingThread<DataApi>): LastingThread<DataApi> {
    return new LastingThread<DataApi>(() => workerThread(spawn()), {
      ...guards,
      onEnd: (reason) => {
        if (this.#thread !== self()) return;
        for (const listener of this.#listeners) listener(reason);
      },
      prepare: async (fresh) => {
        if (!this.#opened || this.#thread !== self()) return;
        const { file, options, retyped } = this.#opened;
        try {
          await fresh.call("read", [file, options]);
          for (const [column, type] of retyped) await fresh.call("retype", [column, type]);
        } catch {
          // Whoever asks for the table is told that there is none.
        }
      },
    });
  }

  /**
   * Read a file in place of the one held before, which stays if this fails or is cancelled.
   *
   * @throws AppError `aborted`, or the reason why the file is no table.
   */
  async read(file: File, options: ReadOptions = {}, call: Call = {}): Promise<TableProfile> {
    const { reader, profile } = await this.#readBy(file, options, call);
    if (reader !== this.#thread) {
      void this.#thread.end();
      this.#thread = reader;
    }
    this.#opened = { file, options, retyped: [] };
    return profile;
  }

  /** What is no delimited text is left to a worker that knows other formats. */
  async #readBy(file: File, options: ReadOptions, call: Call) {
    try {
      const profile = await this.#text.call("read", [file, options], call);
      return { reader: this.#text, profile };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "unsupported_format") throw error;
      const reader = error.details["format"] === DATABASE ? this.#databases : this.#formats;
      const profile = await reader.call("read", [file, options], call);
      return { reader, profile };
    }
  }

  /** @throws AppError `type_not_possible` if the values do not allow the type. */
  async retype(column: number, type: ColumnType): Promise<TableProfile> {
    const profile = await this.#thread.call("retype", [column, type]);
    const opened = this.#opened;
    if (opened) this.#opened = { ...opened, retyped: [...opened.retyped, [column, type]] };
    return profile;
  }

  /**
   * Some cells to be shown.
   *
   * @throws AppError `aborted`; `not_found` if no table was read, or its file cannot be read any more.
   */
  cells(wanted: WantedCells, call: Call = {}): Promise<ShownCells> {
    return this.#thread.call("cells", [wanted], call);
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
   * @param format - Null for that of the file.
   * @param onlyEmpty - Index of a column: rows in which it is not empty are left out. Null: none are.
   * @throws AppError `aborted`; `not_found` if no table was read.
   */
  async write(
    predictions: readonly AddedColumn[],
    format: WrittenFormat | null,
    onlyEmpty: number | null,
    call: Call = {},
  ): Promise<Blob> {
    const opened = this.#opened;
    if (format === null || !opened || this.#thread !== this.#text) {
      return this.#thread.call("write", [predictions, format, onlyEmpty], call);
    }
    try {
      await this.#formats.call("read", [opened.file, opened.options], call);
      return await this.#formats.call("write", [predictions, format, onlyEmpty], call);
    } finally {
      void this.#formats.end();
    }
  }

  /** Ends the workers and lets the table go. */
  dispose(): void {
    for (const thread of [this.#text, this.#formats, this.#databases]) void thread.end();
  }
}
