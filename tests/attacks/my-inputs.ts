/** @file Requests below `/my/` that no honest client makes: as everybody, as somebody, as somebody else, as an admin. */

import { type Permission, permissions } from "../../src/dock/http/permissions";
import type { Random } from "../../src/engine/ground/random";
import { CONTENT_TYPES, NUMBERS, TEXTS } from "./hard-values";
import { type HttpInput, wellFormed } from "./http-inputs";
import { Spoiler } from "./spoiler";

/** Valid ones to begin with. */
export interface MyExamples {
  /** Tokens, by whose they are. */
  readonly tokens: readonly string[];
  /** Of things that are there, and whose owner is among those with tokens. */
  readonly ids: readonly string[];
  /** Of uploads that are not finished. */
  readonly uploads: readonly string[];
}

/** What each takes, by method and path. */
const BODIES: Readonly<Record<string, object>> = {
  "POST /my/register": { email: "new@people.test" },
  "POST /my/confirm": { code: "A".repeat(43), name: "New", password: "correct horse battery" },
  "POST /my/login": { email: "admin@people.test", password: "not the password at all" },
  "POST /my/reset": { email: "admin@people.test" },
  "POST /my/reset-confirm": { code: "A".repeat(43), password: "correct horse battery" },
  "POST /my/password": { current: "not the password", next: "correct horse battery" },
  "POST /my/tokens": { name: "more", scopes: ["read"], days: 1 },
  "POST /my/uploads": { sizeBytes: 10 },
  "POST /my/uploads/{id}/finish": { sha256: "0".repeat(64) },
  "POST /my/submissions": { uploadId: "0".repeat(32), learnwareId: "mine", islandId: "wine" },
  "PATCH /my/learnwares/{id}": { name: "A name", description: "What it does.", scenario: ["Others"] }, // prettier-ignore
  "POST /my/admin/users": { email: "invited@people.test", role: "user" },
  "PATCH /my/admin/users/{id}": { disabled: false },
  "PATCH /my/admin/islands/{id}": { name: "A name", description: "" },
  "POST /my/admin/islands/{id}/merge": { into: "wine-quality" },
  "POST /my/admin/islands/{id}/split": { id: "half", name: "Half", learnwareIds: ["a"] },
};
const MOST_PIECE = 4000;

export class MyInputs {
  readonly #spoil: Spoiler;
  readonly #examples: MyExamples;

  constructor(random: Random, examples: MyExamples) {
    this.#spoil = new Spoiler(random);
    this.#examples = examples;
  }

  next(): HttpInput {
    return this.#spoil.chance(0.25) ? this.#piece() : this.#request();
  }

  #request(): HttpInput {
    const permission = this.#spoil.of(permissions);
    const good = BODIES[`${permission.method} ${permission.path}`];
    const text = good ? this.#bodyOf(good) : this.#spoil.of([null, null, "", "{}", "[]"]);
    const type = this.#spoil.chance(0.9) ? "application/json" : this.#spoil.of(CONTENT_TYPES);
    const about = text === null ? [] : [`Content-Length: ${Buffer.byteLength(text)}`, `Content-Type: ${type}`]; // prettier-ignore
    const { method } = permission;
    const head = this.#head(method, this.#path(permission), about);
    return whole(method, Buffer.concat([head, Buffer.from(text ?? "")]));
  }

  /** Valid now and then: what is asked for is then done, or refused for whose it is. */
  #bodyOf(good: object): string {
    return this.#spoil.chance(0.15) ? JSON.stringify(good) : this.#spoil.json(good);
  }

  /** Bytes of an upload, at odd offsets, of odd lengths, in chunks, or broken off. */
  #piece(): HttpInput {
    const bytes = Buffer.alloc(this.#spoil.below(MOST_PIECE), this.#spoil.below(256));
    const id = this.#spoil.chance(0.9) ? this.#spoil.of(this.#examples.uploads) : this.#odd();
    const offset = this.#spoil.chance(0.5) ? 0 : this.#spoil.of(NUMBERS);
    const about = [
      ...(this.#spoil.chance(0.9) ? [`Upload-Offset: ${String(offset)}`] : []),
      "Content-Type: application/octet-stream",
    ];
    const path = `/api/v1/my/uploads/${id}`;
    if (this.#spoil.chance(0.3)) {
      const head = this.#head("PATCH", path, [...about, "Transfer-Encoding: chunked"]);
      const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
      const end = Buffer.from(bytes.length > 0 ? "\r\n0\r\n\r\n" : "\r\n");
      return whole("PATCH", Buffer.concat([head, size, bytes, end]));
    }
    const head = this.#head("PATCH", path, [...about, `Content-Length: ${bytes.length}`]);
    if (this.#spoil.chance(0.7)) return whole("PATCH", Buffer.concat([head, bytes]));
    const sent = Buffer.concat([head, bytes.subarray(0, bytes.length >> 1)]);
    const ending = this.#spoil.of(["close", "reset"] as const);
    return { chunks: [sent], gapMs: 0, ending, methods: ["PATCH"], isWhole: false };
  }

  #path({ path }: Permission): string {
    const id = this.#spoil.chance(0.6) ? this.#spoil.of(this.#examples.ids) : this.#odd();
    const filled = `/api/v1${path.replace(/\{\w+\}/, id)}`;
    if (this.#spoil.chance(0.7)) return filled;
    const name = this.#spoil.of(["limit", "offset", "days", "text", "__proto__"]);
    return `${filled}?${name}=${this.#spoil.chance(0.5) ? String(this.#spoil.of(NUMBERS)) : this.#odd()}`;
  }

  #odd(): string {
    const text = encodeURIComponent(wellFormed(this.#spoil.of(TEXTS))).replaceAll(".", "%2E");
    return this.#spoil.of([text, "%00", "%ff", "%zz", "..", "%2e%2e%2f", "a%2fb", "-1", "1e9", "0".repeat(32)]); // prettier-ignore
  }

  #head(method: string, path: string, about: readonly string[]): Buffer {
    const lines = [`${method} ${path} HTTP/1.1`, "Host: localhost", "Connection: close", ...about];
    if (this.#spoil.chance(0.85)) {
      const token = this.#spoil.of(this.#examples.tokens);
      const cut = this.#spoil.below(token.length);
      lines.push(
        `Authorization: ${this.#spoil.of([`Bearer ${token}`, `Bearer ${token}`, `Bearer ${token}`, `Bearer ${token.slice(0, cut)}`, `bearer  ${token}`, "Basic YTpi", "Bearer"])}`,
      );
    }
    if (this.#spoil.chance(0.15)) lines.push(`Cookie: ${this.#spoil.of(["berth=x", "berth=", "=;=;", `berth=${"A".repeat(5000)}`])}`); // prettier-ignore
    if (this.#spoil.chance(0.2)) lines.push(`Origin: ${this.#spoil.of(["null", "http://evil.test", "http://localhost", "x"])}`); // prettier-ignore
    return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
  }
}

function whole(method: string, bytes: Buffer): HttpInput {
  return { chunks: [bytes], gapMs: 0, ending: "wait", methods: [method], isWhole: true };
}
