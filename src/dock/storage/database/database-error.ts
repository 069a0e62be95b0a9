/** A statement that PostgreSQL refused. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  /** The SQLSTATE, such as `23505` where a unique key was taken already. */
  readonly code: string;
  /** The constraint that was violated, if one was. */
  readonly constraint: string | undefined;

  constructor(message: string, code: string, constraint?: string) {
    super(message);
    this.code = code;
    this.constraint = constraint;
  }
}
