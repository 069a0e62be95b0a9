import {
  IslandList,
  IslandSketches,
  IslandSummary,
  LearnwareCard,
  type SearchRequest,
  SearchResponse,
  WireFailure,
  WireSpecification,
} from "../contracts/dock-api";
import { AppError, type ErrorCode } from "../contracts/outcome";
import type { Progress } from "../engine/progress";

export interface Fetching {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** A contract's schema, as far as it is used here. */
interface Schema<T> {
  safeParse(answer: unknown): { success: true; data: T } | { success: false };
}

/** What names one version of a learnware's zip. */
export type PackageName = Pick<LearnwareCard, "id" | "sha256" | "sizeBytes">;

const timeoutMs = 30_000;

/** Refusals of a dock that a person can meet; anything else it says is `internal`. */
const refusals: ReadonlySet<string> = new Set<ErrorCode>([
  "bad_input",
  "not_found",
  "shape_mismatch",
  "timed_out",
  "too_large",
]);

/** A dock over HTTP. Every answer is checked against the contract before anyone sees it. */
export class DockClient {
  readonly #base: string;

  /** @param baseUrl - Origin of the dock; empty for the one that served the page. */
  constructor(baseUrl = "") {
    this.#base = `${baseUrl}/api/v1`;
  }

  /** Every island the dock knows, by id. */
  async islands(fetching?: Fetching): Promise<IslandSummary[]> {
    return (await this.#json("/islands", IslandList, fetching)).islands;
  }

  async island(id: string, fetching?: Fetching): Promise<IslandSummary> {
    return this.#json(`/islands/${encodeURIComponent(id)}`, IslandSummary, fetching);
  }

  /** The sketches of all learnwares on an island: with them a search needs no dock. */
  async sketches(islandId: string, fetching?: Fetching): Promise<IslandSketches> {
    const path = `/islands/${encodeURIComponent(islandId)}/sketches`;
    // Learnwares come and go, so ask whether what was cached still holds.
    return this.#json(path, IslandSketches, fetching, { cache: "no-cache" });
  }

  /** The only call that sends something made from the user's data: exactly this request. */
  async search(request: SearchRequest, fetching?: Fetching): Promise<SearchResponse> {
    return this.#json("/search", SearchResponse, fetching, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
  }

  async learnware(id: string, fetching?: Fetching): Promise<LearnwareCard> {
    return this.#json(`/learnwares/${encodeURIComponent(id)}`, LearnwareCard, fetching);
  }

  async specification(id: string, fetching?: Fetching): Promise<WireSpecification> {
    const path = `/learnwares/${encodeURIComponent(id)}/specification`;
    // The id may have got another version since it was cached, so ask whether it is still the one.
    return this.#json(path, WireSpecification, fetching, { cache: "no-cache" });
  }

  /** A learnware's zip, not yet checked against its hash: `PackageCache` does that. */
  async packageBytes(
    { id, sha256, sizeBytes }: PackageName,
    { signal, onProgress }: Fetching = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    // With the hash in the address, a new version of the same id never comes from an old cache.
    const path = `/learnwares/${encodeURIComponent(id)}/package?sha256=${sha256}`;
    return this.#ask(path, signal, {}, async (response, stillThere) => {
      const bytes = new Uint8Array(sizeBytes);
      let done = 0;
      const reader = response.body?.getReader();
      for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
        stillThere();
        if (done + part.value.length > sizeBytes) {
          await reader?.cancel();
          throw new AppError("hash_mismatch", `the zip is longer than its ${sizeBytes} bytes`);
        }
        bytes.set(part.value, done);
        done += part.value.length;
        onProgress?.({ stage: "download", done, total: sizeBytes });
      }
      return bytes.subarray(0, done);
    });
  }

  async #json<T>(
    path: string,
    schema: Schema<T>,
    { signal }: Fetching = {},
    init: RequestInit = {},
  ): Promise<T> {
    return this.#ask(path, signal, init, async (response) => {
      const answer = schema.safeParse(parseJson(await response.text()));
      if (!answer.success) {
        throw new AppError("internal", `the dock's answer to ${path} breaks the contract`);
      }
      return answer.data;
    });
  }

  /** Ask and read, within the time-out: it starts again whenever `stillThere` says that bytes came. */
  async #ask<T>(
    path: string,
    signal: AbortSignal | undefined,
    init: RequestInit,
    read: (response: Response, stillThere: () => void) => Promise<T>,
  ): Promise<T> {
    const late = new AbortController();
    let timer = setTimeout(() => late.abort(), timeoutMs);
    const stillThere = () => {
      clearTimeout(timer);
      timer = setTimeout(() => late.abort(), timeoutMs);
    };
    try {
      const signals = signal ? [signal, late.signal] : [late.signal];
      const response = await fetch(this.#base + path, {
        ...init,
        signal: AbortSignal.any(signals),
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      if (!response.ok) throw await refusal(response);
      return await read(response, stillThere);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      if (signal?.aborted) throw new AppError("aborted", "the request was cancelled");
      if (late.signal.aborted) {
        throw new AppError("timed_out", `the dock did not answer in ${timeoutMs / 1000} seconds`);
      }
      throw new AppError("network_failed", "the dock cannot be reached", {}, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

async function refusal(response: Response): Promise<AppError> {
  const body = WireFailure.safeParse(parseJson(await response.text()));
  if (body.success && refusals.has(body.data.code)) {
    return new AppError(body.data.code as ErrorCode, body.data.message);
  }
  return new AppError("internal", `the dock answered with status ${response.status}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No contract allows it.
  }
}
