import { AppError } from "../../contracts/outcome";

/** What a status tells of a dock that does not give what was asked for. */
export function statusProblem(status: number, headers: Headers): AppError {
  const message = `the dock answered with status ${status}`;
  if (status === 429 || status === 503) {
    const seconds = Number(headers.get("Retry-After"));
    return new AppError("dock_busy", message, seconds > 0 ? { seconds } : {});
  }
  if (status === 404 || status === 410) return new AppError("not_found", message);
  return status >= 500 ? new AppError("dock_failed", message) : badAnswer(message);
}

export function badAnswer(message: string, cause?: unknown): AppError {
  return new AppError("bad_answer", message, {}, { cause });
}
