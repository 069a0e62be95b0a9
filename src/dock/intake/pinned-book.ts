import { readFile } from "node:fs/promises";

const FOLDER = new URL("../../../public/embedders/", import.meta.url);

/** The file of the book of a space that everybody has. */
export async function readPinnedBook(spaceId: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(`${spaceId}.book.npy`, FOLDER)));
}
