import { LRUCache } from "lru-cache";

import { sketchLength } from "../../contracts/wire/sketch-length";
import { AppError } from "../../contracts/outcome";
import {
  type FileMark,
  StaticIndex,
  StaticIsland,
  StaticLearnware,
  staticPaths,
  StaticTexts,
} from "../../contracts/static/static-dock";
import type { Matrix } from "../../engine/ground/matrix";
import type { Sketches } from "../../engine/search/sketches/sketch-scan";
import type { BookMark } from "../../engine/specification/book/book-mark";
import { type Answer, ask, type Fetching } from "./ask";
import { Books } from "./books";
import { checkZipSize, parseAs, readFile, readJson, type Schema } from "./read-answer";
import { badAnswer, statusProblem } from "./status-problem";
import { sha256Of } from "../storage/sha256";

/** Cards and specifications that are kept, at ten kilobytes or so each. */
const MOST_KEPT = 256;

/** The files of a static dock: nothing is sent but their names, and each is checked against its hash. */
export class StaticFiles {
  readonly #base: string;
  readonly #onMissing: () => void;
  /** By hash, the latest last. */
  readonly #kept = new LRUCache<string, StaticLearnware>({ max: MOST_KEPT });
  readonly #texts = new WeakMap<StaticIsland, StaticTexts>();
  readonly #books = new Books((sha256, most, fetching) =>
    this.#ask(staticPaths.book(sha256), fetching, ({ body }) => body(most)),
  );

  /**
   * @param baseUrl - Where the index lies; absolute, with a slash at its end.
   * @param onMissing - Told when a file is not there: a newer index may name another.
   */
  constructor(baseUrl: string, onMissing: () => void) {
    this.#base = baseUrl;
    this.#onMissing = onMissing;
  }

  async index(fetching: Fetching): Promise<StaticIndex> {
    const path = staticPaths.index;
    return ask(this.#base + path, { cache: "no-cache" }, fetching, async (answer) => {
      if (!answer.ok) throw this.#missing(answer, path);
      return readJson(answer, StaticIndex, path);
    });
  }

  async island(mark: FileMark, fetching: Fetching): Promise<StaticIsland> {
    return this.#json(staticPaths.island(mark.sha256), mark, StaticIsland, fetching);
  }

  /** Read anew each time, so that the caller may give the bytes away. */
  async sketches(
    { island, learnwares, sketches: mark }: StaticIsland,
    fetching: Fetching,
  ): Promise<Sketches<Int8Array<ArrayBuffer>>> {
    const count = sketchLength(island.space);
    const bytes = await this.#checked(staticPaths.sketches(mark.sha256), mark, fetching);
    if (bytes.length !== learnwares.length * count) {
      throw badAnswer("the dock has not as many sketches as learnwares");
    }
    const scales = Float64Array.from(learnwares, ({ scale }) => scale);
    return { data: new Int8Array(bytes.buffer), scales, count };
  }

  /** In the order of the learnwares. */
  async texts(island: StaticIsland, fetching: Fetching): Promise<StaticTexts> {
    const kept = this.#texts.get(island);
    if (kept) return kept;
    const { learnwares, texts: mark } = island;
    const texts = await this.#json(staticPaths.texts(mark.sha256), mark, StaticTexts, fetching);
    if (texts.length !== learnwares.length) {
      throw badAnswer("the dock has not as many texts as learnwares");
    }
    this.#texts.set(island, texts);
    return texts;
  }

  async learnware(mark: FileMark, { signal }: Fetching): Promise<StaticLearnware> {
    const kept = this.#kept.get(mark.sha256);
    if (kept) return kept;
    const fetching = signal ? { signal } : {}; // The progress of one small file says nothing.
    const path = staticPaths.learnware(mark.sha256);
    const read = await this.#json(path, mark, StaticLearnware, fetching);
    this.#kept.set(mark.sha256, read);
    return read;
  }

  book(mark: BookMark, cols: number, fetching: Fetching): Promise<Matrix<Float64Array>> {
    return this.#books.get(mark, cols, fetching);
  }

  packageAddress(sha256: string): string {
    return this.#base + staticPaths.package(sha256);
  }

  /** Not checked: `PackageCache` does that. */
  async package(
    { sha256, sizeBytes }: FileMark,
    fetching: Fetching,
  ): Promise<Uint8Array<ArrayBuffer>> {
    checkZipSize(sizeBytes);
    return this.#bytes(staticPaths.package(sha256), sizeBytes, fetching);
  }

  async #json<T>(path: string, mark: FileMark, schema: Schema<T>, fetching: Fetching): Promise<T> {
    return parseAs(schema, await this.#checked(path, mark, fetching), path);
  }

  /** @throws AppError `hash_mismatch` if the file is not the one that was named. */
  async #checked(
    path: string,
    { sha256, sizeBytes }: FileMark,
    fetching: Fetching,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.#bytes(path, sizeBytes, fetching);
    if (bytes.length !== sizeBytes || (await sha256Of(bytes)) !== sha256) {
      throw new AppError("hash_mismatch", `${path} is not the file that its name says`);
    }
    return bytes;
  }

  async #bytes(
    path: string,
    sizeBytes: number,
    fetching: Fetching,
  ): Promise<Uint8Array<ArrayBuffer>> {
    return this.#ask(path, fetching, (answer) => readFile(answer, sizeBytes, fetching));
  }

  async #ask<T>(
    path: string,
    fetching: Fetching,
    read: (answer: Answer) => Promise<T>,
  ): Promise<T> {
    return ask(this.#base + path, {}, fetching, async (answer) => {
      if (!answer.ok) throw this.#missing(answer, path);
      return read(answer);
    });
  }

  #missing({ status, headers }: Answer, path: string): AppError {
    if (status !== 404 && status !== 410) return statusProblem(status, headers);
    this.#onMissing();
    return new AppError("not_found", `the dock has no ${path}`);
  }
}
