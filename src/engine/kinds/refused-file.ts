import type { EngineErrorCode, ErrorDetails } from "../ground/errors";

/** A file of many that could not be read. */
export interface RefusedFile {
  /** Its path below what was chosen. */
  readonly name: string;
  readonly code: EngineErrorCode;
  readonly details: ErrorDetails;
}
