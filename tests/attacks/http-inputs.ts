/** @file Requests that no honest client makes, drawn at random from a seed. */

import type { Random } from "../../src/engine/ground/random";
import { CONTENT_TYPES, FIELDS, LITERALS, METHODS, NUL, NUMBERS, TEXTS } from "./hard-values";
import type { RawInput } from "./raw-http";

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
  readonly #random: Random;
  readonly #examples: Examples;

  constructor(random: Random, examples: Examples) {
    this.#random = random;
    this.#examples = examples;
  }

  next(): HttpInput {
    const make = this.#of<() => HttpInput>([
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
    const body = this.#of([null, null, "", "{}", JSON.stringify(this.#examples.search)]);
    return this.#whole(this.#of(METHODS), this.#path(), body);
  }

  #badPath(): HttpInput {
    return this.#whole(this.#of(["GET", "GET", "HEAD", "POST"]), this.#path(true), null);
  }

  #badBody(): HttpInput {
    const path = this.#chance(0.85) ? "/api/v1/search" : this.#path();
    const text = this.#badJson(this.#examples.search);
    return this.#whole(
      "POST",
      path,
      text,
      this.#chance(0.9) ? "application/json" : this.#of(CONTENT_TYPES),
    );
  }

  #badCursor(): HttpInput {
    const { cursor } = this.#examples;
    const cut = this.#below(cursor.length);
    const bad = this.#of<unknown>([
      ...[
        cursor,
        cursor.slice(0, cut),
        cursor.slice(cut),
        cursor + cursor,
        "A".repeat(65_537),
        ...TEXTS,
      ],
      ...[
        cursor.slice(0, cut) + this.#of(["A", "z", "0", "-", "_"]) + cursor.slice(cut + 1),
        this.#value(),
      ],
    ]);
    const limit = this.#chance(0.5) ? 10 : this.#value();
    return this.#whole("POST", "/api/v1/search/next", JSON.stringify({ cursor: bad, limit }));
  }

  /** A body in chunks, by a header that says so. */
  #framed(): HttpInput {
    const text = this.#chance(0.5)
      ? JSON.stringify(this.#examples.search)
      : this.#badJson(this.#examples.search);
    const method = this.#of(["POST", "POST", "PUT", "DELETE", "GET", "OPTIONS"]);
    const size = 1 + this.#below(2000);
    const head = this.#head(method, this.#of(["/api/v1/search", this.#path()]), [
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
    const bad = this.#of([
      ...[
        good.subarray(0, 1 + this.#below(good.length - 1)),
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
          `GET /healthz HTTP/1.1\r\nHost: ${this.#of(TEXTS.map((text) => encodeURIComponent(wellFormed(text))))}\r\nConnection: close\r\n\r\n`,
        ),
      ],
    ]);
    return {
      chunks: this.#chance(0.2) ? bytesOf(bad.subarray(0, 100)) : [bad],
      gapMs: 1,
      ending: this.#of(["close", "close", "reset"]),
      methods: ["POST"],
      isWhole: false,
    };
  }

  #pipelined(): HttpInput {
    const count = 2 + this.#below(19);
    const methods = Array.from({ length: count }, () => this.#of(["GET", "HEAD"]));
    const requests = methods.map((method, i) => {
      const path = this.#of([
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
    const cut = 1 + this.#below(whole.length - 1);
    return {
      chunks: [whole.subarray(0, cut)],
      gapMs: 0,
      ending: this.#of(["close", "reset"]),
      methods: ["POST"],
      isWhole: false,
    };
  }

  /** A body that is refused unread must not be taken for the next request. */
  #refusedThenGood(): HttpInput {
    const path = this.#of(["/api/v1/search", "/api/v1/nowhere", "/healthz"]);
    const size = this.#of([10, 3 * 1024 * 1024]);
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
    if (this.#chance(0.1)) lines.push(`If-None-Match: ${this.#of(['"x"', "*", ",,,", 'W/"'])}`);
    if (this.#chance(0.1))
      lines.push(`Accept-Encoding: ${this.#of(["gzip", "br;q=0", "*", "gzip;q=abc"])}`);
    return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
  }

  #path(bad = this.#chance(0.5)): string {
    const { islandId, learnwareId, sha256 } = this.#examples;
    const odd = () =>
      this.#of([
        encodeURIComponent(wellFormed(this.#of(TEXTS))).replaceAll(".", "%2E"),
        "%00",
        "%ff",
        "%zz",
        "%",
        "..",
        "%2e%2e",
        "a%2fb",
        String(this.#of(NUMBERS)),
      ]);
    const island = bad && this.#chance(0.5) ? odd() : islandId;
    const learnware = bad && this.#chance(0.5) ? odd() : learnwareId;
    const base = this.#of([
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
      { length: this.#below(4) },
      () => `${this.#of(names)}=${this.#of(values)}`,
    );
    return pairs.length > 0 ? `${base}?${pairs.join(this.#of(["&", "&", ";"]))}` : base;
  }

  /** JSON with something in it that should not be there, or no JSON. */
  #badJson(good: object): string {
    if (this.#chance(0.08))
      return this.#of([
        "",
        "{",
        "[]",
        "null",
        "1",
        '"x"',
        "\ufeff{}",
        "{}{}",
        "[".repeat(100_000),
        '{"a":'.repeat(50_000),
        NUL,
        "\ud800",
      ]);
    const changed = structuredClone(good) as Record<string, unknown>;
    const changes = 1 + this.#below(2);
    for (let i = 0; i < changes; i++) this.#spoil(changed);
    const text = JSON.stringify(changed);
    if (this.#chance(0.1)) return text.replace(/:(-?\d[\d.e+-]*)/, () => `:${this.#of(LITERALS)}`);
    if (this.#chance(0.05)) return text.slice(0, this.#below(text.length));
    return text;
  }

  #spoil(whole: Record<string, unknown>): void {
    let place: Record<string, unknown> = whole;
    for (;;) {
      const keys = Object.keys(place);
      const key = this.#chance(0.1) || keys.length === 0 ? this.#of(FIELDS) : this.#of(keys);
      const inside = place[key];
      if (typeof inside === "object" && inside !== null && this.#chance(0.8)) {
        place = inside as Record<string, unknown>;
        continue;
      }
      if (this.#chance(0.1)) Reflect.deleteProperty(place, key);
      else
        place[key] =
          typeof inside === "string" && this.#chance(0.4)
            ? this.#spoiltText(inside)
            : this.#value();
      return;
    }
  }

  /** Base64 of other numbers of the same length, or the same with a letter changed. */
  #spoiltText(text: string): string {
    if (text.length < 20) return this.#of(TEXTS);
    if (this.#chance(0.5)) {
      const numbers = Float32Array.from({ length: Buffer.from(text, "base64").length / 4 }, () =>
        this.#of([3e38, -3e38, 1e-45, 0, NaN, Infinity, 1, 1e20]),
      );
      return Buffer.from(numbers.buffer).toString("base64");
    }
    const at = this.#below(text.length);
    return text.slice(0, at) + this.#of(["=", "-", "!", NUL, "A"]) + text.slice(at + 1);
  }

  #value(): unknown {
    return this.#of<unknown>([
      ...[
        null,
        true,
        [],
        {},
        [[]],
        this.#of(NUMBERS),
        this.#of(NUMBERS),
        this.#of(TEXTS),
        this.#of(TEXTS),
      ],
      ...[
        Array.from({ length: 501 }, () => "x"),
        Array.from({ length: 500 }, (_, i) => `${this.#of(TEXTS).slice(0, 200)}${i}`),
      ],
      ...[[this.#of(TEXTS)], { [this.#of(TEXTS)]: this.#of(TEXTS) }, "A".repeat(2000)],
    ]);
  }

  #of<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)]!;
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}

/** Without lone surrogates, which no address can hold. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function bytesOf(buffer: Buffer): Buffer[] {
  return Array.from(buffer, (_, i) => buffer.subarray(i, i + 1));
}
