/** @file Requests that no honest client makes, drawn at random from a seed. */

import type { Random } from "../../src/engine/ground/random";
import { CONTENT_TYPES, LITERALS, METHODS, NUMBERS, TEXTS } from "./hard-values";
import type { RawInput } from "./raw-http";
import { Spoiler } from "./spoiler";

export interface HttpInput extends RawInput {
  /** Of the requests in it, in turn; their number is that of the answers if all of them are whole. */
  readonly methods: readonly string[];
  /** Whether everything that was sent is a whole request, so that everything must be answered. */
  readonly isWhole: boolean;
}

/** Valid ones to begin with: what a request names must be there for the rest of it to matter. */
export interface Examples {
  readonly islandId: string;
  readonly learnwareId: string;
  readonly sha256: string;
  /** Of `POST /search`. */
  readonly search: object;
  /** Of `POST /search/next`. */
  readonly cursor: string;
}

export class HttpInputs {
  readonly #spoil: Spoiler;
  readonly #examples: Examples;

  constructor(random: Random, examples: Examples) {
    this.#spoil = new Spoiler(random);
    this.#examples = examples;
  }

  next(): HttpInput {
    const make = this.#spoil.of<() => HttpInput>([
      ...Array.from({ length: 6 }, () => () => this.#badBody()),
      ...Array.from({ length: 3 }, () => () => this.#badPath()),
      ...[
        () => this.#badCursor(),
        () => this.#badMethod(),
        () => this.#framed(),
        () => this.#badFraming(),
      ],
      ...[() => this.#pipelined(), () => this.#broken(), () => this.#refusedThenGood()],
    ]);
    return make();
  }

  #badMethod(): HttpInput {
    const body = this.#spoil.of([null, null, "", "{}", JSON.stringify(this.#examples.search)]);
    return this.#whole(this.#spoil.of(METHODS), this.#path(), body);
  }

  #badPath(): HttpInput {
    return this.#whole(this.#spoil.of(["GET", "GET", "HEAD", "POST"]), this.#path(true), null);
  }

  #badBody(): HttpInput {
    const path = this.#spoil.chance(0.85) ? "/api/v1/search" : this.#path();
    const text = this.#spoil.json(this.#examples.search);
    return this.#whole(
      "POST",
      path,
      text,
      this.#spoil.chance(0.9) ? "application/json" : this.#spoil.of(CONTENT_TYPES),
    );
  }

  #badCursor(): HttpInput {
    const { cursor } = this.#examples;
    const cut = this.#spoil.below(cursor.length);
    const bad = this.#spoil.of<unknown>([
      ...[
        cursor,
        cursor.slice(0, cut),
        cursor.slice(cut),
        cursor + cursor,
        "A".repeat(65_537),
        ...TEXTS,
      ],
      ...[
        cursor.slice(0, cut) + this.#spoil.of(["A", "z", "0", "-", "_"]) + cursor.slice(cut + 1),
        this.#spoil.value(),
      ],
    ]);
    const limit = this.#spoil.chance(0.5) ? 10 : this.#spoil.value();
    return this.#whole("POST", "/api/v1/search/next", JSON.stringify({ cursor: bad, limit }));
  }

  /** A body in chunks, by a header that says so. */
  #framed(): HttpInput {
    const text = this.#spoil.chance(0.5)
      ? JSON.stringify(this.#examples.search)
      : this.#spoil.json(this.#examples.search);
    const method = this.#spoil.of(["POST", "POST", "PUT", "DELETE", "GET", "OPTIONS"]);
    const size = 1 + this.#spoil.below(2000);
    const head = this.#head(method, this.#spoil.of(["/api/v1/search", this.#path()]), [
      "Transfer-Encoding: chunked",
      "Content-Type: application/json",
    ]);
    const bytes = Buffer.from(text);
    const chunks: Buffer[] = [head];
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.subarray(at, at + size);
      chunks.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n"));
    }
    chunks.push(Buffer.from("0\r\n\r\n"));
    return {
      chunks: [Buffer.concat(chunks)],
      gapMs: 0,
      ending: "wait",
      methods: [method],
      isWhole: true,
    };
  }

  /** What is no HTTP, or not all of it. */
  #badFraming(): HttpInput {
    const good = this.#request("POST", "/api/v1/search", JSON.stringify(this.#examples.search));
    const bad = this.#spoil.of([
      ...[
        good.subarray(0, 1 + this.#spoil.below(good.length - 1)),
        Buffer.from("GET\r\n\r\n"),
        Buffer.from("\r\n\r\n\r\n"),
      ],
      ...[
        Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]),
        Buffer.from("GET /healthz HTTP/9.9\r\n\r\n"),
        Buffer.from("GET /healthz HTTP/1.1\r\n\r\n"),
      ],
      ...[
        this.#head("GET", `/${"a".repeat(20_000)}`, []),
        this.#head("GET", "/healthz", [`X: ${"y".repeat(20_000)}`]),
      ],
      ...[
        this.#head("POST", "/api/v1/search", ["Content-Length: -1"]),
        this.#head("POST", "/api/v1/search", ["Content-Length: 1e9"]),
      ],
      ...[
        this.#head("POST", "/api/v1/search", ["Content-Length: 5", "Transfer-Encoding: chunked"]),
      ],
      ...[
        Buffer.concat([
          this.#head("POST", "/api/v1/search", ["Transfer-Encoding: chunked"]),
          Buffer.from("zz\r\n{}\r\n0\r\n\r\n"),
        ]),
      ],
      ...[
        this.#head("GET", "/healthz", ["Host: a", "Host: b"]),
        this.#head("GET", "http://[::1", []),
        this.#head("GET", "*", []),
      ],
      ...[
        Buffer.from(
          `GET /healthz HTTP/1.1\r\nHost: ${this.#spoil.of(TEXTS.map((text) => encodeURIComponent(wellFormed(text))))}\r\nConnection: close\r\n\r\n`,
        ),
      ],
    ]);
    return {
      chunks: this.#spoil.chance(0.2) ? bytesOf(bad.subarray(0, 100)) : [bad],
      gapMs: 1,
      ending: this.#spoil.of(["close", "close", "reset"]),
      methods: ["POST"],
      isWhole: false,
    };
  }

  #pipelined(): HttpInput {
    const count = 2 + this.#spoil.below(19);
    const methods = Array.from({ length: count }, () => this.#spoil.of(["GET", "HEAD"]));
    const requests = methods.map((method, i) => {
      const path = this.#spoil.of([
        "/api/v1/islands",
        "/healthz",
        "/api/v1/healthz",
        `/api/v1/learnwares/${this.#examples.learnwareId}`,
        this.#path(),
      ]);
      return this.#request(method, path, null, i < count - 1);
    });
    return { chunks: [Buffer.concat(requests)], gapMs: 0, ending: "wait", methods, isWhole: true };
  }

  /** Begun, and then left. */
  #broken(): HttpInput {
    const whole = this.#request("POST", "/api/v1/search", JSON.stringify(this.#examples.search));
    const cut = 1 + this.#spoil.below(whole.length - 1);
    return {
      chunks: [whole.subarray(0, cut)],
      gapMs: 0,
      ending: this.#spoil.of(["close", "reset"]),
      methods: ["POST"],
      isWhole: false,
    };
  }

  /** A body that is refused unread must not be taken for the next request. */
  #refusedThenGood(): HttpInput {
    const path = this.#spoil.of(["/api/v1/search", "/api/v1/nowhere", "/healthz"]);
    const size = this.#spoil.of([10, 3 * 1024 * 1024]);
    const first = this.#request(
      "POST",
      path,
      `{"text":"${"GET / HTTP/1.1 ".repeat(size / 10)}"}`,
      true,
    );
    const second = this.#request("GET", "/api/v1/healthz", null);
    return {
      chunks: [first, second],
      gapMs: 0,
      ending: "wait",
      methods: ["POST", "GET"],
      isWhole: true,
    };
  }

  #whole(method: string, path: string, body: string | null, type?: string): HttpInput {
    const bytes = this.#request(method, path, body, false, type);
    return { chunks: [bytes], gapMs: 0, ending: "wait", methods: [method], isWhole: true };
  }

  #request(
    method: string,
    path: string,
    body: string | null,
    keepAlive = false,
    type = "application/json",
  ): Buffer {
    const bytes = Buffer.from(body ?? "");
    const about =
      body === null
        ? []
        : [`Content-Length: ${bytes.length}`, ...(type === "" ? [] : [`Content-Type: ${type}`])];
    return Buffer.concat([this.#head(method, path, about, keepAlive), bytes]);
  }

  #head(method: string, path: string, headers: readonly string[], keepAlive = false): Buffer {
    const lines = [
      `${method} ${path} HTTP/1.1`,
      "Host: localhost",
      `Connection: ${keepAlive ? "keep-alive" : "close"}`,
      ...headers,
    ];
    if (this.#spoil.chance(0.1))
      lines.push(`If-None-Match: ${this.#spoil.of(['"x"', "*", ",,,", 'W/"'])}`);
    if (this.#spoil.chance(0.1))
      lines.push(`Accept-Encoding: ${this.#spoil.of(["gzip", "br;q=0", "*", "gzip;q=abc"])}`);
    return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
  }

  #path(bad = this.#spoil.chance(0.5)): string {
    const { islandId, learnwareId, sha256 } = this.#examples;
    const odd = () =>
      this.#spoil.of([
        encodeURIComponent(wellFormed(this.#spoil.of(TEXTS))).replaceAll(".", "%2E"),
        "%00",
        "%ff",
        "%zz",
        "%",
        "..",
        "%2e%2e",
        "a%2fb",
        String(this.#spoil.of(NUMBERS)),
      ]);
    const island = bad && this.#spoil.chance(0.5) ? odd() : islandId;
    const learnware = bad && this.#spoil.chance(0.5) ? odd() : learnwareId;
    const base = this.#spoil.of([
      ...["/api/v1/islands", `/api/v1/islands/${island}`, `/api/v1/islands/${island}/sketches`],
      ...[
        "/api/v1/learnwares",
        `/api/v1/learnwares/${learnware}`,
        `/api/v1/learnwares/${learnware}/specification`,
      ],
      ...[
        `/api/v1/learnwares/${learnware}/package`,
        "/api/v1/specifications",
        "/api/v1/search",
        "/api/v1/search/next",
        "/api/v1/openapi.json",
      ],
      ...[
        "/healthz",
        "/api/v1/healthz",
        "/metrics",
        "/",
        "//",
        "/api",
        "/api/v1",
        "/api/v1/",
        `/${odd()}`,
        "/assets/x.js",
      ],
    ]);
    if (!bad) return base;
    const names = [
      "limit",
      "offset",
      "islandId",
      "task",
      "sha256",
      "island",
      "ids",
      "spaceVersion",
      "cursor",
      "x",
      "__proto__",
    ];
    const values = [sha256, islandId, ...NUMBERS.map(String), ...LITERALS, odd(), odd()];
    const pairs = Array.from(
      { length: this.#spoil.below(4) },
      () => `${this.#spoil.of(names)}=${this.#spoil.of(values)}`,
    );
    return pairs.length > 0 ? `${base}?${pairs.join(this.#spoil.of(["&", "&", ";"]))}` : base;
  }
}

/** Without lone surrogates, which no address can hold. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function bytesOf(buffer: Buffer): Buffer[] {
  return Array.from(buffer, (_, i) => buffer.subarray(i, i + 1));
}
