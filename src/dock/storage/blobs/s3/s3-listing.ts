import { AppError } from "../../../../contracts/outcome";
import type { S3Client } from "./s3-client";
import { elementsOf, fieldOf, rootOf, textOf } from "./s3-xml";

interface S3Object {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** Every object whose key begins with `prefix`, a page of a thousand at a time. */
export async function* listObjects(
  s3: S3Client,
  prefix: string,
): AsyncGenerator<S3Object, void, undefined> {
  let from: Record<string, string> = {};
  for (;;) {
    const query = { "list-type": "2", prefix, ...from };
    const page = await pageOf(s3, query, "ListBucketResult");
    for (const element of elementsOf(page, "Contents")) {
      yield {
        key: fieldOf(element, "Key"),
        sizeBytes: Number(fieldOf(element, "Size")),
        modifiedAt: dateOf(element, "LastModified"),
      };
    }
    if (textOf(page, "IsTruncated") !== "true") return;
    from = { "continuation-token": fieldOf(page, "NextContinuationToken") };
  }
}

export interface S3UnfinishedUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly begunAt: Date;
}

/** Uploads in parts that were neither completed nor aborted; the first thousand of them. */
export async function listUploads(s3: S3Client, prefix: string): Promise<S3UnfinishedUpload[]> {
  const page = await pageOf(s3, { uploads: "", prefix }, "ListMultipartUploadsResult");
  return elementsOf(page, "Upload").map((element) => ({
    key: fieldOf(element, "Key"),
    uploadId: fieldOf(element, "UploadId"),
    begunAt: dateOf(element, "Initiated"),
  }));
}

async function pageOf(s3: S3Client, query: Record<string, string>, root: string): Promise<string> {
  const { text } = await s3.send({ method: "GET", key: "", query });
  if (rootOf(text) !== root) {
    throw new AppError("internal", "the S3 server answered something else than a list");
  }
  return text;
}

function dateOf(xml: string, tag: string): Date {
  const date = new Date(fieldOf(xml, tag));
  if (Number.isNaN(date.getTime())) {
    throw new AppError("internal", `the S3 server's answer has no date as ${tag}`);
  }
  return date;
}
