import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { languageOf } from "../../engine/kinds/text/language";
import { basisOfLanguage } from "../../engine/kinds/text/spaces";
import {
  type LoadFile,
  openTextBasis,
  type TextBasisName,
} from "../../engine/kinds/text/open-basis";
import { placeTexts, type TextData } from "../../engine/kinds/text/text-data";

/** Files that embedders and pinned spaces are made of. */
export const EMBEDDERS = new URL("../../../public/embedders/", import.meta.url);

/** Reads one of these, and refuses another. */
export const loadEmbedder: LoadFile = async (name, sha256) => {
  const file = await readFile(new URL(name, EMBEDDERS));
  if (createHash("sha256").update(file).digest("hex") === sha256) return new Uint8Array(file);
  throw new EngineError("damaged_file", `${name} is not what this version of Berth needs`, {
    name,
  });
};

/** In which space texts are described best: English ones by meaning, all others by how they are written. */
export function basisOf(texts: readonly string[]): TextBasisName {
  return basisOfLanguage(languageOf(texts));
}

/** Texts in the spaces named. */
export async function placeHere(
  texts: readonly string[],
  names: readonly TextBasisName[],
): Promise<TextData> {
  const bases = await Promise.all(names.map((name) => openTextBasis(name, loadEmbedder)));
  return finish(placeTexts(texts, bases));
}
