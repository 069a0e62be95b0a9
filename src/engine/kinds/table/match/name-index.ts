import { letterPairs, MOST_UNLESS_SAME, nameWords, numbersIn, withoutBrackets } from "./names";

/**
 * Column names to be compared with many others as `nameSimilarity` does, in time that grows with how many of them share
 * something, and not with how many there are.
 */
export class NameIndex {
  readonly #whole: WordsIndex;
  readonly #bare: WordsIndex;

  constructor(names: readonly string[]) {
    this.#whole = new WordsIndex(names.map(nameWords));
    const bare = names.map(withoutBrackets);
    const isSame = bare.every((name, i) => name === names[i]);
    this.#bare = isSame ? this.#whole : new WordsIndex(bare.map(nameWords));
  }

  /** @returns In [0, 1]. */
  best(name: string): number {
    return Math.max(0, ...this.alike(name).values());
  }

  /**
   * @param least - Of what is to be found: the more, the sooner it is.
   * @returns By place among the names, how alike each is that is as much alike, in (0, 1].
   */
  alike(name: string, least = 0): Map<number, number> {
    const found = new Map<number, number>();
    const words = nameWords(name);
    this.#whole.find(words, least, found);
    const bare = withoutBrackets(name);
    const isSame = bare === name;
    if (!isSame || this.#bare !== this.#whole) {
      this.#bare.find(isSame ? words : nameWords(bare), least, found);
    }
    return found;
  }
}

class WordsIndex {
  readonly #numbers: readonly string[];
  /** By one of `keysOf`, which names have it. */
  readonly #same = new Map<string, number[]>();
  readonly #words: Overlap;
  readonly #pairs: Overlap;

  constructor(names: readonly (readonly string[])[]) {
    this.#numbers = names.map(numbersIn);
    this.#words = new Overlap(names);
    this.#pairs = new Overlap(names.map(letterPairs));
    for (const [at, words] of names.entries()) {
      for (const key of words.length > 0 ? keysOf(words) : []) push(this.#same, key, at);
    }
  }

  /** Raises what was found before. */
  find(words: readonly string[], least: number, found: Map<number, number>): void {
    if (words.length === 0) return;
    const numbers = numbersIn(words);
    const raise = (at: number, dice: number) => {
      const likeness = MOST_UNLESS_SAME * dice;
      if (likeness < least || likeness <= (found.get(at) ?? 0)) return;
      if (this.#numbers[at] === numbers) found.set(at, likeness);
    };
    this.#words.find(words, raise);
    this.#pairs.find(letterPairs(words), raise);
    for (const key of keysOf(words)) for (const at of this.#same.get(key) ?? []) found.set(at, 1);
  }
}

/** Names with one of these in common are the same: the words in any order, or however they are parted. */
function keysOf(words: readonly string[]): [string, string] {
  return [`words ${[...words].sort().join(" ")}`, `letters ${words.join("")}`];
}

/** Lists of items, to find those that have some in common with another: by the Dice coefficient, in (0, 1]. */
class Overlap {
  readonly #lengths: Uint32Array;
  readonly #shared: Uint32Array;
  /** Which lists have an item; one that comes again is another. */
  readonly #having = new Map<string, number[]>();

  constructor(lists: readonly (readonly string[])[]) {
    this.#lengths = Uint32Array.from(lists, ({ length }) => length);
    this.#shared = new Uint32Array(lists.length);
    for (const [at, items] of lists.entries()) {
      for (const item of apart(items)) push(this.#having, item, at);
    }
  }

  find(items: readonly string[], tell: (at: number, dice: number) => void): void {
    const touched: number[] = [];
    for (const item of apart(items)) {
      for (const at of this.#having.get(item) ?? [])
        if (this.#shared[at]!++ === 0) touched.push(at);
    }
    for (const at of touched) {
      const dice = (2 * this.#shared[at]!) / (items.length + this.#lengths[at]!);
      this.#shared[at] = 0;
      tell(at, dice);
    }
  }
}

/** The items, those that come again told apart. */
function apart(items: readonly string[]): readonly string[] {
  if (new Set(items).size === items.length) return items;
  const times = new Map<string, number>();
  return items.map((item) => {
    const before = times.get(item) ?? 0;
    times.set(item, before + 1);
    return before === 0 ? item : `${item} ${before}`;
  });
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
