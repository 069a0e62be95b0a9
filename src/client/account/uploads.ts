import { MOST_UPLOAD_BYTES, UploadState } from "../../contracts/http/my-api";
import { AppError, type ErrorCode } from "../../contracts/outcome";
import type { Fetching } from "../dock/ask";
import { sha256Of } from "../storage/sha256";
import { type Account, askAs, askJsonAs } from "./ask-as";

export interface UploadOptions extends Pick<Fetching, "signal"> {
  /** Told how many bytes the dock has, of how many. */
  readonly onProgress?: (sent: { readonly done: number; readonly total: number }) => void;
  /** An upload that broke off, to be gone on with. */
  readonly uploadId?: string;
  /** Told which upload it is, for it to be gone on with later. */
  readonly onUpload?: (id: string) => void;
  /** Waits between two tries; half a second and more unless told. */
  readonly wait?: (attempt: number) => Promise<void>;
}

/** Bytes of one request: it lasts a few seconds, whatever the line is like. */
const FIRST_CHUNK = 1024 * 1024;
const LEAST_CHUNK = 64 * 1024;
const MOST_CHUNK = 8 * 1024 * 1024;
const QUICK_MS = 3000;
/** Failures one after the other, with nothing that came between. */
const MOST_FAILURES = 6;

/** Failures that pass. */
const passing: ReadonlySet<ErrorCode> = new Set([
  ...(["dock_busy", "dock_failed", "network_failed", "timed_out", "wrong_offset"] as const),
]);

/**
 * Sends a file to a dock, piece by piece. Where a request breaks off, what came of it stays and the next goes on from there.
 *
 * @returns The upload, finished.
 * @throws AppError `too_large`, before anything is sent; `aborted`; whatever the dock refuses it for; what kept failing.
 */
export async function uploadFile(
  account: Account,
  file: Uint8Array<ArrayBuffer>,
  options: UploadOptions = {},
): Promise<UploadState> {
  const { signal, onProgress, onUpload, uploadId, wait = waitLonger } = options;
  const fetching = { ...(signal && { signal }) };
  if (file.length > MOST_UPLOAD_BYTES) {
    const [has, most] = [file.length, MOST_UPLOAD_BYTES].map((n) => (n / 2 ** 20).toFixed(1));
    throw new AppError(
      "too_large",
      `nothing was sent: the zip has ${has} MB, a dock takes ${most}`,
    );
  }
  const sha256 = await sha256Of(file);
  const known = uploadId === undefined ? null : await stateOf(account, uploadId, fetching);
  if (known && known.sizeBytes !== file.length) {
    throw new AppError("bad_input", "the upload that is to go on is of another file");
  }
  const upload = known ?? (await create(account, file.length, fetching));
  onUpload?.(upload.id);
  let at = upload.offset;
  let chunk = FIRST_CHUNK;
  let failures = 0;
  const tell = () => onProgress?.({ done: at, total: file.length });
  tell();
  while (at < file.length) {
    const started = performance.now();
    try {
      at = await append(account, upload.id, at, file.subarray(at, at + chunk), fetching);
      if (performance.now() - started < QUICK_MS) chunk = Math.min(MOST_CHUNK, 2 * chunk);
      failures = 0;
      tell();
    } catch (error) {
      if (!(error instanceof AppError && passing.has(error.code))) throw error;
      if (++failures >= MOST_FAILURES) throw error;
      chunk = Math.max(LEAST_CHUNK, chunk / 4);
      await wait(failures);
      signal?.throwIfAborted();
      const now = await stateOf(account, upload.id, fetching).catch(() => null);
      if (now && now.offset > at) failures = 0;
      at = now?.offset ?? at;
      tell();
    }
  }
  const body = { sha256 };
  return askJsonAs(
    account,
    `/uploads/${upload.id}/finish`,
    UploadState,
    { method: "POST", body },
    fetching,
  );
}

/** Forgets an upload that is not to go on. */
export async function dropUpload(
  account: Account,
  id: string,
  fetching: Fetching = {},
): Promise<void> {
  await askAs(account, `/uploads/${id}`, { method: "DELETE" }, fetching, () => Promise.resolve());
}

function create(account: Account, sizeBytes: number, fetching: Fetching): Promise<UploadState> {
  return askJsonAs(
    account,
    "/uploads",
    UploadState,
    { method: "POST", body: { sizeBytes } },
    fetching,
  );
}

function stateOf(account: Account, id: string, fetching: Fetching): Promise<UploadState> {
  return askJsonAs(account, `/uploads/${id}`, UploadState, { method: "GET" }, fetching);
}

/** @returns How many bytes the dock has now. */
async function append(
  account: Account,
  id: string,
  offset: number,
  body: Uint8Array<ArrayBuffer>,
  fetching: Fetching,
): Promise<number> {
  const headers = { "Upload-Offset": String(offset), "Content-Type": "application/octet-stream" };
  const init = { method: "PATCH", headers, body };
  return askAs(account, `/uploads/${id}`, init, fetching, (answer) => {
    const now = Number(answer.headers.get("Upload-Offset"));
    if (Number.isSafeInteger(now) && now > offset) return Promise.resolve(now);
    throw new AppError("bad_answer", "the dock does not say how far the upload has come");
  });
}

function waitLonger(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
}
