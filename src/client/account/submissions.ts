import {
  type LearnwareEdit,
  type NewSubmission,
  Submission,
  SubmissionList,
} from "../../contracts/http/my-api";
import { AppError } from "../../contracts/outcome";
import type { Fetching } from "../dock/ask";
import { type Account, askAs, askJsonAs } from "./ask-as";
import { uploadFile, type UploadOptions } from "./uploads";

/** Between two looks at how far it has come, in milliseconds. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 5000;

export interface SubmitOptions extends UploadOptions {
  readonly learnwareId?: string | undefined;
  readonly islandId?: string | undefined;
}

/** Sends a learnware's zip to a dock, to be verified there. */
export async function submitZip(
  account: Account,
  zip: Uint8Array<ArrayBuffer>,
  { learnwareId, islandId, ...options }: SubmitOptions = {},
): Promise<Submission> {
  const { id: uploadId } = await uploadFile(account, zip, options);
  const body: NewSubmission = {
    uploadId,
    ...(learnwareId !== undefined && { learnwareId }),
    ...(islandId !== undefined && { islandId }),
  };
  const { signal } = options;
  const how = { method: "POST", body } as const;
  return askJsonAs(account, "/submissions", Submission, how, { ...(signal && { signal }) });
}

export function findSubmission(
  account: Account,
  number: number,
  fetching: Fetching = {},
): Promise<Submission> {
  return askJsonAs(account, `/submissions/${number}`, Submission, { method: "GET" }, fetching);
}

/** Newest first. */
export async function listSubmissions(
  account: Account,
  fetching: Fetching = {},
): Promise<Submission[]> {
  const how = { method: "GET" } as const;
  return (await askJsonAs(account, "/submissions", SubmissionList, how, fetching)).submissions;
}

/**
 * Looks again and again until a submission is verified or refused.
 *
 * @param onLook - Told what it is like each time.
 */
export async function waitForVerdict(
  account: Account,
  number: number,
  { signal, onLook }: Pick<Fetching, "signal"> & { onLook?: (submission: Submission) => void } = {},
): Promise<Submission> {
  for (let ms = FIRST_LOOK_MS; ; ms = Math.min(LAST_LOOK_MS, 1.5 * ms)) {
    const submission = await findSubmission(account, number, { ...(signal && { signal }) });
    onLook?.(submission);
    if (submission.state === "verified" || submission.state === "refused") return submission;
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (signal?.aborted) throw new AppError("aborted", "nobody waits for the verdict any more");
  }
}

/** Has a learnware of one's own packed anew with other words; what comes of it is told as of any submission. */
export function editLearnware(
  account: Account,
  id: string,
  edit: LearnwareEdit,
  fetching: Fetching = {},
): Promise<Submission> {
  return askJsonAs(
    account,
    `/learnwares/${id}`,
    Submission,
    { method: "PATCH", body: edit },
    fetching,
  );
}

/** Takes a learnware of one's own out of a dock. */
export async function removeLearnware(
  account: Account,
  id: string,
  fetching: Fetching = {},
): Promise<void> {
  await askAs(account, `/learnwares/${id}`, { method: "DELETE" }, fetching, () =>
    Promise.resolve(),
  );
}
