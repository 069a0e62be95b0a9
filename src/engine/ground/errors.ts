/** Everything the engine refuses, by a code that never changes once shipped. */
export type EngineErrorCode =
  | "bad_parameter"
  | "shape_mismatch"
  | "empty_file"
  | "header_only"
  | "too_many_columns"
  | "binary_file"
  | "unsupported_format"
  | "unsupported_picture"
  | "picture_too_large"
  | "no_pictures"
  | "too_many_files"
  | "bad_encoding"
  | "unterminated_quote"
  | "bad_compression"
  | "damaged_file"
  | "no_table"
  | "table_too_large"
  | "no_usable_rows"
  | "type_not_possible"
  | "choice_not_possible"
  | "preflight_failed"
  | "bad_specification"
  | "unsupported_kernel"
  | "bad_package"
  | "package_too_large"
  | "bad_model"
  | "not_exportable"
  | "unsupported_kind"
  | "unsupported_operator";

/** Numbers and names a message needs; shown on this machine only, never sent. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An expected refusal of the engine. Anything else it throws is a bug. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: EngineErrorCode,
    message: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
