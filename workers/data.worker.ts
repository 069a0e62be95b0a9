/** @file Holds the user's table. Raw rows never leave this worker except as encoded numbers or as the download. */

import "../src/contracts/no-eval";

import type { DataApi, RowSource } from "../src/contracts/workers/data-api";
import { AppError } from "../src/contracts/outcome";
import { scriptTable } from "../src/engine/export/templates/script-inputs";
import { ownColumns } from "../src/engine/kinds/table/rows/table-rows";
import type { TableSource } from "../src/engine/kinds/table/read/source";
import { retype } from "../src/engine/kinds/table/columns/typed-table";
import { byteTools, streamChunks } from "../src/runtime/byte-tools";
import { drive } from "../src/runtime/threads/drive";
import { serve, type Served, stopIfAborted } from "../src/runtime/threads/serve";
import { rankIslands } from "../src/engine/kinds/table/match/related";
import { readAnswers } from "../src/engine/kinds/table/columns/read-answers";
import { kindOf } from "../src/engine/kinds/index";
import { openTable, type OpenTable } from "../src/engine/kinds/table/read/index";

let held: OpenTable | null = null;
/** Answers to reads that a later read overtook must not replace its table. */
let latestRead = 0;

serve<DataApi>({
  async read(file, options, job) {
    const turn = ++latestRead;
    const opened = await drive(openTable(sourceOfFile(file), file.name, options), job);
    stopIfAborted(job.signal);
    if (turn !== latestRead) throw new AppError("aborted", "a later file was opened");
    held = opened;
    return opened.read.profile;
  },

  retype(column, type) {
    const table = heldTable();
    held = { ...table, read: retype(table.read, column, type) };
    return held.read.profile;
  },

  rankIslands: (islands, columns) => rankIslands(islands, columns),

  serveRows: (port) => serve(rowSource, port),

  async writeCsv(predictions, job) {
    const { write, mediaType } = heldTable();
    const parts = new FileParts();
    await drive(
      write(predictions, (piece) => parts.add(piece)),
      job,
    );
    stopIfAborted(job.signal);
    return parts.finish(mediaType);
  },
});

const rowSource: Served<RowSource> = {
  scaledRows(island, matches, job) {
    const { table } = heldTable().read;
    const plan = { space: island, placed: matches };
    const { data, rows, cols } = kindOf(island).points(table, plan);
    return job.give({ data, rows, cols });
  },

  reuseRows(island, matches, answersColumn, rows, withOwn, job) {
    const { table } = heldTable().read;
    const plan = { space: island, placed: matches };
    const answers = withOwn ? answersColumn : undefined;
    return job.give(kindOf(island).rows(table, plan, rows, answers));
  },

  scriptTable(answersColumn) {
    const { table, profile } = heldTable().read;
    return scriptTable(table.columns, ownColumns(table, answersColumn), profile.dialect);
  },

  answers(column, task) {
    const chosen = heldTable().read.table.columns[column];
    if (!chosen) throw new AppError("not_found", `there is no column ${column}`);
    return readAnswers(chosen, task);
  },
};

function heldTable(): OpenTable {
  if (!held) throw new AppError("not_found", "no table is open; open a file first");
  return held;
}

function sourceOfFile(file: File): TableSource {
  return {
    sizeBytes: file.size,
    tools: byteTools,
    async *open() {
      try {
        yield* streamChunks(file.stream());
      } catch (cause) {
        const message =
          "this file cannot be read any more: it was moved or changed. Open it again.";
        throw new AppError("not_found", message, {}, { cause });
      }
    },
  };
}

/** A file handed to the browser's blob store piece by piece, so that it does not pile up in this worker. */
class FileParts {
  static readonly #PIECE = 1 << 22;
  readonly #blobs: Blob[] = [];
  #waiting: (string | Uint8Array<ArrayBuffer>)[] = [];
  #waitingLength = 0;

  add(piece: string | Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(piece);
    this.#waitingLength += piece.length;
    if (this.#waitingLength >= FileParts.#PIECE) this.#flush();
  }

  finish(type: string): Blob {
    this.#flush();
    return new Blob(this.#blobs, { type });
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#waitingLength = 0;
  }
}
