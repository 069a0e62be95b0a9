import type {
  IslandSummary,
  LearnwareCard,
  SearchNextRequest,
  SearchPage,
  SearchRequest,
  SearchResponse,
  WireSpecification,
} from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import type { FileMark, StaticIsland, StaticLearnware } from "../../contracts/static/static-dock";
import type { Chart } from "../../engine/chart/chart";
import type { Matrix } from "../../engine/ground/matrix";
import type { BookMark } from "../../engine/specification/book/book-mark";
import type { Fetching } from "./ask";
import type { Dock, PackageName, SketchTable, SpecificationName } from "./dock";
import { staticChart } from "./charts";
import { inTurn } from "../../engine/ground/in-turn";
import type { Searcher } from "./sketch-search";
import { StaticFiles } from "./static-files";
import { TabSearch } from "./tab-search";

/** The dock as its index had it when it was read last. */
interface Snapshot {
  /** By id. */
  readonly islands: ReadonlyMap<string, StaticIsland>;
  /** By hash, to be kept for the next index. */
  readonly files: ReadonlyMap<string, StaticIsland>;
  /** By learnware. */
  readonly learnwares: ReadonlyMap<string, FileMark>;
}

/**
 * A dock of plain files on any web server: nothing is ever sent to it but names of files. `islands`
 * looks whether the dock has changed.
 */
export class StaticDock implements Dock {
  readonly sendsRequests = false;
  readonly #baseUrl: string;
  readonly #files: StaticFiles;
  readonly #search: TabSearch;
  #snapshot: Snapshot | null = null;

  /**
   * @param baseUrl - Where the index lies; absolute, with a slash at its end.
   * @param searcher - What does the sums of a search.
   */
  constructor(baseUrl: string, searcher: Searcher) {
    this.#baseUrl = baseUrl;
    this.#files = new StaticFiles(baseUrl, () => (this.#snapshot = null));
    const shelf = {
      files: this.#files,
      islands: async (fetching: Fetching) => [...(await this.#known(fetching)).islands.values()],
      island: async (id: string, fetching: Fetching) => this.#island(id, fetching),
    };
    this.#search = new TabSearch(shelf, searcher);
  }

  async islands(fetching: Fetching = {}): Promise<IslandSummary[]> {
    this.#snapshot = await this.#read(fetching);
    return [...this.#snapshot.islands.values()].map(({ island }) => island);
  }

  async island(id: string, fetching: Fetching = {}): Promise<IslandSummary> {
    return (await this.#island(id, fetching)).island;
  }

  async chart(fetching: Fetching = {}): Promise<Chart> {
    return staticChart(this.#baseUrl, fetching);
  }

  async sketches(islandId: string, fetching: Fetching = {}): Promise<SketchTable> {
    const one = await this.#island(islandId, fetching);
    const sketches = await this.#files.sketches(one, fetching);
    return { islandId, spaceVersion: one.island.space.version, entries: one.learnwares, sketches };
  }

  async search(request: SearchRequest, fetching: Fetching = {}): Promise<SearchResponse> {
    return this.#search.search(request, fetching);
  }

  async searchNext(request: SearchNextRequest, fetching: Fetching = {}): Promise<SearchPage> {
    return this.#search.next(request, fetching);
  }

  async learnware(id: string, fetching: Fetching = {}): Promise<LearnwareCard> {
    return (await this.#learnware(id, fetching)).card;
  }

  async specification(
    { id, sha256, spaceVersion }: SpecificationName,
    fetching: Fetching = {},
  ): Promise<WireSpecification> {
    const { card, specification } = await this.#learnware(id, fetching);
    if (card.sha256 !== sha256 || specification.spaceVersion !== spaceVersion) {
      throw new AppError("not_found", "no learnware has this id and version");
    }
    return specification;
  }

  async book(mark: BookMark, cols: number, fetching: Fetching = {}): Promise<Matrix<Float64Array>> {
    return this.#files.book(mark, cols, fetching);
  }

  async packageBytes(name: PackageName, fetching: Fetching = {}): Promise<Uint8Array<ArrayBuffer>> {
    return this.#files.package(name, fetching);
  }

  async packageAddress({ sha256 }: Pick<PackageName, "sha256">): Promise<string> {
    return this.#files.packageAddress(sha256);
  }

  async #island(id: string, fetching: Fetching): Promise<StaticIsland> {
    const found = (await this.#known(fetching)).islands.get(id);
    if (!found) throw new AppError("not_found", "no island has this id");
    return found;
  }

  async #learnware(id: string, fetching: Fetching): Promise<StaticLearnware> {
    const mark = (await this.#known(fetching)).learnwares.get(id);
    if (!mark) throw new AppError("not_found", "no learnware has this id");
    return this.#files.learnware(mark, fetching);
  }

  async #known(fetching: Fetching): Promise<Snapshot> {
    this.#snapshot ??= await this.#read(fetching);
    return this.#snapshot;
  }

  /** The index as it is now, and of the islands' files those that changed. */
  async #read(fetching: Fetching): Promise<Snapshot> {
    const index = await this.#files.index(fetching);
    const known = this.#snapshot?.files;
    const { signal, onProgress } = fetching;
    const stop = signal ? { signal } : {};
    const fetch = async (mark: FileMark) =>
      known?.get(mark.sha256) ?? this.#files.island(mark, stop);
    const read = await inTurn(index.islands, fetch, onProgress);
    return {
      islands: new Map(read.map((one) => [one.island.id, one])),
      files: new Map(read.map((one, i) => [index.islands[i]!.sha256, one])),
      learnwares: new Map(
        read.flatMap((one) => one.learnwares.map(({ id, file }) => [id, file] as const)),
      ),
    };
  }
}
