/** @file What the database keeps of a card for `sql-catalogue.ts`, beside the card itself. */

import type { LearnwareCard } from "../../../../contracts/http/dock-api";
import { nameKey } from "../../../../engine/search/catalogue/order";
import { skillOf } from "../../../../engine/search/catalogue/skill";
import { isPlainWord } from "../../../../engine/search/words/near-words";
import { searchKeysOf } from "../../../../engine/search/words/relevance";
import { tagsOf } from "../../../../engine/search/words/semantic-filter";
import type { Database, Sql } from "../../database/database";
import { type CardRow, toCard } from "../sql-rows";

/** Goes up with every change of what is made of a card: dictionary, stems, skill. */
const CATALOGUE = 1;

/** Columns of a learnware, and how they are read from a JSON object `c` that `catalogueEntryOf` made. */
export const catalogueColumns = "words, size_bytes, row_count, skill, sort_name, catalogued";
export const catalogueValues = `array_to_tsvector(array(select jsonb_array_elements_text(c -> 'words'))),
  (c ->> 'sizeBytes')::bigint, (c ->> 'rowCount')::bigint, (c ->> 'skill')::float8, c ->> 'sortName', ${CATALOGUE}`;
export const catalogueUpdates = catalogueColumns
  .split(", ")
  .map((column) => `${column} = excluded.${column}`)
  .join(", ");

export interface CatalogueEntry {
  readonly words: readonly string[];
  readonly sizeBytes: number;
  readonly rowCount: number;
  readonly skill: number | null;
  readonly sortName: string;
}

export function catalogueEntryOf(card: LearnwareCard): CatalogueEntry {
  const { name, description, target, semantic, translations, sizeBytes, rowCount } = card;
  const said = { name, description, target, tags: tagsOf(semantic) };
  return {
    words: searchKeysOf({ ...said, translations }),
    sizeBytes,
    rowCount,
    skill: skillOf(card.metrics),
    sortName: nameKey(name),
  };
}

/** Notes words that others may misspell. In one order, so that no two writers wait for each other. */
export async function noteWords(tx: Sql, entries: readonly CatalogueEntry[]): Promise<void> {
  const words = new Set(entries.flatMap((entry) => entry.words.filter(isPlainWord)));
  await tx.query(
    `insert into search_word select w from unnest($1::text[]) as w
     where not exists (select 1 from search_word where word = w) order by w collate "C"
     on conflict do nothing`,
    [[...words]],
  );
}

/** Learnwares made anew at once. */
const BATCH = 500;

/** Makes what an older version of the dock left, or made by other rules. */
export async function catalogueAll(database: Database): Promise<void> {
  for (;;) {
    const rows = await database.query<CardRow & { number: string; version: number }>(
      `select l.number, l.version, v.card from learnware l join learnware_version v using (number, version)
       where l.catalogued < ${CATALOGUE} order by l.number limit ${BATCH}`,
    );
    if (rows.length === 0) return;
    const entries = rows.map(({ number, version, card: document }) => {
      const card = toCard({ card: document });
      return { number, version, ...(card ? catalogueEntryOf(card) : unreadable) };
    });
    await database.transaction(async (tx) => {
      await tx.query(
        `update learnware l set (${catalogueColumns}) = (select ${catalogueValues})
         from jsonb_array_elements($1::jsonb) as c
         where l.number = (c ->> 'number')::bigint and l.version = (c ->> 'version')::int`,
        [JSON.stringify(entries)],
      );
      await noteWords(tx, entries);
    });
  }
}

/** Nobody is shown a card that cannot be read. */
const unreadable: CatalogueEntry = {
  words: [],
  sizeBytes: 0,
  rowCount: 0,
  skill: null,
  sortName: "",
};
