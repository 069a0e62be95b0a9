/**
 * Characters that turn the direction of what stands beside them, or do nothing that can be seen: a learnware could be
 * called one thing and read as another. Line ends and tabs stay.
 */
// eslint-disable-next-line no-control-regex -- They are what is looked for.
const TRICKS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A text of someone else's without characters that change how it reads. */
export function plainText(text: string): string {
  return text.replace(TRICKS, "");
}

/** Parsed JSON with `plainText` of all its texts, names of fields excepted. Changes it in place. */
export function plainTexts(value: unknown): unknown {
  if (typeof value === "string") return plainText(value);
  if (typeof value !== "object" || value === null) return value;
  const waiting: object[] = [value];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const [key, inner] of Object.entries(next) as [string, unknown][]) {
      if (typeof inner === "object" && inner !== null) waiting.push(inner);
      else if (typeof inner === "string") Reflect.set(next, key, plainText(inner));
    }
  }
  return value;
}
