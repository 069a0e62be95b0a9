import { EngineError } from "../../../ground/errors";
import type { EmbedderMark } from "../../../specification/embedding/embedding-space";
import { wordsOf } from "./canonical";
import { countOf, type TextEmbedder, toUnit } from "./text-embedder";

/** Words of a language, the most frequent first, each with a vector. */
export interface WordVectors {
  readonly words: readonly string[];
  /** Numbers of a vector. */
  readonly length: number;
  /** Shape [words, length]: in units of the word's scale. */
  readonly vectors: Int8Array;
  /** Shape [words]. */
  readonly scales: Float32Array;
}

const MAGIC = "BERTHWV1";
/** Magic, and three numbers of 32 bits. */
const HEAD = MAGIC.length + 12;
/** Words that the frequencies are of, of which the first are here: a word's share of a text goes as 1 / rank. */
const RANKS = 400_000;
/** A word of this share of all text weighs half of what a rare one does. */
const FREQUENT = 1e-3;

/** How much the word of each rank weighs in a text, from rank 1. Source: Arora, Liang, Ma, ICLR 2017 (smooth inverse frequency). */
export function rankWeights(count: number): Float64Array {
  return rankShares(count).map((share) => FREQUENT / (FREQUENT + share));
}

/** Shares of all text, after Zipf: (1 / r) / H. */
export function rankShares(count: number): Float64Array {
  let all = 0;
  for (let rank = 1; rank <= RANKS; rank++) all += 1 / rank;
  return Float64Array.from({ length: count }, (_, i) => 1 / (i + 1) / all);
}

/** Magic, counts of words, numbers and letters, the words as lines, padding to 4, scales, vectors; little-endian. */
export function encodeWordVectors({
  words,
  length,
  vectors,
  scales,
}: WordVectors): Uint8Array<ArrayBuffer> {
  const letters = new TextEncoder().encode(words.join("\n"));
  const padded = Math.ceil(letters.length / 4) * 4;
  const bytes = new Uint8Array(HEAD + padded + 4 * scales.length + vectors.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  [words.length, length, letters.length].forEach((count, i) =>
    view.setUint32(MAGIC.length + 4 * i, count, true),
  );
  bytes.set(letters, HEAD);
  scales.forEach((scale, i) => view.setFloat32(HEAD + padded + 4 * i, scale, true));
  bytes.set(
    new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.length),
    HEAD + padded + 4 * scales.length,
  );
  return bytes;
}

/** @throws EngineError `bad_specification` if the bytes are no word vectors. */
export function decodeWordVectors(bytes: Uint8Array): WordVectors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOne = bytes.length >= HEAD && text(bytes.subarray(0, MAGIC.length)) === MAGIC;
  const [count = 0, length = 0, letters = 0] = isOne
    ? [0, 4, 8].map((at) => view.getUint32(MAGIC.length + at, true))
    : [];
  const scalesAt = HEAD + Math.ceil(letters / 4) * 4;
  const vectorsAt = scalesAt + 4 * count;
  const words = isOne ? text(bytes.subarray(HEAD, HEAD + letters)).split("\n") : [];
  if (words.length !== count || bytes.length !== vectorsAt + count * length) {
    throw new EngineError("bad_specification", "this is no file of word vectors");
  }
  const scales = Float32Array.from({ length: count }, (_, i) =>
    view.getFloat32(scalesAt + 4 * i, true),
  );
  const vectors = new Int8Array(bytes.slice(vectorsAt).buffer);
  return { words, length, vectors, scales };
}

/**
 * A text as the sum of its words' vectors, rare words more than frequent ones, a word that comes often more than once, but less
 * than as often. Cost is O(length · words).
 */
export function wordEmbedder(
  { words, length, vectors, scales }: WordVectors,
  mark: EmbedderMark,
): TextEmbedder {
  const rankOf = new Map(words.map((word, i) => [word, i]));
  const weights = rankWeights(words.length);
  return {
    mark,
    length,
    embed(text, into) {
      for (const [word, times] of countOf(wordsOf(text))) {
        const rank = rankOf.get(word);
        if (rank === undefined) continue;
        const weight = (1 + Math.log(times)) * weights[rank]! * scales[rank]!;
        for (let k = 0, at = rank * length; k < length; k++) into[k]! += weight * vectors[at + k]!;
      }
      return toUnit(into);
    },
  };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
