import { transfer } from "comlink";

import type { DataApi, ReadOptions } from "../../contracts/workers/data-api";
import { type Outcome, unwrap } from "../../contracts/outcome";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { TableProfile } from "../../engine/kinds/table/columns/profile";
import { type Call, WorkerLink } from "./worker-link";
import type { AddedColumn } from "../../engine/kinds/added-column";

/** The page's view of the data worker, which holds the table that the page itself never sees. */
export class DataClient {
  readonly #link: WorkerLink<DataApi>;

  constructor(worker: Worker) {
    this.#link = new WorkerLink<DataApi>(worker);
  }

  /**
   * Read a file in place of the one held before, which stays if this fails or is cancelled.
   *
   * @throws AppError `aborted`, or the reason why the file is no table.
   */
  async read(file: File, options: ReadOptions = {}, call: Call = {}): Promise<TableProfile> {
    return this.#link.run((...job) => this.#link.remote.read(file, options, ...job), call);
  }

  /** @throws AppError `type_not_possible` if the values do not allow the type. */
  async retype(column: number, type: ColumnType): Promise<TableProfile> {
    return unwrap(
      await this.#link.ask<Outcome<TableProfile>>(this.#link.remote.retype(column, type)),
    );
  }

  /** Let the worker at the other end of this port ask for encoded rows. The port is given away. */
  async connect(port: MessagePort): Promise<void> {
    await this.#link.ask(this.#link.remote.serveRows(transfer(port, [port])));
  }

  /**
   * The file that was read, with predictions to the right of its own columns.
   *
   * @throws AppError `aborted`; `not_found` if no table was read.
   */
  async writeCsv(predictions: readonly AddedColumn[], call: Call = {}): Promise<Blob> {
    return this.#link.run((...job) => this.#link.remote.writeCsv(predictions, ...job), call);
  }

  /** Ends the worker and lets the table go. The client is unusable afterwards. */
  dispose(): void {
    this.#link.dispose();
  }
}
