/** @file What learnwares say of themselves, cautions among it, put so that it can be read of many at once. */

interface Described {
  readonly name: string;
  readonly description: string;
}

export interface Notes {
  /** Sentences that at least half of several learnwares say. */
  readonly shared: readonly string[];
  /** What each says beside those, in the order given; nothing of those that say nothing else. */
  readonly own: readonly { readonly name: string; readonly text: string }[];
}

export function notesOf(learnwares: readonly Described[]): Notes {
  const said = learnwares.map(({ name, description }) => ({
    name,
    sentences: sentencesOf(description),
  }));
  const counts = new Map<string, number>();
  for (const { sentences } of said) {
    for (const sentence of new Set(sentences)) {
      counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
    }
  }
  const isShared = (sentence: string) =>
    said.length > 1 && counts.get(sentence)! >= Math.max(2, said.length / 2);
  return {
    shared: [...counts.keys()].filter(isShared),
    own: said.flatMap(({ name, sentences }) => {
      const text = sentences.filter((sentence) => !isShared(sentence)).join(" ");
      return text === "" ? [] : [{ name, text }];
    }),
  };
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|(?<=[。！？])\s*/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
