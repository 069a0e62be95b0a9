import type { EmbedderMark } from "../../../specification/embedding/embedding-space";

/** Makes a vector of a text. */
export interface TextEmbedder {
  readonly mark: EmbedderMark;
  /** Numbers of a vector. */
  readonly length: number;
  /**
   * Write the vector of a text, of length 1.
   *
   * @param into - `length` zeros.
   * @returns False if the text has nothing that the embedder knows: then all is left zero.
   */
  embed(text: string, into: Float32Array): boolean;
}

/** Make a vector one long. @returns False if it is zero. */
export function toUnit(vector: Float32Array): boolean {
  let sum = 0;
  for (const part of vector) sum += part * part;
  if (sum === 0) return false;
  const length = Math.sqrt(sum);
  for (let k = 0; k < vector.length; k++) vector[k]! /= length;
  return true;
}

/** How often each of some things comes, by what they are. */
export function countOf<T>(things: Iterable<T>): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return counts;
}
