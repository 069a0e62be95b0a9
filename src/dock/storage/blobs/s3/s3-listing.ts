import { z } from "zod";

import type { S3Client } from "./s3-client";
import { readXml } from "./s3-xml";

interface S3Object {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

const ObjectPage = z.object({
  ListBucketResult: z.object({
    Contents: z
      .array(z.object({ Key: z.string(), Size: z.coerce.number(), LastModified: z.coerce.date() }))
      .default([]),
    IsTruncated: z.string(),
    NextContinuationToken: z.string().optional(),
  }),
});

/** Every object whose key begins with `prefix`, a page of a thousand at a time. */
export async function* listObjects(
  s3: S3Client,
  prefix: string,
): AsyncGenerator<S3Object, void, undefined> {
  let from: Record<string, string> = {};
  for (;;) {
    const query = { "list-type": "2", prefix, ...from };
    const { text } = await s3.send({ method: "GET", key: "", query });
    const page = readXml(ObjectPage, text).ListBucketResult;
    for (const { Key, Size, LastModified } of page.Contents) {
      yield { key: Key, sizeBytes: Size, modifiedAt: LastModified };
    }
    if (page.IsTruncated !== "true" || !page.NextContinuationToken) return;
    from = { "continuation-token": page.NextContinuationToken };
  }
}

export interface S3UnfinishedUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly begunAt: Date;
}

const UploadPage = z.object({
  ListMultipartUploadsResult: z.object({
    Upload: z
      .array(z.object({ Key: z.string(), UploadId: z.string(), Initiated: z.coerce.date() }))
      .default([]),
  }),
});

/** Uploads in parts that were neither completed nor aborted; the first thousand of them. */
export async function listUploads(s3: S3Client, prefix: string): Promise<S3UnfinishedUpload[]> {
  const { text } = await s3.send({ method: "GET", key: "", query: { uploads: "", prefix } });
  return readXml(UploadPage, text).ListMultipartUploadsResult.Upload.map(
    ({ Key, UploadId, Initiated }) => ({ key: Key, uploadId: UploadId, begunAt: Initiated }),
  );
}
