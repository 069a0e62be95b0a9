import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ZodError } from "zod";

import { AppError, type ErrorCode } from "../../contracts/outcome";
import { EngineError } from "../../engine/ground/errors";

/** The only place where an error code becomes an HTTP status. */
const statusOf: Record<ErrorCode, ContentfulStatusCode> = {
  aborted: 408,
  already_there: 409,
  bad_answer: 502,
  bad_compression: 422,
  bad_encoding: 422,
  bad_input: 400,
  bad_model: 422,
  bad_package: 422,
  bad_parameter: 400,
  bad_specification: 422,
  binary_file: 415,
  choice_not_possible: 400,
  damaged_file: 422,
  device_lost: 503,
  dock_busy: 503,
  dock_failed: 502,
  empty_file: 422,
  hash_mismatch: 500,
  header_only: 422,
  internal: 500,
  network_failed: 503,
  no_table: 422,
  no_pictures: 422,
  too_many_files: 422,
  no_usable_rows: 422,
  not_exportable: 422,
  not_allowed: 403,
  not_found: 404,
  not_prepared: 409,
  not_signed_in: 401,
  out_of_memory: 507,
  package_too_large: 413,
  picture_too_large: 413,
  preflight_failed: 422,
  quota_full: 413,
  shape_mismatch: 400,
  stale_island: 409,
  table_too_large: 413,
  timed_out: 503,
  too_large: 413,
  too_often: 429,
  too_many_columns: 422,
  type_not_possible: 422,
  unsupported_format: 415,
  unsupported_kernel: 422,
  unsupported_kind: 422,
  unsupported_operator: 422,
  unsupported_picture: 415,
  unterminated_quote: 422,
  worker_died: 500,
  wrong_offset: 409,
};

/** Failures that pass, and after how many seconds it is worth asking again. */
const passing: Partial<Record<ErrorCode, number>> = {
  dock_busy: 2,
  network_failed: 10,
  timed_out: 10,
};

/** Failures of the dock whose message is for whoever asked. */
const told: ReadonlySet<ErrorCode> = new Set(["dock_busy", "timed_out", "hash_mismatch"]);

/** What may be said of failures that are nobody's fault here. */
const outages: Partial<Record<ErrorCode, string>> = {
  network_failed: "a server that this needs cannot be reached now; other islands may answer",
};

/** An error as the answer to a request. Nothing of the dock's inside leaves with a 5xx. */
export function answerProblem(error: unknown, c: Context): Response {
  const { code, message } = describe(error);
  const status = statusOf[code];
  const wait = passing[code];
  if (wait !== undefined) c.header("Retry-After", String(wait));
  const isTold = status < 500 || told.has(code);
  return c.json({ code, message: isTold ? message : (outages[code] ?? "the dock failed") }, status);
}

function describe(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof AppError || error instanceof EngineError) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return { code: "bad_input", message: "the request could not be read" };
  }
  return { code: "internal", message: "" };
}

/** An expected refusal, as against a bug that must be logged. */
export function isExpected(error: unknown): boolean {
  const { code } = describe(error);
  return statusOf[code] < 500 || code === "dock_busy" || code === "timed_out";
}

/** Which field is wrong and what it must be; never what came, nor a name that the client made up. */
export function describeIssues({ issues }: Pick<ZodError, "issues">): string {
  return issues
    .slice(0, 5)
    .map((issue) => {
      const field = issue.path.length > 0 ? issue.path.join(".") : "the request";
      return `${field} ${demandOf(issue)}`;
    })
    .join("; ");
}

function demandOf(issue: ZodError["issues"][number]): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be of type ${issue.expected}`;
    case "unrecognized_keys":
      return "has a field that is not allowed";
    case "too_big":
      return `must be at most ${issue.maximum}${lengthOf(issue.origin)}`;
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${lengthOf(issue.origin)}`;
    case "invalid_value":
      return `must be one of ${issue.values.join(", ")}`;
    case "invalid_format":
      return issue.format === "base64" ? "must be base64" : "has characters that cannot be there";
    case "custom":
      return issue.message;
    default:
      return "is not valid";
  }
}

function lengthOf(origin: string): string {
  return origin === "string" ? " characters long" : origin === "array" ? " in number" : "";
}
