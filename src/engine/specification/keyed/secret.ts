/** @file The secret of a browser or machine, and what is derived from it. */

import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { EngineError } from "../../ground/errors";

/** 32 bytes that never leave: who has them can repeat every choice that was made of the rows. */
export type Secret = Uint8Array;

export const SECRET_BYTES = 32;

/**
 * A further secret for one purpose: HMAC-SHA-256 of the purpose and what it is for.
 *
 * @param about - Whole numbers in [0, 2³²).
 * @throws EngineError `bad_parameter` if the secret has not 32 bytes.
 */
export function deriveSecret(secret: Secret, purpose: string, ...about: number[]): Secret {
  if (secret.length !== SECRET_BYTES) {
    throw new EngineError("bad_parameter", `a secret has 32 bytes, got ${secret.length}`);
  }
  const text = `berth ${purpose} ${about.join(" ")}`;
  return hmac(
    sha256,
    secret,
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  );
}

/** The first words of a secret, as the key of `hashRows`. */
export function hashKey(secret: Secret): Uint32Array {
  return Uint32Array.from({ length: 4 }, (_, word) => wordOf(secret, word));
}

/** A number in [0, 2³²) of a secret, for a seeded choice. */
export function seedOf(secret: Secret): number {
  return wordOf(secret, 0);
}

function wordOf(secret: Secret, word: number): number {
  return new DataView(secret.buffer, secret.byteOffset).getUint32(4 * word, true);
}
