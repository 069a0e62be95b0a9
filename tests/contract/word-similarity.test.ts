import { expect, test } from "vitest";

import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { seededRandom } from "../../src/engine/ground/random";
import { wordSimilarity } from "../../src/engine/search/words/word-similarity";

const words = "house houses prices pricing of sales banana ananas a ab 2014 flight-delay x_1".split(
  " ",
);

/** Misspelt words, with gaps of several kinds. */
function randomTexts(count: number, mostWords: number, seed: number): string[] {
  const random = seededRandom(seed);
  const pick = (choices: readonly string[]) => choices[Math.floor(random() * choices.length)]!;
  const misspelt = (word: string) => {
    const at = Math.floor(random() * word.length);
    return random() < 0.5 ? word : word.slice(0, at) + pick(words).charAt(0) + word.slice(at + 1);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(random() * mostWords) }, () => misspelt(pick(words))).join(
      pick([" ", ", ", ". "]),
    ),
  );
}

test("a tab judges likeness of texts as the database of a dock does", async () => {
  const database = await PgliteDatabase.open();
  await (await SqlStore.open(database)).islands(); // Loads pg_trgm.
  const asked = randomTexts(500, 3, 1);
  const texts = randomTexts(500, 12, 2);
  const rows = await database.query<{ similarity: number }>(
    `select word_similarity(a, t)::float8 as similarity
     from unnest($1::text[], $2::text[]) with ordinality as pair (a, t, place) order by place`,
    [asked, texts],
  );
  await database.close();
  rows.forEach(({ similarity }, i) => {
    // The database computes in single precision.
    expect(wordSimilarity(asked[i]!, texts[i]!), `${asked[i]} in ${texts[i]}`).toBeCloseTo(
      similarity,
      6,
    );
  });
});
