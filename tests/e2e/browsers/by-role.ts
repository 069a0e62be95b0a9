/** XPath of what people see: an element's role, and how its name starts. */
export const byRole = {
  button: (name: string) => `//button[not(@disabled) and ${startsWith(".", name)}]`,
  heading: (name: string) => `//*[self::h1 or self::h2 or self::h3][${startsWith(".", name)}]`,
  status: (name: string) => `//*[@role="status" and ${startsWith(".", name)}]`,
  /** @param words - Anywhere in its name. */
  grid: (words: string) => `//*[@role="grid" and contains(@aria-label, "${words}")]`,
} as const;

function startsWith(text: string, start: string): string {
  return `starts-with(normalize-space(${text}), "${start}")`;
}
