import type { EmbeddingSpace } from "../../specification/embedding/embedding-space";
import { ENGLISH, ENGLISH_FILE } from "./embed/english";
import { LETTER_GRAMS } from "./embed/letter-grams";

const PINNED = { kind: "text", version: 1, dimension: 32 } as const;

/** Where texts are described: by what English words mean, and in any language by how it is written. */
export const TEXT_SPACES = {
  english: {
    ...PINNED,
    id: "text-english",
    basis: "english",
    name: "English texts",
    description:
      "Texts by what their words mean. Public points and directions are of 20 Newsgroups (CC BY 4.0).",
    embedder: ENGLISH,
    projection: "41ad7f31cccb841555019bd8427549b587e0a26bcc958a336017de5e1a1c8aa0",
    kernel: { kind: "gaussian", gamma: 0.013878027851944058 },
    book: {
      sha256: "4c1001a2a68da9c4d1552528221edfb85d2fa616ff4c39bd1defd05a202b0385",
      points: 256,
    },
  },
  any: {
    ...PINNED,
    id: "text-any",
    basis: "any",
    name: "Texts in any language",
    description:
      "Texts by the letters that follow each other. Public points and directions are of the Universal Declaration of Human Rights in some 500 languages.",
    embedder: LETTER_GRAMS,
    projection: "b867130b06da52b15f016fc8ce5ea001f3f78b3d9f7919c93a1dd3597e0e0eb1",
    kernel: { kind: "gaussian", gamma: 0.01463396922528733 },
    book: {
      sha256: "c607578b5d93af47e0ecc6fe199993126160a876548cd2239ed1869d0052ea24",
      points: 256,
    },
  },
} as const satisfies Record<string, EmbeddingSpace>;

export type TextSpace = (typeof TEXT_SPACES)[keyof typeof TEXT_SPACES];

/** In which of them texts of a language, as ISO 639-3, are described best: English by meaning, all others by how they are written. */
export function basisOfLanguage(language: string | null): keyof typeof TEXT_SPACES {
  return language === "eng" ? "english" : "any";
}

/** A file of the app's `embedders/` folder. */
export interface EmbedderFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What has to be fetched to place texts in a space. */
export function textFiles(basis: keyof typeof TEXT_SPACES): readonly EmbedderFile[] {
  const { id, projection } = TEXT_SPACES[basis];
  const axes = { name: `${id}.projection.npy`, sha256: projection, bytes: 8832 };
  return basis === "english" ? [ENGLISH_FILE, axes] : [axes];
}

/** The file with the public points of a space. */
export function textBook({ id, book }: TextSpace): EmbedderFile {
  return { name: `${id}.book.npy`, sha256: book.sha256, bytes: 32_896 };
}
