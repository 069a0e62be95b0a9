import type { EmbeddingSpace } from "../../specification/embedding/embedding-space";
import { ENGLISH } from "./embed/english";
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
