/** @file What places a column in a pinned space, and what is told of it. */

/** Files of an embedder by their names. */
export type EmbedderFiles = ReadonlyMap<string, Uint8Array>;

/** What runs a model that embeds. */
export const ORT_WASM = "ort.wasm";

/** What may be told of a column that was placed in a pinned space. */
export interface Embedded {
  readonly rows: number;
  /** Rows that say something in the space; the others have no part in what describes them, and are predicted all the same. */
  readonly described: number;
  /** Of most texts, as ISO 639-3; null if none can be told, or these are no texts. */
  readonly language: string | null;
}
