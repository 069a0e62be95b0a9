/** Two spellings of one category value have the same key: case, spaces and separators do not count. */
export function categoryKey(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
}
