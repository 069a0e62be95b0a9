import type { DataApi, ReadOptions } from "../../contracts/workers/data-api";
import type { Embedded } from "../../contracts/workers/embedded";
import { AppError } from "../../contracts/outcome";
import type { Call } from "../../contracts/workers/call";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { ColumnProfile, TableProfile } from "../../engine/kinds/table/columns/profile";
import { bestFirst } from "../../engine/kinds/table/match/best-first";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import { isOfTables, type Space } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { AddedColumn } from "../../engine/kinds/added-column";
import type { WrittenFormat } from "../../engine/kinds/table/write/media-types";
import type { ShownCells, WantedCells } from "../../engine/kinds/table/window/shown-cells";
import { type Lasting, LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import type { EmbedderFiles } from "../../contracts/workers/embedded";
import type { PicturesApi, Thumbnail } from "../../contracts/workers/pictures-api";
import type { PlacedTexts } from "../../contracts/workers/own-plan";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { guards } from "./guards";

/** As the reader of delimited text calls what it refuses. */
const DATABASE = "SQLite database";
const ZIP = "zip archive";
const EMPTY_ZIP = "empty zip archive";
/** Some milliseconds of handing over. */
const ISLANDS_AT_ONCE = 300;

/** @param format - What was refused as a table. */
async function isOfPictures(file: File, format: string | number | undefined): Promise<boolean> {
  if (format !== ZIP && format !== EMPTY_ZIP) return false;
  return (await import("./what-it-is")).isZipOfPictures(file);
}

/** How the table came about that the worker holds. */
interface Opened {
  readonly file: File;
  readonly options: ReadOptions;
  readonly retyped: readonly (readonly [column: number, type: ColumnType])[];
  /** Columns of labels given by hand to pictures, in the order in which they were made. */
  readonly labelled: readonly Parameters<PicturesApi["label"]>[];
  /** Answers given by hand to the rows of a table. */
  readonly answers: Parameters<DataApi["giveAnswers"]> | null;
}

/**
 * The page's view of the data worker, which holds the table; the page has the cells that it shows. If the worker dies, a fresh
 * one reads the file again before it is asked for anything else.
 */
export class DataClient {
  readonly #text: LastingThread<DataApi>;
  readonly #formats: LastingThread<DataApi>;
  readonly #databases: LastingThread<DataApi>;
  readonly #pictures: LastingThread<PicturesApi>;
  /** The one that holds the table. */
  #thread: LastingThread<DataApi>;
  readonly #listeners: ((reason: AppError) => void)[] = [];
  #opened: Opened | null = null;
  /** What the worker that runs now has placed of the table, by space and column. */
  readonly #embedded = new Map<string, Embedded>();
  /** Whether that worker has what places pictures. */
  #hasEmbedder = false;

  /**
   * @param spawn - A worker that reads delimited text.
   * @param spawnFormats - One that reads other files and writes everything, which takes longer to load.
   * @param spawnDatabases - One that does so with databases.
   * @param spawnPictures - One that holds pictures.
   */
  constructor(
    spawn: () => Worker,
    spawnFormats: () => Worker,
    spawnDatabases: () => Worker,
    spawnPictures: () => Worker,
  ) {
    const how = (self: () => object): Lasting<DataApi> => this.#how(self);
    const started = (from: () => Worker) => () => workerThread(from());
    this.#text = new LastingThread<DataApi>(
      started(spawn),
      how(() => this.#text),
    );
    this.#formats = new LastingThread<DataApi>(
      started(spawnFormats),
      how(() => this.#formats),
    );
    this.#databases = new LastingThread<DataApi>(
      started(spawnDatabases),
      how(() => this.#databases),
    );
    const ofPictures = how(() => this.#pictures);
    this.#pictures = new LastingThread<PicturesApi>(started(spawnPictures), {
      ...ofPictures,
      prepare: async (fresh) => {
        await ofPictures.prepare?.(fresh);
        for (const label of this.#opened?.labelled ?? []) await fresh.call("label", label);
      },
    });
    this.#thread = this.#text;
  }

  /** @param self - The thread that this is for. */
  #how(self: () => object): Lasting<DataApi> {
    return {
      ...guards,
      onEnd: (reason) => {
        if (this.#thread !== self()) return;
        this.#embedded.clear();
        this.#hasEmbedder = false;
        for (const listener of this.#listeners) listener(reason);
      },
      prepare: async (fresh) => {
        if (!this.#opened || this.#thread !== self()) return;
        const { file, options, retyped, answers } = this.#opened;
        try {
          await fresh.call("read", [file, options]);
          for (const [column, type] of retyped) await fresh.call("retype", [column, type]);
          if (answers) await fresh.call("giveAnswers", answers);
        } catch {
          // Whoever asks for the table is told that there is none.
        }
      },
    };
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
    this.#opened = { file, options, retyped: [], labelled: [], answers: null };
    this.#embedded.clear();
    return profile;
  }

  /** What is no delimited text is left to a worker that knows other formats. */
  async #readBy(file: File, options: ReadOptions, call: Call) {
    if (file.type.startsWith("image/")) {
      const profile = await this.#pictures.call("read", [file, options], call);
      return { reader: this.#pictures, profile };
    }
    try {
      const profile = await this.#text.call("read", [file, options], call);
      return { reader: this.#text, profile };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, details } = error;
      const isPicture = code === "binary_file" && String(details["format"]).endsWith("picture");
      if (!isPicture && code !== "unsupported_format") throw error;
      if (isPicture || (await isOfPictures(file, details["format"]))) {
        const profile = await this.#pictures.call("read", [file, options], call);
        return { reader: this.#pictures, profile };
      }
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
   * The islands that the table could belong to, were its columns such, best first. They go to the worker some at a time, so that
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
    const files = this.#thread === this.#pictures ? await this.#pictureEmbedder(call) : null;
    for (let at = 0; at < islands.length; at += ISLANDS_AT_ONCE) {
      const some = islands.slice(at, at + ISLANDS_AT_ONCE);
      const given = at === 0 ? files : null;
      matches.push(...(await this.#thread.call("rankIslands", [some, columns, given], call)));
    }
    this.#hasEmbedder = files !== null || this.#hasEmbedder;
    return matches.sort(bestFirst);
  }

  /**
   * Place the column that a pinned space is matched with in it, before rows of it are asked for. What it takes is fetched when it
   * is first needed.
   *
   * @returns Null of a table: there is nothing to do.
   * @throws AppError `aborted`, `network_failed`, `hash_mismatch`; `no_usable_rows` if no row says anything in the space.
   */
  async embed(
    space: Space,
    matches: readonly FeatureMatch[],
    call: Call = {},
  ): Promise<Embedded | null> {
    if (isOfTables(space)) return null;
    const column = matches[0]?.column;
    if (column == null) throw new AppError("bad_input", "no column is matched");
    const key = `${space.kind} ${space.basis} ${column}`;
    let told = this.#embedded.get(key);
    if (!told) {
      const files = await this.#embedderOf(space, call);
      const opened = this.#opened;
      told = await this.#thread.call("embed", [space, column, files], call);
      if (opened === this.#opened) this.#embedded.set(key, told);
    }
    if (told.described > 0) return told;
    const message = `nothing in the column says anything in "${space.name}"`;
    throw new AppError("no_usable_rows", message, { reason: "nothing_known", space: space.name });
  }

  /** Null if the worker has it. */
  async #embedderOf(space: EmbeddingSpace, call: Call): Promise<EmbedderFiles | null> {
    if (this.#thread === this.#pictures) return this.#pictureEmbedder(call);
    return (await import("./embedder-files")).fetchEmbedder(space, call);
  }

  async #pictureEmbedder(call: Call): Promise<EmbedderFiles | null> {
    if (this.#hasEmbedder) return null;
    return (await import("./embedder-files")).fetchPictureEmbedder(call);
  }

  /**
   * Let pictures be looked at for a model of the user's own; of a table there is nothing to do.
   *
   * @throws AppError `aborted`, `network_failed`, `hash_mismatch`
   */
  async giveEmbedder(call: Call = {}): Promise<void> {
    if (this.#thread !== this.#pictures) return;
    const files = await this.#pictureEmbedder(call);
    if (files === null) return;
    await this.#pictures.call("takeEmbedder", [files], call);
    this.#hasEmbedder = true;
  }

  /**
   * Pictures to be shown.
   *
   * @param rows - Of the table.
   * @throws AppError `aborted`; `not_found` if there are none.
   */
  thumbnails(rows: Int32Array, call: Call = {}): Promise<Thumbnail[]> {
    return this.#pictures.call("thumbnails", [rows], call);
  }

  /**
   * The files of the pictures, in a zip with a folder a label.
   *
   * @param labels - Shape [pictures].
   * @throws AppError `aborted`; `damaged_file` if one cannot be read any more.
   */
  sorted(labels: readonly string[], call: Call = {}): Promise<Blob> {
    return this.#pictures.call("sorted", [labels], call);
  }

  /** Labels given by hand as a column of the pictures: see `PicturesApi`. */
  async label(
    column: string,
    base: number | null,
    labels: ReadonlyMap<number, string>,
    call: Call = {},
  ): Promise<TableProfile> {
    const profile = await this.#pictures.call("label", [column, base, labels], call);
    const opened = this.#opened;
    if (opened) {
      const labelled: Opened["labelled"] = [...opened.labelled, [column, base, labels]];
      this.#opened = { ...opened, labelled };
    }
    return profile;
  }

  /** Answers to some rows, given by hand: see `DataApi`. */
  async giveAnswers(base: number | null, byRow: ReadonlyMap<number, string>): Promise<void> {
    await this.#thread.call("giveAnswers", [base, byRow]);
    if (this.#opened) this.#opened = { ...this.#opened, answers: [base, byRow] };
  }

  /** The language that the first texts of a column are in, as ISO 639-3; null if none can be told. */
  language(column: number): Promise<string | null> {
    return this.#thread.call("language", [column]);
  }

  /**
   * Place a column of texts in the space that suits them, with its public points. What it takes is fetched when it is first needed.
   *
   * @throws AppError as `embed` does.
   */
  async placeTexts(column: number, call: Call = {}): Promise<PlacedTexts> {
    const { basisOfLanguage, TEXT_SPACES } = await import("../../engine/kinds/text/spaces");
    const space = TEXT_SPACES[basisOfLanguage(await this.language(column))];
    await this.embed(space, [{ feature: space.id, column }], call);
    const { fetchTextBook } = await import("./embedder-files");
    return { space, column, book: await fetchTextBook(space, call) };
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
    const isText = this.#thread === this.#text || this.#thread === this.#pictures;
    if (format === null || !opened || !isText) {
      return this.#thread.call("write", [predictions, format, onlyEmpty], call);
    }
    try {
      await this.#formats.call("read", [await this.#asText(opened), opened.options], call);
      return await this.#formats.call("write", [predictions, format, onlyEmpty], call);
    } finally {
      void this.#formats.end();
    }
  }

  /** Names of pictures are written before they are another format's. */
  async #asText({ file }: Opened): Promise<File> {
    if (this.#thread !== this.#pictures) return file;
    return new File([await this.#thread.call("write", [[], null, null])], `${file.name}.csv`);
  }

  /** Ends the workers and lets the table go. */
  dispose(): void {
    for (const thread of [this.#text, this.#formats, this.#databases, this.#pictures])
      void thread.end();
  }
}
