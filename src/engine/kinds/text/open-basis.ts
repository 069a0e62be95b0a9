import { decodeProjection } from "../../specification/embedding/projection-file";
import { ENGLISH, ENGLISH_FILE } from "./embed/english";
import { letterEmbedder } from "./embed/letter-grams";
import { decodeWordVectors, wordEmbedder } from "./embed/word-vectors";
import { TEXT_SPACES } from "./spaces";
import type { TextBasis } from "./text-data";

export type TextBasisName = keyof typeof TEXT_SPACES;

/** Whether texts can be placed in a space of this basis. */
export function isTextBasis(basis: string): basis is TextBasisName {
  return Object.hasOwn(TEXT_SPACES, basis);
}

/** Fetches a file of the app's `embedders/` folder, and refuses another than the one of this SHA-256. */
export type LoadFile = (name: string, sha256: string) => Promise<Uint8Array>;

/**
 * What places texts in a space; its files are fetched when it is first needed.
 *
 * @throws What `load` throws; EngineError `bad_specification` if a file is none.
 */
export async function openTextBasis(name: TextBasisName, load: LoadFile): Promise<TextBasis> {
  const space = TEXT_SPACES[name];
  const embedder =
    name === "english"
      ? wordEmbedder(decodeWordVectors(await load(ENGLISH_FILE.name, ENGLISH.sha256)), ENGLISH)
      : letterEmbedder;
  const file = await load(`${space.id}.projection.npy`, space.projection);
  const projection = decodeProjection(file, [space.dimension, embedder.length]);
  return { basis: space.basis, embedder, projection };
}
