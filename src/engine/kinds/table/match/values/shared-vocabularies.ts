import { meaningAlone } from "./meanings-of-values";
import type { ReadValues } from "./read-values";
import { VOCABULARIES, type Vocabulary } from "./vocabularies";

/** The vocabularies of which values on both sides are written, and which value of the column has which meaning. */
export function sharedVocabularies(
  own: ReadValues,
  listed: ReadValues,
): { readonly vocabulary: Vocabulary; readonly own: ReadonlyMap<string, number> }[] {
  return VOCABULARIES.flatMap((vocabulary) => {
    if (listed.meaningsIn(vocabulary).size === 0) return [];
    const [only] = own.values;
    const isOne = own.values.length === 1 && only !== undefined;
    const meant = isOne ? aloneIn(only, vocabulary) : own.meaningsIn(vocabulary);
    return meant.size > 0 ? [{ vocabulary, own: meant }] : [];
  });
}

/** A column may hold one value only. */
function aloneIn(value: string, vocabulary: Vocabulary): ReadonlyMap<string, number> {
  const meaning = meaningAlone(value, vocabulary);
  return meaning === null ? new Map() : new Map([[value, meaning]]);
}
