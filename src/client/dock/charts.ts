/** @file The chart of a dock, read without the schemas of its other answers, which are large: the first page draws it. */

import { AppError } from "../../contracts/outcome";
import { readChart } from "../../contracts/wire/read-chart";
import type { Chart } from "../../engine/chart/chart";
import { plainTexts } from "../../engine/ground/plain-text";
import { sha256Of } from "../storage/sha256";
import { type Answer, ask, type Fetching } from "./ask";
import { badAnswer, statusProblem } from "./status-problem";

/** Of a million learnwares. */
const MOST_BYTES = 64 << 20;
const MOST_INDEX_BYTES = 32 << 20;

/** @param baseUrl - Origin of the dock; empty for the one that served the page. */
export async function httpChart(baseUrl: string, fetching: Fetching): Promise<Chart> {
  const bytes = await bytesOf(`${baseUrl}/api/v1/chart`, "no-cache", MOST_BYTES, fetching);
  return chartIn(bytes);
}

/** @param baseUrl - Where the index lies; absolute, with a slash at its end. */
export async function staticChart(baseUrl: string, fetching: Fetching): Promise<Chart> {
  const index = await bytesOf(`${baseUrl}index.json`, "no-cache", MOST_INDEX_BYTES, fetching);
  const mark = markIn(parsed(index));
  if (!mark) throw new AppError("not_found", "the dock has no chart");
  const path = `charts/${mark.sha256}.json`;
  const bytes = await bytesOf(baseUrl + path, "default", mark.sizeBytes, fetching);
  if (bytes.length === mark.sizeBytes && (await sha256Of(bytes)) === mark.sha256) {
    return chartIn(bytes);
  }
  throw new AppError("hash_mismatch", `${path} is not the file that its name says`);
}

async function bytesOf(
  url: string,
  cache: RequestCache,
  most: number,
  fetching: Fetching,
): Promise<Uint8Array<ArrayBuffer>> {
  return ask(url, { cache }, fetching, async ({ ok, status, headers, body }: Answer) => {
    if (!ok) throw statusProblem(status, headers);
    const bytes = await body(most);
    if (!bytes) throw badAnswer(`the chart of the dock has more than ${most} bytes`);
    return bytes;
  });
}

function chartIn(bytes: Uint8Array): Chart {
  try {
    return readChart(plainTexts(parsed(bytes)));
  } catch (cause) {
    throw badAnswer("the chart of the dock breaks the contract", cause);
  }
}

/** The `chart` of an index; null where an export has none. */
function markIn(index: unknown): { readonly sha256: string; readonly sizeBytes: number } | null {
  if (typeof index !== "object" || index === null || !("chart" in index)) return null;
  const { chart } = index;
  if (
    typeof chart === "object" &&
    chart !== null &&
    "sha256" in chart &&
    "sizeBytes" in chart &&
    typeof chart.sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(chart.sha256) &&
    typeof chart.sizeBytes === "number" &&
    chart.sizeBytes <= MOST_BYTES
  ) {
    return { sha256: chart.sha256, sizeBytes: chart.sizeBytes };
  }
  throw badAnswer("the dock's index breaks the contract");
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // No contract allows it.
  }
}
