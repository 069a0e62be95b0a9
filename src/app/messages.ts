import type { ErrorCode } from "../contracts/outcome";
import type { ErrorDetails } from "../engine/ground/errors";
import type { Problem } from "./problem";

/** What happened, why, and what to do about it. */
export interface Message {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

/** Failures that may come before anything was begun, or that keep words from coming. */
type EarlyCode = Extract<
  ErrorCode,
  | ("aborted" | "network_failed" | "internal" | "worker_died" | "dock_busy" | "dock_failed")
  | ("not_found" | "timed_out" | "bad_answer" | "out_of_memory")
>;

/** Null: the user stopped it, so nothing is to be said. */
type Say = ((details: ErrorDetails) => Message) | null;
export type EarlyMessages = Record<EarlyCode, Say>;
export type LateMessages = Record<Exclude<ErrorCode, EarlyCode>, Say>;

/** @returns Undefined if nothing is known of it in these messages. */
export function messageFor(
  { code, details }: Problem,
  messages: Readonly<Partial<Record<ErrorCode, Say>>>,
): Message | null | undefined {
  const say = messages[code];
  return say === null ? null : say?.(details);
}
