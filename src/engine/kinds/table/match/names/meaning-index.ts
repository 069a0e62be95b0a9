import { isTelling, type Meaning, numbersOf, type Word, wordLikeness } from "./meanings";

interface Held {
  readonly column: number;
  readonly meaning: Meaning;
  readonly numbers: string;
}

/** Words that are like one: how much, by their text, and which columns have them. */
interface Near {
  readonly likeness: ReadonlyMap<string, number>;
  readonly held: readonly Held[];
}

/** What columns' names mean, to find those that a feature may mean without comparing it with each. */
export class MeaningIndex {
  /** Columns whose names tell nothing: any feature may be in them. */
  readonly untelling: readonly number[];
  readonly #byWord = new Map<string, Held[]>();
  readonly #byTriple = new Map<string, Word[]>();
  /** By a feature's word. */
  readonly #known = new Map<string, Near>();

  constructor(meanings: readonly Meaning[]) {
    this.untelling = [...meanings.keys()].filter((column) => !isTelling(meanings[column]!));
    const skipped = new Set(this.untelling);
    for (const [column, meaning] of meanings.entries()) {
      if (skipped.has(column)) continue;
      const held = { column, meaning, numbers: numbersOf(meaning) };
      for (const word of meaning) {
        if (!this.#byWord.has(word.text)) {
          for (const triple of word.triples) push(this.#byTriple, triple, word);
        }
        push(this.#byWord, word.text, held);
      }
    }
  }

  /** @returns By column, what `meaningSimilarity` says of the likest of these names, where it is as much. */
  alike(meanings: readonly Meaning[], least: number): Map<number, number> {
    const found = new Map<number, number>();
    for (const meaning of meanings) {
      const near = meaning.map((word) => this.#near(word));
      const numbers = numbersOf(meaning);
      for (const held of new Set(near.flatMap((one) => one.held))) {
        if (held.numbers !== numbers) continue;
        const similarity = similarityOf(meaning, near, held.meaning);
        if (similarity < least || similarity <= (found.get(held.column) ?? 0)) continue;
        found.set(held.column, similarity);
      }
    }
    return found;
  }

  #near(word: Word): Near {
    const known = this.#known.get(word.text);
    if (known) return known;
    // Words that are alike have three letters in a row in common.
    const others = new Set([...word.triples].flatMap((triple) => this.#byTriple.get(triple) ?? []));
    const likeness = new Map<string, number>();
    for (const other of others) {
      const alike = wordLikeness(word, other);
      if (alike > 0) likeness.set(other.text, alike);
    }
    const held = [...new Set([...likeness.keys()].flatMap((text) => this.#byWord.get(text) ?? []))];
    this.#known.set(word.text, { likeness, held });
    return { likeness, held };
  }
}

/** As `meaningSimilarity`, from what is known of the words. */
function similarityOf(meaning: Meaning, near: readonly Near[], other: Meaning): number {
  let found = 0;
  let total = 0;
  for (const [i, { weight }] of meaning.entries()) {
    const { likeness } = near[i]!;
    found += weight * other.reduce((most, { text }) => Math.max(most, likeness.get(text) ?? 0), 0);
    total += weight;
  }
  for (const { text, weight } of other) {
    found += weight * near.reduce((most, one) => Math.max(most, one.likeness.get(text) ?? 0), 0);
    total += weight;
  }
  return found / total;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
