import type { KindName } from "../../../../engine/ground/kind-name";
import type { english } from "./english";

type OwnWords = ReturnType<typeof english>;

/** How a model of the user's own is spoken of, by what it learns from. */
export function wordsOfKind(words: OwnWords, kind: KindName): OwnWords["own"] {
  if (kind === "text") return words.ownOfTexts;
  return kind === "image" ? words.ownOfPictures : words.own;
}
