import { letterPairs, MOST_UNLESS_SAME, nameWords, numbersIn, withoutBrackets } from "./names";

/**
 * Column names to be compared with many others as `nameSimilarity` does, in time that grows with how many of them share
 * something, and not with how many there are.
 */
export class NameIndex {
  readonly #whole: WordsIndex;
  readonly #bare: WordsIndex;

  constructor(names: readonly string[]) {
    this.#whole = new WordsIndex(names.map(readName));
    const bare = names.map(withoutBrackets);
    const isSame = bare.every((name, i) => name === names[i]);
    this.#bare = isSame ? this.#whole : new WordsIndex(bare.map(readName));
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
    this.#whole.find(readName(name), least, found);
    const bare = withoutBrackets(name);
    if (bare !== name || this.#bare !== this.#whole) {
      this.#bare.find(readName(bare), least, found);
    }
    return found;
  }
}

/** A name as it is compared. */
interface ReadName {
  /** Its words and its pairs of letters; one that comes again is another. */
  readonly words: readonly string[];
  readonly pairs: readonly string[];
  readonly numbers: string;
  /** Names with one of these in common are the same: the words in any order, or however they are parted. */
  readonly keys: readonly string[];
}

/** Names come again with every table. */
const read = new Map<string, ReadName>();
const MOST_READ = 50_000;

function readName(name: string): ReadName {
  const known = read.get(name);
  if (known) return known;
  if (read.size >= MOST_READ) read.clear();
  const words = nameWords(name);
  const keys = [`words ${[...words].sort().join(" ")}`, `letters ${words.join("")}`];
  const made = {
    words: apart(words),
    pairs: apart(letterPairs(words)),
    numbers: numbersIn(words),
    keys: words.length > 0 ? keys : [],
  };
  read.set(name, made);
  return made;
}

class WordsIndex {
  readonly #numbers: readonly string[];
  /** By one of its keys, which names have it. */
  readonly #same = new Map<string, number[]>();
  readonly #words: Overlap;
  readonly #pairs: Overlap;

  constructor(names: readonly ReadName[]) {
    this.#numbers = names.map(({ numbers }) => numbers);
    this.#words = new Overlap(names.map(({ words }) => words));
    this.#pairs = new Overlap(names.map(({ pairs }) => pairs));
    for (const [at, { keys }] of names.entries()) {
      for (const key of keys) push(this.#same, key, at);
    }
  }

  /** Raises what was found before. */
  find({ words, pairs, numbers, keys }: ReadName, least: number, found: Map<number, number>): void {
    const raise = (at: number, dice: number) => {
      const likeness = MOST_UNLESS_SAME * dice;
      if (likeness < least || likeness <= (found.get(at) ?? 0)) return;
      if (this.#numbers[at] === numbers) found.set(at, likeness);
    };
    this.#words.find(words, raise);
    this.#pairs.find(pairs, raise);
    for (const key of keys) for (const at of this.#same.get(key) ?? []) found.set(at, 1);
  }
}

/** Lists of items, to find those that have some in common with another: by the Dice coefficient, in (0, 1]. */
class Overlap {
  readonly #lengths: Uint32Array;
  readonly #shared: Uint32Array;
  /** Which lists have an item. */
  readonly #having = new Map<string, number[]>();

  constructor(lists: readonly (readonly string[])[]) {
    this.#lengths = Uint32Array.from(lists, ({ length }) => length);
    this.#shared = new Uint32Array(lists.length);
    for (const [at, items] of lists.entries()) {
      for (const item of items) push(this.#having, item, at);
    }
  }

  find(items: readonly string[], tell: (at: number, dice: number) => void): void {
    const touched: number[] = [];
    for (const item of items) {
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
