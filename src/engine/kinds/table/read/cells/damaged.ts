import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";

/**
 * A job of which every failure is told in words: what is no refusal was thrown by a library that met bytes it did not expect.
 *
 * @param format - Such as "Parquet file".
 * @throws EngineError `damaged_file`
 */
export async function* inWords<T>(format: string, job: Steps<T>): Steps<T> {
  try {
    return yield* job;
  } catch (cause) {
    throw inPlainWords(format, cause);
  }
}

/** A failure as a refusal that can be told. One that the file's own source met passes through. */
function inPlainWords(format: string, cause: unknown): unknown {
  const isOfSource = cause instanceof Error && (cause.name === "AppError" || "syscall" in cause);
  return cause instanceof EngineError || isOfSource ? cause : damaged(format, cause);
}

/** @param what - What is wrong, in a few words, or what was thrown. */
export function damaged(format: string, what: unknown): EngineError {
  const reason = what instanceof Error ? what.message : String(what);
  return new EngineError(
    "damaged_file",
    `this ${format} is damaged or cut off (${reason}). Write or download it again.`,
    { format },
    { cause: what },
  );
}
