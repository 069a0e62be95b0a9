import { createHash, randomBytes } from "node:crypto";

const BYTES = 32;
/** So that a token that has leaked is found by whoever looks for them. */
export const TOKEN_PREFIX = "berth_";

/** 256 bits that nobody guesses, in 43 letters and digits. */
export function makeSecret(): string {
  return randomBytes(BYTES).toString("base64url");
}

/** What is kept of a secret. It is random, so that nobody finds it by its hash, however fast that is made. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
