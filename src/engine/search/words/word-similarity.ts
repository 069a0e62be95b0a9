/**
 * How well a text's most similar stretch matches what was asked: over stretches of the text's
 * trigrams in their order, the largest |common| / |in either|, counting each trigram once.
 * Words are padded with two blanks before and one after.
 *
 * Cost O(|text| · |stretch|). Both texts are compared as they are; lower the case first if it is
 * not to count.
 *
 * Source: `word_similarity` of PostgreSQL 17's pg_trgm, whose greedy choice of the stretch this is,
 * so that a tab finds what a dock would.
 *
 * @returns In [0, 1]; 0 if either has no word.
 */
export function wordSimilarity(asked: string, text: string): number {
  const wanted = new Set(trigramsOf(asked));
  const trigrams = trigramsOf(text);
  /** Where each trigram of the stretch stands last. */
  const last = new Map<string, number>();
  let start = -1;
  let best = 0;
  for (const [end, trigram] of trigrams.entries()) {
    const isWanted = wanted.has(trigram);
    if (start < 0 && !isWanted) continue;
    if (start < 0) start = end;
    last.set(trigram, end);
    if (!isWanted) continue;
    const found = bestStart(trigrams, wanted, last, start, end);
    for (; start < found.start; start++) {
      if (last.get(trigrams[start]!) === start) last.delete(trigrams[start]!);
    }
    best = Math.max(best, found.similarity);
  }
  return best;
}

/** Where a stretch that ends here had best begin. */
function bestStart(
  trigrams: readonly string[],
  wanted: ReadonlySet<string>,
  last: ReadonlyMap<string, number>,
  from: number,
  end: number,
): { readonly start: number; readonly similarity: number } {
  let distinct = last.size;
  let common = 0;
  for (const trigram of last.keys()) if (wanted.has(trigram)) common++;
  let best = { start: from, similarity: 0 };
  for (let start = from; start <= end; start++) {
    const similarity = common / (wanted.size + distinct - common);
    if (similarity > best.similarity) best = { start, similarity };
    const trigram = trigrams[start]!;
    if (last.get(trigram) !== start) continue; // It comes again.
    distinct--;
    if (wanted.has(trigram)) common--;
  }
  return best;
}

/** Runs of letters and digits, in order. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Of every word, in order. */
function trigramsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => {
    const letters = Array.from(`  ${word} `);
    return Array.from({ length: letters.length - 2 }, (_, i) => letters.slice(i, i + 3).join(""));
  });
}
