import { EngineError, type EngineErrorCode, type ErrorDetails } from "../engine/ground/errors";

/** Every expected failure that a person can meet. Codes never change once shipped. */
export type ErrorCode =
  | EngineErrorCode
  | "aborted"
  | "already_there"
  | "bad_answer"
  | "bad_input"
  | "device_lost"
  | "dock_busy"
  | "dock_failed"
  | "hash_mismatch"
  | "internal"
  | "network_failed"
  | "not_allowed"
  | "not_found"
  | "not_prepared"
  | "not_signed_in"
  | "out_of_memory"
  | "quota_full"
  | "stale_island"
  | "timed_out"
  | "too_large"
  | "too_often"
  | "worker_died"
  | "wrong_offset";

interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What a worker answers: comlink would drop an error's code and cause, so failures travel as data. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

/** An expected failure that has a stable code. Anything else thrown is a bug. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}

const ofOneItem: ReadonlySet<ErrorCode> = new Set([
  ...(["bad_answer", "bad_input", "hash_mismatch", "not_found", "too_large"] as const),
]);

/** Whether what was asked for is itself gone or broken, which says nothing of others that the same dock has. */
export function isOfOneItem(error: unknown): boolean {
  return error instanceof AppError && ofOneItem.has(error.code);
}

/** Open an outcome: return its value, or throw its error as an `AppError`. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new AppError(outcome.error.code, outcome.error.message, outcome.error.details);
}

/** Turn anything thrown into data that can cross a port. */
export function failure(error: unknown): Outcome<never> {
  if (error instanceof AppError || error instanceof EngineError) {
    const { code, message, details } = error;
    return { ok: false, error: { code, message, details } };
  }
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof RangeError && /allocation|memory/i.test(message)
      ? "out_of_memory"
      : "internal";
  return { ok: false, error: { code, message, details: {} } };
}
