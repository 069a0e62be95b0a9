import { AppError } from "../../contracts/outcome";

/** `worker_died` may come from a worker behind this one, to which a fresh one has to be connected. */
const FATAL: ReadonlySet<string> = new Set([
  "device_lost",
  "internal",
  "out_of_memory",
  "worker_died",
]);

/** Whether a worker cannot be trusted after this failure. */
export function isFatal(error: unknown): boolean {
  return !(error instanceof AppError) || FATAL.has(error.code);
}
