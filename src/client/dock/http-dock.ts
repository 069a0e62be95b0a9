import "../../contracts/no-eval";

import {
  IslandList,
  IslandSketches,
  IslandSummary,
  LearnwareCard,
  type SearchNextRequest,
  SearchPage,
  type SearchRequest,
  SearchResponse,
  WireFailure,
  WireSpecification,
} from "../../contracts/http/dock-api";
import { AppError, type ErrorCode } from "../../contracts/outcome";
import { sketchesFromWire } from "../../contracts/wire/wire-sketch";
import { ask, type Fetching, parseAs, parseJson, type Read, readBytes, type Schema } from "./ask";
import type { Dock, PackageName, SketchTable, SpecificationName } from "./dock";

/** Refusals of a dock that a person can meet; anything else it says is `internal`. */
const refusals: ReadonlySet<string> = new Set<ErrorCode>([
  "bad_input",
  "not_found",
  "shape_mismatch",
  "stale_island",
  "timed_out",
  "too_large",
]);

/** A dock over HTTP. */
export class HttpDock implements Dock {
  readonly sendsRequests = true;
  readonly #base: string;

  /** @param baseUrl - Origin of the dock; empty for the one that served the page. */
  constructor(baseUrl = "") {
    this.#base = `${baseUrl}/api/v1`;
  }

  async islands(fetching?: Fetching): Promise<IslandSummary[]> {
    return (await this.#json("/islands", IslandList, fetching)).islands;
  }

  async island(id: string, fetching?: Fetching): Promise<IslandSummary> {
    return this.#json(`/islands/${encodeURIComponent(id)}`, IslandSummary, fetching);
  }

  async sketches(islandId: string, fetching?: Fetching): Promise<SketchTable> {
    const path = `/islands/${encodeURIComponent(islandId)}/sketches`;
    // Learnwares come and go, so ask whether what was cached still holds.
    const wire = await this.#json(path, IslandSketches, fetching, { cache: "no-cache" });
    const { spaceVersion, entries } = wire;
    return { islandId: wire.islandId, spaceVersion, entries, sketches: sketchesFromWire(wire) };
  }

  /** Sends exactly this request. */
  async search(request: SearchRequest, fetching?: Fetching): Promise<SearchResponse> {
    return this.#post("/search", SearchResponse, request, fetching);
  }

  async searchNext(request: SearchNextRequest, fetching?: Fetching): Promise<SearchPage> {
    return this.#post("/search/next", SearchPage, request, fetching);
  }

  async learnware(id: string, fetching?: Fetching): Promise<LearnwareCard> {
    return this.#json(`/learnwares/${encodeURIComponent(id)}`, LearnwareCard, fetching);
  }

  async specification(
    { id, sha256, spaceVersion }: SpecificationName,
    fetching?: Fetching,
  ): Promise<WireSpecification> {
    const path = `/learnwares/${encodeURIComponent(id)}/specification`;
    // What is at this address never changes, so the browser's cache answers the second time.
    const version = `sha256=${sha256}&island=${spaceVersion}`;
    return this.#json(`${path}?${version}`, WireSpecification, fetching);
  }

  async packageBytes(
    { id, sha256, sizeBytes }: PackageName,
    fetching: Fetching = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    // With the hash in the address, a new version of the same id never comes from an old cache.
    const path = `/learnwares/${encodeURIComponent(id)}/package?sha256=${sha256}`;
    return this.#ask(path, {}, fetching, (response, stillThere) =>
      readBytes(response, sizeBytes, stillThere, fetching),
    );
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
    return this.#ask(path, init, fetching, async (response) =>
      parseAs(schema, await response.text(), path),
    );
  }

  async #ask<T>(path: string, init: RequestInit, fetching: Fetching, read: Read<T>): Promise<T> {
    return ask(this.#base + path, init, fetching, async (response, stillThere) => {
      if (!response.ok) throw await refusal(response);
      return read(response, stillThere);
    });
  }
}

async function refusal(response: Response): Promise<AppError> {
  const body = WireFailure.safeParse(parseJson(await response.text()));
  if (body.success && refusals.has(body.data.code)) {
    return new AppError(body.data.code as ErrorCode, body.data.message);
  }
  return new AppError("internal", `the dock answered with status ${response.status}`);
}
