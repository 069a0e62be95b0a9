import { type Phrase, standsFor } from "./phrase";
import type { ReadValues } from "./read-values";

/**
 * Which listed value each value shortens, or says at more length: "Adelie" is "Adelie Penguin (Pygoscelis adeliae)".
 * Only where exactly one begins with the other's words, and where what follows does not turn it round.
 *
 * @param own - Values of the column that are looked for.
 * @param isFree - Whether a listed value can be one of them still.
 */
export function shortened(
  column: ReadValues,
  own: readonly string[],
  listed: ReadValues,
  isFree: (level: string) => boolean,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const times = new Map<string, number>();
  for (const value of own) {
    const phrase = column.phrases.of(value);
    if (!phrase) continue;
    const near: Phrase[] = [];
    for (const said of column.phrases.beginningsOf(phrase)) {
      for (const one of listed.phrases.saying(said)) if (standsFor(one, phrase)) near.push(one);
    }
    for (const one of listed.phrases.goingOnFrom(phrase.said)) {
      if (standsFor(phrase, one)) near.push(one);
    }
    const free = near.filter(({ text }) => isFree(text));
    if (free.length !== 1) continue;
    const { text } = free[0]!;
    found.set(value, text);
    times.set(text, (times.get(text) ?? 0) + 1);
  }
  return new Map([...found].filter(([, level]) => times.get(level) === 1));
}
