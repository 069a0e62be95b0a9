/** Shortest stem that is left of a word. */
const SHORTEST = 4;

/**
 * What the forms of an English word have in common: plural, -ed, -ing and a last e go. It need not be a word; other
 * writing comes back as it is.
 *
 * Fewer rules than Porter's, so that short words of different meaning stay apart.
 *
 * @param word - In lower case.
 */
export function stem(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word;
  const one = singular(word);
  const base = withoutDouble(cut(one, "ing") ?? cut(one, "ed") ?? one, one);
  return cut(base, "e") ?? base;
}

function singular(word: string): string {
  if (word.length < SHORTEST || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies") && word.length > SHORTEST) return `${word.slice(0, -3)}y`;
  return /(ss|x|z|ch|sh)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** Null if too little would be left. */
function cut(word: string, ending: string): string | null {
  if (!word.endsWith(ending)) return null;
  const left = word.slice(0, -ending.length);
  return left.length >= SHORTEST && /[aeiouy]/.test(left) ? left : null;
}

/** `travelling` is of `travel`. */
function withoutDouble(base: string, whole: string): string {
  return base !== whole && /([bdgklmnprt])\1$/.test(base) ? base.slice(0, -1) : base;
}
