import { franc } from "franc-min";

/** Texts that are looked at, and letters of each. */
const LOOKED_AT = 200;
const LETTERS = 300;
/** Shorter texts tell no language. */
const SHORTEST = 20;

/**
 * The language that most texts are in, as ISO 639-3 (`eng`, `deu`, `cmn`); null if none can be told.
 *
 * Source: Cavnar, Trenkle, "N-Gram-Based Text Categorization", SDAIR 1994, as franc has it.
 */
export function languageOf(texts: readonly string[]): string | null {
  const step = Math.max(1, Math.floor(texts.length / LOOKED_AT));
  const counts = new Map<string, number>();
  for (let i = 0; i < texts.length; i += step) {
    const text = texts[i]!.trim().slice(0, LETTERS);
    const language = franc(text, { minLength: SHORTEST });
    if (language !== "und") counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most) return most[0];
  // Many short texts are one long one.
  const all = franc(texts.slice(0, LOOKED_AT).join(" ").slice(0, 5000), { minLength: SHORTEST });
  return all === "und" ? null : all;
}
