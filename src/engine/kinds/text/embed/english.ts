import type { EmbedderMark } from "../../../specification/embedding/embedding-space";

/** English words by GloVe 6B (PDDL): `public/embedders/english-1.bin`, built by `npm run assets`. */
export const ENGLISH: EmbedderMark = {
  id: "english",
  version: 1,
  sha256: "839a504cf915d801fe69ff2c9df7de4a0f39a339dc214f2893685855a8f82468",
};

export const ENGLISH_FILE = { name: "english-1.bin", sha256: ENGLISH.sha256, bytes: 1_521_392 };
