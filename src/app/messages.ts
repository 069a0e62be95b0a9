import type { ErrorCode } from "../contracts/outcome";
import type { ErrorDetails } from "../engine/ground/errors";
import type { Problem } from "./problem";

/** What happened, why, and what to do about it. */
export interface Message {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

/** Null: the user stopped it, so nothing is to be said. */
export type Messages = Record<ErrorCode, ((details: ErrorDetails) => Message) | null>;

export function messageFor({ code, details }: Problem, messages: Messages): Message | null {
  return messages[code]?.(details) ?? null;
}
