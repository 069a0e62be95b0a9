import { seededRandom } from "../../../ground/random";
import { countOf, type TextEmbedder, toUnit } from "./text-embedder";

const MOST_CHARACTERS = 4000;
const BUCKETS = 1 << 16;
const LENGTH = 64;
const SEED = 64;

/** It has no file: the hash is of "letter grams of 3 and 4, 65536 buckets by FNV-1a of UTF-16 units, 64 signs, seed 64". */
export const LETTER_GRAMS = {
  id: "any",
  version: 1,
  sha256: "6a558487c090783ab1ebba7f4828d975354cc8a062193c49cb073023c2ca71b2",
} as const;

let signs: Uint32Array | null = null;

/**
 * A text in any language as its runs of three and four letters, hashed and projected to 64 random directions. It knows no
 * meaning: texts are alike if they are written alike.
 *
 * Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009; Achlioptas, "Database-friendly
 * random projections", PODS 2001.
 */
export const letterEmbedder: TextEmbedder = {
  mark: LETTER_GRAMS,
  length: LENGTH,
  embed(text, into) {
    signs ??= drawSigns();
    for (const [bucket, times] of countOf(gramsOf(text))) {
      const weight = 1 + Math.log(times);
      for (let k = 0; k < LENGTH; k++) {
        const isMinus = (signs[2 * bucket + (k >> 5)]! >>> (k & 31)) & 1;
        into[k]! += isMinus ? -weight : weight;
      }
    }
    return toUnit(into);
  },
};

/** Buckets of all runs of three and of four units of UTF-16, with a blank at either end. */
function* gramsOf(text: string): Generator<number> {
  const plain = text.slice(0, MOST_CHARACTERS).toLowerCase().replace(/\s+/g, " ").trim();
  if (plain === "") return;
  const padded = ` ${plain} `;
  for (let i = 0; i + 3 <= padded.length; i++) {
    const three = hashed(hashed(hashed(START, padded, i), padded, i + 1), padded, i + 2);
    yield (three ^ (three >>> 16)) & (BUCKETS - 1);
    if (i + 4 > padded.length) return;
    const four = hashed(three, padded, i + 3);
    yield (four ^ (four >>> 16)) & (BUCKETS - 1);
  }
}

const START = 2166136261;

/** FNV-1a, going on from a hash by the two bytes of one unit. */
function hashed(hash: number, text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return Math.imul(Math.imul(hash ^ (unit & 255), 16777619) ^ (unit >>> 8), 16777619);
}

/** Shape [buckets, 2]: 64 bits each. */
function drawSigns(): Uint32Array {
  const random = seededRandom(SEED);
  return Uint32Array.from({ length: 2 * BUCKETS }, () => Math.floor(random() * 2 ** 32));
}
