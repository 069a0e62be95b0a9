import {
  type IslandSummary,
  type LearnwareCard,
  type SearchPage,
  type SearchRequest,
  type SearchResponse,
  SKETCH_LENGTH,
  type WireSpecification,
} from "../contracts/dock-api";
import { AppError } from "../contracts/outcome";
import {
  type FileMark,
  StaticIndex,
  StaticIsland,
  StaticLearnware,
  staticPaths,
} from "../contracts/static-dock";
import { ask, type Fetching, parseAs, readBytes } from "./ask";
import type { Dock, PackageName, SketchTable, SpecificationName } from "./dock";
import { inTurn } from "./in-turn";
import { sha256Of } from "./sha256";
import type { Searcher } from "./sketch-search";
import { searchInTab } from "./tab-search";

/** The dock as its index had it when it was read last. */
interface Snapshot {
  /** By id. */
  readonly islands: ReadonlyMap<string, StaticIsland>;
  /** By hash, to be kept for the next index. */
  readonly files: ReadonlyMap<string, StaticIsland>;
  /** By learnware. */
  readonly learnwares: ReadonlyMap<string, FileMark>;
}

/** Cards and specifications that are kept, at ten kilobytes or so each. */
const MOST_KEPT = 256;

/**
 * A dock of plain files on any web server: nothing is ever sent to it but names of files, and each
 * file is checked against its hash before it is used. `islands` looks whether the dock has changed.
 */
export class StaticDock implements Dock {
  readonly #base: string;
  readonly #searcher: Searcher;
  #snapshot: Snapshot | null = null;
  /** By hash, the latest last. */
  readonly #kept = new Map<string, StaticLearnware>();

  /**
   * @param baseUrl - Where the index lies; absolute, with a slash at its end.
   * @param searcher - What does the sums of a search.
   */
  constructor(baseUrl: string, searcher: Searcher) {
    this.#base = baseUrl;
    this.#searcher = searcher;
  }

  async islands(fetching: Fetching = {}): Promise<IslandSummary[]> {
    this.#snapshot = await this.#read(fetching);
    return [...this.#snapshot.islands.values()].map(({ island }) => island);
  }

  async island(id: string, fetching: Fetching = {}): Promise<IslandSummary> {
    return (await this.#island(id, fetching)).island;
  }

  async sketches(islandId: string, fetching: Fetching = {}): Promise<SketchTable> {
    const { island, learnwares, sketches } = await this.#island(islandId, fetching);
    const bytes = await this.#file(staticPaths.sketches(sketches.sha256), sketches, fetching);
    if (bytes.length !== learnwares.length * SKETCH_LENGTH) {
      throw new AppError("internal", "the dock has not as many sketches as learnwares");
    }
    const scales = Float64Array.from(learnwares, ({ scale }) => scale);
    const data = new Int8Array(bytes.buffer);
    return {
      islandId,
      islandVersion: island.version,
      entries: learnwares,
      sketches: { data, scales, count: SKETCH_LENGTH },
    };
  }

  async search(request: SearchRequest, fetching: Fetching = {}): Promise<SearchResponse> {
    return searchInTab(this, this.#searcher, request, fetching);
  }

  async searchNext(): Promise<SearchPage> {
    throw new AppError("bad_input", "every result is on the first page");
  }

  async learnware(id: string, fetching: Fetching = {}): Promise<LearnwareCard> {
    return (await this.#learnware(id, fetching)).card;
  }

  async specification(
    { id, sha256, islandVersion }: SpecificationName,
    fetching: Fetching = {},
  ): Promise<WireSpecification> {
    const { card, specification } = await this.#learnware(id, fetching);
    if (card.sha256 !== sha256 || specification.islandVersion !== islandVersion) {
      throw new AppError("not_found", "no learnware has this id and version");
    }
    return specification;
  }

  async packageBytes(
    { sha256, sizeBytes }: PackageName,
    fetching: Fetching = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bytes(staticPaths.package(sha256), sizeBytes, fetching);
  }

  async #island(id: string, fetching: Fetching): Promise<StaticIsland> {
    this.#snapshot ??= await this.#read(fetching);
    const found = this.#snapshot.islands.get(id);
    if (!found) throw new AppError("not_found", "no island has this id");
    return found;
  }

  async #learnware(id: string, { signal }: Fetching): Promise<StaticLearnware> {
    const fetching = signal ? { signal } : {}; // The progress of one small file says nothing.
    this.#snapshot ??= await this.#read(fetching);
    const mark = this.#snapshot.learnwares.get(id);
    if (!mark) throw new AppError("not_found", "no learnware has this id");
    const kept = this.#kept.get(mark.sha256);
    if (kept) return kept;
    const path = staticPaths.learnware(mark.sha256);
    const read = parseAs(StaticLearnware, decode(await this.#file(path, mark, fetching)), path);
    this.#kept.set(mark.sha256, read);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return read;
  }

  /** The index as it is now, and of the islands' files those that changed. */
  async #read(fetching: Fetching): Promise<Snapshot> {
    const index = await this.#index(fetching);
    const known = this.#snapshot?.files;
    const read = await inTurn(index.islands, fetching, async (mark) => {
      const path = staticPaths.island(mark.sha256);
      return (
        known?.get(mark.sha256) ??
        parseAs(StaticIsland, decode(await this.#file(path, mark, {})), path)
      );
    });
    return {
      islands: new Map(read.map((one) => [one.island.id, one])),
      files: new Map(read.map((one, i) => [index.islands[i]!.sha256, one])),
      learnwares: new Map(
        read.flatMap((one) => one.learnwares.map(({ id, file }) => [id, file] as const)),
      ),
    };
  }

  async #index(fetching: Fetching): Promise<StaticIndex> {
    const path = staticPaths.index;
    return ask(this.#base + path, { cache: "no-cache" }, fetching, async (response) => {
      if (!response.ok) throw this.#missing(response, path);
      return parseAs(StaticIndex, await response.text(), path);
    });
  }

  /** @throws AppError `hash_mismatch` if the file is not the one that was named. */
  async #file(
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

  async #bytes(path: string, sizeBytes: number, fetching: Fetching) {
    return ask(this.#base + path, {}, fetching, async (response, stillThere) => {
      if (!response.ok) throw this.#missing(response, path);
      return readBytes(response, sizeBytes, stillThere, fetching);
    });
  }

  #missing({ status }: Response, path: string): AppError {
    if (status !== 404 && status !== 410) {
      return new AppError("internal", `the dock answered with status ${status}`);
    }
    this.#snapshot = null; // A newer index may name another file.
    return new AppError("not_found", `the dock has no ${path}`);
  }
}

function decode(bytes: Uint8Array<ArrayBuffer>): string {
  return new TextDecoder().decode(bytes);
}
