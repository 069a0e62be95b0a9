import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { AppError } from "../../../contracts/outcome";
import type { BlobStore } from "./blob-store";
import { CheckedBlobs } from "./checked-blobs";
import { FileBlobs } from "./file/file-blobs";
import { S3Blobs, type S3BlobsOptions } from "./s3/s3-blobs";
import type { S3Credentials } from "./s3/s3-client";

/**
 * Open the blob store that a setting names.
 *
 * @param setting - `file:/a/directory`, `file:///a/directory` or
 *   `s3://bucket/prefix?endpoint=https://…&region=…`; without it, blobs lie in the data directory.
 *   The region is us-east-1, and the endpoint Amazon's for the region, where none is given.
 * @param credentials - What S3 asks for; files need none.
 * @throws AppError `bad_parameter` if the setting cannot be read; whatever `FileBlobs.open` and
 *   `S3Blobs.open` throw.
 */
export async function openBlobs(
  setting: string | undefined,
  dataDirectory: string,
  credentials?: S3Credentials,
): Promise<BlobStore> {
  return new CheckedBlobs(await openStore(setting, dataDirectory, credentials));
}

async function openStore(
  setting: string | undefined,
  dataDirectory: string,
  credentials: S3Credentials | undefined,
): Promise<BlobStore> {
  if (setting === undefined || setting === "") return FileBlobs.open(join(dataDirectory, "blobs"));
  if (setting.startsWith("file:")) return FileBlobs.open(directoryOf(setting));
  if (setting.startsWith("s3:")) return S3Blobs.open(bucketOf(setting, credentials));
  throw refusal("it must begin with file: or s3:");
}

function directoryOf(setting: string): string {
  const url = parse(setting);
  if (!setting.startsWith("file:/") || url.host !== "" || url.search !== "" || url.hash !== "") {
    throw refusal("file: takes an absolute path, and nothing more");
  }
  return fileURLToPath(url);
}

function bucketOf(setting: string, credentials: S3Credentials | undefined): S3BlobsOptions {
  const url = parse(setting);
  if (url.username !== "" || url.password !== "") {
    throw refusal("keys belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }
  const bucket = url.host;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw refusal("the bucket must have 3 to 63 lower-case letters, digits, dots and hyphens");
  }
  const prefix = url.pathname.replace(/^\/|\/$/g, "");
  if (!/^([\w-][\w.-]*(\/[\w-][\w.-]*)*)?$/.test(prefix) || prefix.length > 200) {
    throw refusal("the prefix may have letters, digits, hyphens, dots and slashes");
  }
  const { endpoint, region } = parametersOf(url);
  if (!credentials?.accessKeyId || !credentials.secretAccessKey) {
    throw refusal("s3: needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }
  return { bucket, prefix, endpoint, region, credentials };
}

function parametersOf({ searchParams, hash }: URL): { endpoint: string; region: string } {
  const unknown = [...searchParams.keys()].find((name) => name !== "endpoint" && name !== "region");
  if (unknown !== undefined || hash !== "") {
    throw refusal("s3: takes the parameters endpoint and region only");
  }
  const region = searchParams.get("region") ?? "us-east-1";
  if (!/^[a-z0-9-]{1,40}$/.test(region)) {
    throw refusal("the region must have lower-case letters, digits and hyphens");
  }
  const endpoint = searchParams.get("endpoint") ?? `https://s3.${region}.amazonaws.com`;
  const { protocol, username, search, hash: fragment } = parse(endpoint);
  if (!/^https?:$/.test(protocol) || username !== "" || search !== "" || fragment !== "") {
    throw refusal("the endpoint must be an http: or https: address");
  }
  return { endpoint, region };
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw refusal("it is not an address", cause);
  }
}

/** Never repeats the setting: somebody may have put a key into it. */
function refusal(reason: string, cause?: unknown): AppError {
  return new AppError("bad_parameter", `BERTH_BLOBS cannot be used: ${reason}`, {}, { cause });
}
