/** @file What a dock sends is believed only as far as it keeps to the contract, in form and in size. */

import { AppError, type ErrorCode } from "../../contracts/outcome";
import { WireFailure } from "../../contracts/http/dock-api";
import { plainTexts } from "../../engine/ground/plain-text";
import { nextTask } from "../../runtime/threads/next-task";
import { zipLimits } from "../../engine/learnware/zip/zip-limits";
import type { Answer, Fetching } from "./ask";
import { badAnswer, statusProblem } from "./status-problem";

/** A contract's schema, as far as it is used here. */
export interface Schema<T> {
  safeParse(answer: unknown): { success: true; data: T } | { success: false };
}

/** Some thousand islands or some hundred cards come to a few megabytes. */
const MOST_JSON_BYTES = 32 << 20;

/**
 * @param name - What was asked for.
 * @throws AppError `bad_answer` if the body is not JSON of the schema, or far too long.
 */
export async function readJson<T>(
  answer: Answer,
  schema: Schema<T>,
  name: string,
  most = MOST_JSON_BYTES,
): Promise<T> {
  return parseAs(schema, await readBytes(answer, name, most), name);
}

/** Longest time for which a list is checked in one go. */
const BREATH_MS = 20;

/**
 * As `readJson`, of a list that may be long: it is checked bit by bit, so that the page stays awake.
 *
 * @param field - Of the answer, which holds the list.
 * @param item - Schema of each of its items.
 */
export async function readList<T>(
  answer: Answer,
  field: string,
  item: Schema<T>,
  name: string,
): Promise<T[]> {
  const raw = parseJson(await readBytes(answer, name, MOST_JSON_BYTES));
  const items =
    typeof raw === "object" && raw !== null ? (Reflect.get(raw, field) as unknown) : null;
  if (!Array.isArray(items)) throw badAnswer(`the dock's answer to ${name} has no ${field}`);
  const read: T[] = [];
  let lastBreath = performance.now();
  for (const one of items as unknown[]) {
    read.push(checked(item, one, name));
    if (performance.now() - lastBreath < BREATH_MS) continue;
    await nextTask();
    lastBreath = performance.now();
  }
  return read;
}

async function readBytes({ body }: Answer, name: string, most: number): Promise<Uint8Array> {
  const bytes = await body(most);
  if (bytes) return bytes;
  throw badAnswer(`the dock's answer to ${name} has more than ${most} bytes`);
}

/** @throws AppError `bad_answer` if the text is not what the contract says. */
export function parseAs<T>(schema: Schema<T>, bytes: Uint8Array, name: string): T {
  return checked(schema, parseJson(bytes), name);
}

function checked<T>(schema: Schema<T>, raw: unknown, name: string): T {
  const answer = schema.safeParse(plainTexts(raw));
  if (answer.success) return answer.data;
  throw badAnswer(`the dock's answer to ${name} breaks the contract`);
}

/**
 * The bytes of a file, of which no more are read than there should be.
 *
 * @throws AppError `package_too_large` if they are too many to be opened; `hash_mismatch` if there are more than that.
 */
export async function readFile(
  answer: Answer,
  sizeBytes: number,
  { onProgress }: Fetching,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await answer.body(sizeBytes, (done) =>
    onProgress?.({ stage: "download", done, total: sizeBytes }),
  );
  if (bytes) return bytes;
  throw new AppError("hash_mismatch", `the file is longer than its ${sizeBytes} bytes`);
}

/** @throws AppError `package_too_large` if a zip of that size is not worth fetching. */
export function checkZipSize(sizeBytes: number): void {
  if (sizeBytes <= zipLimits.zipBytes) return;
  throw new AppError("package_too_large", `a zip of ${sizeBytes} bytes is not fetched`);
}

/** @throws AppError `bad_answer` if two of a list's items have the same key. */
export function checkDistinct(keys: readonly string[], name: string): void {
  if (new Set(keys).size < keys.length)
    throw badAnswer(`the dock's answer to ${name} repeats itself`);
}

/** What was made of an answer, whose parts may contradict each other. */
export function understood<T>(make: () => T, name: string): T {
  try {
    return make();
  } catch (cause) {
    throw badAnswer(`the dock's answer to ${name} contradicts itself`, cause);
  }
}

/** Refusals of a dock that a person can meet. */
const refusals: ReadonlySet<string> = new Set<ErrorCode>([
  ...(["already_there", "bad_input", "damaged_file", "not_allowed", "not_found"] as const),
  ...(["not_signed_in", "quota_full", "shape_mismatch", "stale_island", "timed_out"] as const),
  ...(["too_large", "too_often", "wrong_offset"] as const),
]);

/** What a dock says when it has a refusal to tell is short. */
const MOST_REFUSAL_BYTES = 64 << 10;

/** Why there is no answer: the dock's own words if it has any, else what its status tells. */
export async function refusal({ status, headers, body }: Answer): Promise<AppError> {
  const bytes = await body(MOST_REFUSAL_BYTES);
  const told = WireFailure.safeParse(plainTexts(bytes && parseJson(bytes)));
  if (told.success && refusals.has(told.data.code)) {
    return new AppError(told.data.code as ErrorCode, told.data.message, { who: "dock" });
  }
  return statusProblem(status, headers);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // No contract allows it.
  }
}
