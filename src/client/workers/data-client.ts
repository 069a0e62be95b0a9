import type { DataApi, ReadOptions } from "../../contracts/workers/data-api";
import type { Call } from "../../contracts/workers/call";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { TableProfile } from "../../engine/kinds/table/columns/profile";
import type { AddedColumn } from "../../engine/kinds/added-column";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";

/** The page's view of the data worker, which holds the table that the page itself never sees. */
export class DataClient {
  readonly #thread: LastingThread<DataApi>;

  constructor(spawn: () => Worker) {
    this.#thread = new LastingThread(() => workerThread(spawn()));
    this.#thread.start();
  }

  /**
   * Read a file in place of the one held before, which stays if this fails or is cancelled.
   *
   * @throws AppError `aborted`, or the reason why the file is no table.
   */
  read(file: File, options: ReadOptions = {}, call: Call = {}): Promise<TableProfile> {
    return this.#thread.call("read", [file, options], call);
  }

  /** @throws AppError `type_not_possible` if the values do not allow the type. */
  retype(column: number, type: ColumnType): Promise<TableProfile> {
    return this.#thread.call("retype", [column, type]);
  }

  /** Let the worker at the other end of this port ask for encoded rows. The port is given away. */
  connect(port: MessagePort): Promise<void> {
    return this.#thread.call("serveRows", [port], { moved: [port] });
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
