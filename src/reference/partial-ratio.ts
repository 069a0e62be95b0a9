/**
 * Similarity of the shorter text to the most similar stretch of the longer one, in percent:
 * the largest 100 · 2·LCS(a, w) / (|a| + |w|) over the stretches w that start at the beginning,
 * end at the end, or are as long as the shorter text; LCS is the length of the longest common subsequence.
 *
 * Texts are compared by code points and as they are; lower the case first if it is not to count.
 * Cost is O(|longer| · |shorter|²).
 *
 * Source: `fuzz.partial_ratio` of RapidFuzz 3 (Max Bachmann), whose result for needles of any
 * length is this optimum; the similarity is the normalised Indel similarity.
 *
 * @returns In [0, 100]; 100 for two empty texts, 0 if only one is empty.
 */
export function partialRatio(a: string, b: string): number {
  const first = Array.from(a);
  const second = Array.from(b);
  if (first.length === 0 && second.length === 0) return 100;
  const [shorter, longer] = first.length <= second.length ? [first, second] : [second, first];
  let best = bestStretch(shorter, longer);
  if (best < 1 && first.length === second.length) {
    best = Math.max(best, bestStretch(longer, shorter));
  }
  return 100 * best;
}

function bestStretch(needle: readonly string[], hay: readonly string[]): number {
  const letters = new Set(needle);
  const length = needle.length;
  let best = 0;
  const attempt = (from: number, to: number): void => {
    best = Math.max(best, similarity(needle, hay, from, to));
  };
  // A stretch that ends (at the end of the text: begins) with a foreign letter is beaten by a shorter or shifted one.
  for (let to = 1; to < length; to++) {
    if (letters.has(hay[to - 1]!)) attempt(0, to);
  }
  for (let from = 0; from < hay.length - length && best < 1; from++) {
    if (letters.has(hay[from + length - 1]!)) attempt(from, from + length);
  }
  for (let from = hay.length - length; from < hay.length && best < 1; from++) {
    if (letters.has(hay[from]!)) attempt(from, hay.length);
  }
  return best;
}

/** 1 − (insertions and deletions) / (both lengths) between the needle and hay[from, to). */
function similarity(
  needle: readonly string[],
  hay: readonly string[],
  from: number,
  to: number,
): number {
  const lengths = needle.length + to - from;
  const common = commonSubsequence(needle, hay, from, to);
  return 1 - (lengths - 2 * common) / lengths;
}

function commonSubsequence(
  needle: readonly string[],
  hay: readonly string[],
  from: number,
  to: number,
): number {
  const row = new Uint32Array(needle.length + 1);
  for (let p = from; p < to; p++) {
    let diagonal = 0;
    for (let i = 1; i <= needle.length; i++) {
      const above = row[i]!;
      row[i] = needle[i - 1] === hay[p] ? diagonal + 1 : Math.max(above, row[i - 1]!);
      diagonal = above;
    }
  }
  return row[needle.length]!;
}
