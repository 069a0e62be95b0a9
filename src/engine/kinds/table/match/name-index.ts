import { letterPairs, MOST_UNLESS_SAME, nameWords, numbersIn, withoutBrackets } from "./names";

/**
 * Column names to be compared with many others: what `nameSimilarity` says of the most similar one, in
 * time that grows with how many of them share something, and not with how many there are.
 */
export class NameIndex {
  readonly #whole: WordsIndex;
  readonly #bare: WordsIndex;

  constructor(names: readonly string[]) {
    this.#whole = new WordsIndex(names.map(nameWords));
    this.#bare = new WordsIndex(names.map((name) => nameWords(withoutBrackets(name))));
  }

  /** @returns In [0, 1]. */
  best(name: string): number {
    const whole = this.#whole.best(nameWords(name));
    return Math.max(whole, this.#bare.best(nameWords(withoutBrackets(name))));
  }
}

/** A name's words, and what of them it has in common with the one that is asked for. */
interface Held {
  readonly numbers: string;
  readonly words: number;
  readonly pairs: number;
  sharedWords: number;
  sharedPairs: number;
}

/** Which names hold an item, and how often. */
type Postings = Map<string, Map<Held, number>>;

class WordsIndex {
  readonly #same = new Set<string>();
  readonly #byWord: Postings = new Map();
  readonly #byPair: Postings = new Map();

  constructor(names: readonly (readonly string[])[]) {
    for (const words of names) {
      if (words.length === 0) continue;
      for (const key of keysOf(words)) this.#same.add(key);
      const pairs = letterPairs(words);
      const held: Held = {
        numbers: numbersIn(words),
        words: words.length,
        pairs: pairs.length,
        sharedWords: 0,
        sharedPairs: 0,
      };
      post(this.#byWord, words, held);
      post(this.#byPair, pairs, held);
    }
  }

  best(words: readonly string[]): number {
    if (words.length === 0) return 0;
    if (keysOf(words).some((key) => this.#same.has(key))) return 1;
    const pairs = letterPairs(words);
    const numbers = numbersIn(words);
    const touched = new Set<Held>();
    share(this.#byWord, words, (held, count) => {
      held.sharedWords += count;
      touched.add(held);
    });
    share(this.#byPair, pairs, (held, count) => {
      held.sharedPairs += count;
      touched.add(held);
    });
    let best = 0;
    for (const held of touched) {
      if (held.numbers === numbers) {
        best = Math.max(best, dice(held.sharedWords, held.words + words.length));
        best = Math.max(best, dice(held.sharedPairs, held.pairs + pairs.length));
      }
      held.sharedWords = 0;
      held.sharedPairs = 0;
    }
    return MOST_UNLESS_SAME * best;
  }
}

/** Names with one of these in common are the same: the words in any order, or however they are parted. */
function keysOf(words: readonly string[]): [string, string] {
  return [`words ${[...words].sort().join(" ")}`, `letters ${words.join("")}`];
}

function post(postings: Postings, items: readonly string[], held: Held): void {
  for (const [item, count] of countsOf(items)) {
    const known = postings.get(item);
    if (known) known.set(held, count);
    else postings.set(item, new Map([[held, count]]));
  }
}

function share(
  postings: Postings,
  items: readonly string[],
  add: (held: Held, count: number) => void,
): void {
  for (const [item, wanted] of countsOf(items)) {
    for (const [held, count] of postings.get(item) ?? []) add(held, Math.min(wanted, count));
  }
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function dice(shared: number, both: number): number {
  return both === 0 ? 0 : (2 * shared) / both;
}
