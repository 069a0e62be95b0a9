/** Two spellings of one category value have the same key: case, spaces and separators do not count. */
export function categoryKey(text: string): string {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  // By a function: with a text to put in, V8 strings pieces together, which takes twenty times the space of a long value.
  return OTHER_GAPS.test(plain) ? plain.replace(/[\s_-]+/g, () => " ") : plain;
}

/** Anything between words but one blank. */
const OTHER_GAPS = /[_-]|\s\s|[^\S ]/;
