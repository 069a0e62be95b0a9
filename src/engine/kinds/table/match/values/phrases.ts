import { Phrase } from "./phrase";

/** Values by their words, to find those that begin with some words without looking at each. */
export class Phrases {
  readonly #all: ReadonlyMap<string, Phrase>;
  readonly #bySaid = new Map<string, Phrase[]>();
  /** By what is said, each before those that go on from it. */
  readonly #sorted: readonly Phrase[];
  readonly #beginnings = new WeakMap<Phrase, readonly string[]>();

  constructor(values: readonly string[]) {
    this.#all = new Map(values.map((value) => [value, new Phrase(value)]));
    const all = [...this.#all.values()].filter(({ said }) => said !== "");
    for (const phrase of all) {
      const same = this.#bySaid.get(phrase.said);
      if (same) same.push(phrase);
      else this.#bySaid.set(phrase.said, [phrase]);
    }
    this.#sorted = all.sort((a, b) => (a.said < b.said ? -1 : Number(a.said > b.said)));
  }

  of(value: string): Phrase | undefined {
    return this.#all.get(value);
  }

  /** What the first words of a value say, all of them but the whole. */
  beginningsOf(phrase: Phrase): readonly string[] {
    const known = this.#beginnings.get(phrase);
    if (known) return known;
    const made: string[] = [];
    for (let at = phrase.said.indexOf(" "); at >= 0; at = phrase.said.indexOf(" ", at + 1)) {
      made.push(phrase.said.slice(0, at));
    }
    this.#beginnings.set(phrase, made);
    return made;
  }

  saying(said: string): readonly Phrase[] {
    return this.#bySaid.get(said) ?? NONE;
  }

  /** Those that begin with these words and go on. */
  goingOnFrom(said: string): readonly Phrase[] {
    if (said === "") return NONE;
    const start = `${said} `;
    const first = this.#firstFrom(start);
    let end = first;
    while (this.#sorted[end]?.said.startsWith(start)) end++;
    return end === first ? NONE : this.#sorted.slice(first, end);
  }

  #firstFrom(start: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]!.said < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const NONE: readonly Phrase[] = [];
