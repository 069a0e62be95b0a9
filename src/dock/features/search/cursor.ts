import { deflateRawSync, inflateRawSync } from "node:zlib";

import type { z } from "zod";

import { AppError } from "../../../contracts/outcome";

/** No cursor of ours unpacks to more. */
const MOST_BYTES = 256 * 1024;

/**
 * Where a list goes on, as text for a client to hand back. It holds all that the next page needs, so
 * that no work is repeated, and any dock of several can answer; nothing of it is secret.
 */
export function encodeCursor(state: unknown): string {
  return deflateRawSync(JSON.stringify(state)).toString("base64url");
}

/** @throws AppError `bad_input` if it is not a cursor of this kind. */
export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  try {
    const text = inflateRawSync(Buffer.from(cursor, "base64url"), { maxOutputLength: MOST_BYTES });
    return schema.parse(JSON.parse(text.toString("utf8")));
  } catch (cause) {
    throw new AppError("bad_input", "cursor is not one that this dock gave", {}, { cause });
  }
}
