/** @file JSON that no honest client sends, drawn at random from a seed. */

import type { Random } from "../../src/engine/ground/random";
import { FIELDS, LITERALS, NUL, NUMBERS, TEXTS } from "./hard-values";

/** Chooses at random, and spoils what is good. */
export class Spoiler {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** JSON with something in it that should not be there, or no JSON. */
  json(good: object): string {
    if (this.chance(0.08))
      return this.of([
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
    const changes = 1 + this.below(2);
    for (let i = 0; i < changes; i++) this.#spoil(changed);
    const text = JSON.stringify(changed);
    if (this.chance(0.1)) return text.replace(/:(-?\d[\d.e+-]*)/, () => `:${this.of(LITERALS)}`);
    if (this.chance(0.05)) return text.slice(0, this.below(text.length));
    return text;
  }

  #spoil(whole: Record<string, unknown>): void {
    let place: Record<string, unknown> = whole;
    for (;;) {
      const keys = Object.keys(place);
      const key = this.chance(0.1) || keys.length === 0 ? this.of(FIELDS) : this.of(keys);
      const inside = place[key];
      if (typeof inside === "object" && inside !== null && this.chance(0.8)) {
        place = inside as Record<string, unknown>;
        continue;
      }
      if (this.chance(0.1)) Reflect.deleteProperty(place, key);
      else
        place[key] =
          typeof inside === "string" && this.chance(0.4) ? this.#spoiltText(inside) : this.value();
      return;
    }
  }

  /** Base64 of other numbers of the same length, or the same with a letter changed. */
  #spoiltText(text: string): string {
    if (text.length < 20) return this.of(TEXTS);
    if (this.chance(0.5)) {
      const numbers = Float32Array.from({ length: Buffer.from(text, "base64").length / 4 }, () =>
        this.of([3e38, -3e38, 1e-45, 0, NaN, Infinity, 1, 1e20]),
      );
      return Buffer.from(numbers.buffer).toString("base64");
    }
    const at = this.below(text.length);
    return text.slice(0, at) + this.of(["=", "-", "!", NUL, "A"]) + text.slice(at + 1);
  }

  value(): unknown {
    return this.of<unknown>([
      ...[
        null,
        true,
        [],
        {},
        [[]],
        this.of(NUMBERS),
        this.of(NUMBERS),
        this.of(TEXTS),
        this.of(TEXTS),
      ],
      ...[
        Array.from({ length: 501 }, () => "x"),
        Array.from({ length: 500 }, (_, i) => `${this.of(TEXTS).slice(0, 200)}${i}`),
      ],
      ...[[this.of(TEXTS)], { [this.of(TEXTS)]: this.of(TEXTS) }, "A".repeat(2000)],
    ]);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }
}
