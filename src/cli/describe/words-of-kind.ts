import { EngineError } from "../../engine/ground/errors";
import type { KindName } from "../../engine/ground/kind-name";
import { THINGS } from "../things";

/** Work on texts or pictures; where no summary of them is safe, it is of them that this is said, and not of rows. */
export async function inWordsOf<T>(kind: KindName, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (kind === "table" || !(error instanceof EngineError)) throw error;
    const { code, details } = error;
    const message = code === "preflight_failed" ? unsafe(THINGS[kind].many, details) : null;
    throw message === null ? error : new EngineError(code, message, details, { cause: error });
  }
}

function unsafe(things: string, { reason, rows }: EngineError["details"]): string | null {
  if (reason === "too_close") {
    return `these ${rows} ${things} are the same, or nearly: every point of a summary of them would be one of them`;
  }
  if (reason !== "too_few_rows") return null;
  if (rows === 0) return `all of the ${things} are of one colour, which says nothing of them`;
  return `too few ${things} say anything: a summary of ${rows} would have fewer than 5 of them behind a point`;
}
