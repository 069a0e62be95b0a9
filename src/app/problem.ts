import { AppError, type ErrorCode } from "../contracts/outcome";
import { EngineError, type ErrorDetails } from "../engine/ground/errors";

/** A failure as a panel shows it; the words come from `messages.ts`. */
export interface Problem {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** What to show for anything thrown, or null when the user stopped it and so nothing is to be said. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof AppError || error instanceof EngineError) {
    return error.code === "aborted" ? null : { code: error.code, details: error.details };
  }
  if (error instanceof DOMException && error.name === "AbortError") return null;
  console.error(error); // A bug: keep the stack where a developer can see it.
  const message = error instanceof Error ? error.message : String(error);
  return { code: "internal", details: { message } };
}
