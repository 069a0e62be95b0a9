import { DatabaseError as Refusal } from "pg";

import { AppError } from "../../../../contracts/outcome";
import { DatabaseError } from "../database-error";

/** SQLSTATEs of a server that cannot serve: connection lost or full, shutting down, starting up. */
const UNAVAILABLE = /^(08|53300|57P0)/;

/** What `pg` threw, as what a `Database` throws. `pg`'s own carries values of the row it is about. */
export function fromPostgres(error: unknown): Error {
  if (error instanceof AppError || error instanceof DatabaseError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Refusal && !UNAVAILABLE.test(error.code ?? "")) {
    return new DatabaseError(message, error.code ?? "XX000", error.constraint);
  }
  return new AppError("network_failed", `the database cannot be reached: ${message}`);
}
