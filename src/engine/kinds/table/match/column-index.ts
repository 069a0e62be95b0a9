import type { ColumnProfile } from "../columns/profile";
import { NameIndex } from "./names/name-index";
import { readValuesOf } from "./values/join-values";
import { namedAfter } from "./values/named-value";
import { type Vocabulary, VOCABULARIES } from "./values/vocabularies";

/** Names and values of columns, made ready to be matched with many islands. */
export class ColumnIndex {
  readonly names: NameIndex;
  readonly #columns: readonly ColumnProfile[];
  /** Made when they are first asked for: many islands have numbers alone. */
  #byValue: ReadonlyMap<string, readonly number[]> | null = null;
  #byVocabulary: ReadonlyMap<Vocabulary, readonly number[]> | null = null;
  #named: readonly number[] | null = null;

  constructor(columns: readonly ColumnProfile[]) {
    this.#columns = columns;
    this.names = new NameIndex(columns.map(({ name }) => name));
  }

  /**
   * Categories that have a value.
   *
   * @param plain - As `plainSpelling` has it.
   */
  having(plain: string): readonly number[] {
    this.#byValue ??= this.#group((column) => [...readValuesOf(column).plainSet]);
    return this.#byValue.get(plain) ?? [];
  }

  /** Categories whose values are words of a vocabulary. */
  inWordsOf(vocabulary: Vocabulary): readonly number[] {
    this.#byVocabulary ??= this.#group((column) =>
      VOCABULARIES.filter((one) => readValuesOf(column).meaningsIn(one).size > 0),
    );
    return this.#byVocabulary.get(vocabulary) ?? [];
  }

  /** Columns that are called like one of two values, as `is_male` is. */
  get calledLikeValues(): readonly number[] {
    this.#named ??= this.#columns.flatMap(({ name }, i) =>
      namedAfter(name)?.vocabulary.meanings === 2 ? i : [],
    );
    return this.#named;
  }

  #group<Key>(keysOf: (column: ColumnProfile) => readonly Key[]): Map<Key, number[]> {
    const found = new Map<Key, number[]>();
    for (const [i, column] of this.#columns.entries()) {
      if (column.type !== "category") continue;
      for (const key of keysOf(column)) {
        const held = found.get(key);
        if (held) held.push(i);
        else found.set(key, [i]);
      }
    }
    return found;
  }
}
