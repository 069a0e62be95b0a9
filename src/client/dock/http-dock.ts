import {
  AnySpecifications,
  IslandSketches,
  IslandSummary,
  LearnwareCard,
  type SearchNextRequest,
  SearchPage,
  type SearchRequest,
  SearchResponse,
  WireSpecification,
} from "../../contracts/http/dock-api";
import { sketchesFromWire } from "../../contracts/wire/wire-sketch";
import type { Chart } from "../../engine/chart/chart";
import type { Matrix } from "../../engine/ground/matrix";
import type { BookMark } from "../../engine/specification/book/book-mark";
import { type Answer, ask, type Fetching, isStale } from "./ask";
import { Books } from "./books";
import { httpChart } from "./charts";
import type { Dock, PackageName, SketchTable, SpecificationName } from "./dock";
import {
  checkDistinct,
  checkZipSize,
  readFile,
  readJson,
  readList,
  refusal,
  type Schema,
  understood,
} from "./read-answer";
import { SpecificationBatches } from "./specification-batches";

/** Sketches of some hundred thousand learnwares. */
const MOST_SKETCH_BYTES = 128 << 20;

/** A dock over HTTP. */
export class HttpDock implements Dock {
  readonly sendsRequests = true;
  readonly #origin: string;
  readonly #base: string;
  // What is found at these addresses never changes, so the browser's cache answers the second time.
  readonly #batches = new SpecificationBatches({
    several: async (of, space, fetching) => {
      const path = `/specifications?space=${space}&of=${of}`;
      return (await this.#json(path, AnySpecifications, fetching)).specifications;
    },
    one: ({ id, sha256, spaceVersion }, fetching) => {
      const path = `/learnwares/${encodeURIComponent(id)}/specification`;
      const version = `sha256=${sha256}&island=${spaceVersion}`;
      return this.#json(`${path}?${version}`, WireSpecification, fetching);
    },
  });

  readonly #books = new Books((sha256, most, fetching) =>
    this.#ask(`/books/${sha256}`, {}, fetching, ({ body }) => body(most)),
  );

  /** @param baseUrl - Origin of the dock; empty for the one that served the page. */
  constructor(baseUrl = "") {
    this.#origin = baseUrl;
    this.#base = `${baseUrl}/api/v1`;
  }

  async islands(fetching: Fetching = {}): Promise<IslandSummary[]> {
    const path = "/islands";
    const read = (answer: Answer) => readList(answer, "islands", IslandSummary, path);
    const islands = await this.#ask(path, {}, fetching, read);
    checkDistinct(
      islands.map(({ id }) => id),
      path,
    );
    return islands;
  }

  async island(id: string, fetching?: Fetching): Promise<IslandSummary> {
    return this.#json(`/islands/${encodeURIComponent(id)}`, IslandSummary, fetching);
  }

  async chart(fetching: Fetching = {}): Promise<Chart> {
    return httpChart(this.#origin, fetching);
  }

  async sketches(islandId: string, fetching: Fetching = {}): Promise<SketchTable> {
    const path = `/islands/${encodeURIComponent(islandId)}/sketches`;
    // Learnwares come and go, so ask whether what was cached still holds.
    const read = (answer: Answer) => readJson(answer, IslandSketches, path, MOST_SKETCH_BYTES);
    const wire = await this.#ask(path, { cache: "no-cache" }, fetching, read);
    const sketches = understood(() => sketchesFromWire(wire), path);
    return { islandId, spaceVersion: wire.spaceVersion, entries: wire.entries, sketches };
  }

  /** Sends exactly this request. */
  async search(request: SearchRequest, fetching?: Fetching): Promise<SearchResponse> {
    const found = await this.#post("/search", SearchResponse, request, fetching);
    checkDistinct(
      found.singles.map(({ learnware }) => learnware.id),
      "/search",
    );
    return found;
  }

  async searchNext(request: SearchNextRequest, fetching?: Fetching): Promise<SearchPage> {
    return this.#post("/search/next", SearchPage, request, fetching);
  }

  async learnware(id: string, fetching?: Fetching): Promise<LearnwareCard> {
    return this.#json(`/learnwares/${encodeURIComponent(id)}`, LearnwareCard, fetching);
  }

  async specification(
    name: SpecificationName,
    fetching: Fetching = {},
  ): Promise<WireSpecification> {
    return this.#batches.ask(name, fetching);
  }

  async book(mark: BookMark, cols: number, fetching: Fetching = {}): Promise<Matrix<Float64Array>> {
    return this.#books.get(mark, cols, fetching);
  }

  async packageBytes(
    { id, sha256, sizeBytes }: PackageName,
    fetching: Fetching = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    checkZipSize(sizeBytes);
    return this.#ask(packagePath(id, sha256), {}, fetching, (answer) =>
      readFile(answer, sizeBytes, fetching),
    );
  }

  async packageAddress({ id, sha256 }: Pick<PackageName, "id" | "sha256">): Promise<string> {
    return this.#base + packagePath(id, sha256);
  }

  async #post<T>(path: string, schema: Schema<T>, body: unknown, fetching?: Fetching): Promise<T> {
    return this.#json(path, schema, fetching, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  async #json<T>(
    path: string,
    schema: Schema<T>,
    fetching: Fetching = {},
    init: RequestInit = {},
  ): Promise<T> {
    return this.#ask(path, init, fetching, (answer) => readJson(answer, schema, path));
  }

  async #ask<T>(
    path: string,
    init: RequestInit,
    fetching: Fetching,
    read: (answer: Answer) => Promise<T>,
  ): Promise<T> {
    const attempt = () =>
      ask(this.#base + path, init, fetching, async (answer) => {
        if (!answer.ok) throw await refusal(answer);
        return read(answer);
      });
    try {
      return await attempt();
    } catch (error) {
      if (!isStale(error)) throw error;
      return await attempt(); // Nothing here changes a dock, so that asking twice is asking once.
    }
  }
}

/** With the hash in the address, a new version of the same id never comes from an old cache. */
function packagePath(id: string, sha256: string): string {
  return `/learnwares/${encodeURIComponent(id)}/package?sha256=${sha256}`;
}
