/**
 * @file JSON as Python's `json` module reads and writes it: whole numbers and floats are told
 * apart, NaN and the infinities are allowed, and keys keep their order. What was written by
 * `json.dump(…, separators=(",", ":"))` comes back to the byte.
 */

import { EngineError } from "../engine/ground/errors";

/** A `bigint` is Python's int and a `number` its float; a `Map` is its dict, in order. */
export type PythonValue =
  null | boolean | number | bigint | string | readonly PythonValue[] | PythonDict;

export type PythonDict = ReadonlyMap<string, PythonValue>;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SPACE = /[ \t\n\r]*/y;
const WORDS: readonly (readonly [string, PythonValue])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];
/** Deeper nesting than any specification has is refused before the call stack ends. */
const DEEPEST = 100;

/**
 * Read JSON text as Python's `json.loads` does. A key that occurs twice has its last value.
 *
 * @throws EngineError `bad_specification` if it is no JSON, or nested more than 100 deep.
 */
export function parsePythonJson(text: string): PythonValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** Write a value as Python's `json.dumps(value, separators=(",", ":"))` does: ASCII, no spaces. */
export function writePythonJson(value: PythonValue): string {
  if (typeof value === "number") return pythonFloat(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return pythonString(value);
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (isDict(value)) {
    const members = Array.from(value, ([key, member]) => {
      return `${pythonString(key)}:${writePythonJson(member)}`;
    });
    return `{${members.join(",")}}`;
  }
  return `[${value.map(writePythonJson).join(",")}]`;
}

export function isDict(value: PythonValue | undefined): value is PythonDict {
  return value instanceof Map;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): PythonValue {
    if (depth > DEEPEST) throw this.#refuse("is nested too deeply");
    this.#match(SPACE);
    const next = this.#text[this.#at];
    if (next === "{") return this.#dict(depth);
    if (next === "[") return this.#list(depth);
    if (next === '"') return this.#string();
    for (const [word, meaning] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return meaning;
    }
    const digits = this.#match(NUMBER);
    if (digits === null) throw this.#refuse("is not JSON");
    return /[.eE]/.test(digits) ? Number(digits) : BigInt(digits);
  }

  end(): void {
    this.#match(SPACE);
    if (this.#at < this.#text.length) throw this.#refuse("is not JSON");
  }

  #dict(depth: number): PythonDict {
    const members = new Map<string, PythonValue>();
    this.#at++;
    if (this.#takes("}")) return members;
    do {
      this.#match(SPACE);
      const key = this.#string();
      if (!this.#takes(":")) throw this.#refuse("is not JSON");
      members.set(key, this.value(depth + 1));
    } while (this.#takes(","));
    if (!this.#takes("}")) throw this.#refuse("is not JSON");
    return members;
  }

  #list(depth: number): readonly PythonValue[] {
    const items: PythonValue[] = [];
    this.#at++;
    if (this.#takes("]")) return items;
    do items.push(this.value(depth + 1));
    while (this.#takes(","));
    if (!this.#takes("]")) throw this.#refuse("is not JSON");
    return items;
  }

  #string(): string {
    const quoted = this.#match(STRING);
    if (quoted === null) throw this.#refuse("is not JSON");
    try {
      return JSON.parse(quoted) as string;
    } catch (cause) {
      throw this.#refuse("has a broken text", cause);
    }
  }

  #takes(sign: string): boolean {
    this.#match(SPACE);
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found?.[0] ?? null;
  }

  #refuse(problem: string, cause?: unknown): EngineError {
    return new EngineError(
      "bad_specification",
      `the specification ${problem}, near character ${this.#at}`,
      { character: this.#at },
      { cause },
    );
  }
}

/**
 * `repr` of a Python float: the fewest digits that give the number back, as in JavaScript, but
 * always with a point or an exponent, and an exponent from 1e16 and below 1e-4.
 */
function pythonFloat(value: number): string {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) {
    const digits = value.toString();
    return digits.includes(".") ? digits : `${digits}.0`;
  }
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

function pythonString(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
