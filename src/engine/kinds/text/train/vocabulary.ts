import { modelWordsOf } from "../embed/canonical";
import { countOf } from "../embed/text-embedder";

/** The words that a model of texts knows. */
export interface Vocabulary {
  readonly words: readonly string[];
  /** Shape [words]: how much a word counts, more the fewer texts have it. */
  readonly idf: Float64Array;
}

/** Rows of which most numbers are zero. */
export interface SparseRows {
  readonly rows: number;
  readonly cols: number;
  /** Shape [rows + 1]: where each row begins among the two below. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Words of one text only tell it apart and nothing else, where there are this many texts. */
const FEWEST_TEXTS = 2;
const MANY_TEXTS = 50;

/**
 * The words that most texts have, with their inverse document frequency ln((1 + n) / (1 + df)) + 1, as scikit-learn has it.
 *
 * @param most - Words that are kept.
 */
export function fitVocabulary(texts: readonly string[], most: number): Vocabulary {
  const frequencies = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(modelWordsOf(text))) {
      frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    }
  }
  const fewest = texts.length < MANY_TEXTS ? 1 : FEWEST_TEXTS;
  const kept = [...frequencies]
    .filter(([, count]) => count >= fewest)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, most);
  const idf = Float64Array.from(kept, ([, df]) => Math.log((1 + texts.length) / (1 + df)) + 1);
  return { words: kept.map(([word]) => word), idf };
}

/** Term frequency × idf, each row of length 1; a text without any known word is all zeros. */
export function tfIdf(texts: readonly string[], { words, idf }: Vocabulary): SparseRows {
  const columnOf = new Map(words.map((word, column) => [word, column]));
  const starts = new Int32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  texts.forEach((text, row) => {
    let sum = 0;
    for (const [word, times] of countOf(modelWordsOf(text))) {
      const column = columnOf.get(word);
      if (column === undefined) continue;
      const value = times * idf[column]!;
      sum += value * value;
      columns.push(column);
      values.push(value);
    }
    const length = Math.sqrt(sum) || 1;
    for (let at = starts[row]!; at < values.length; at++) values[at]! /= length;
    starts[row + 1] = values.length;
  });
  return {
    ...{ rows: texts.length, cols: words.length, starts },
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  };
}
