import { z } from "zod";

import { AppError } from "../../../../contracts/outcome";
import type { S3Client } from "./s3-client";
import { readXml } from "./s3-xml";

/** Of a longer object S3 copies nothing in one request. */
const maxBytes = 5 * 1024 ** 3;

const Begun = z.object({
  InitiateMultipartUploadResult: z.object({ UploadId: z.string().min(1) }),
});

/** An object that is sent in parts, since its final key is not known before its end. */
export class S3Draft {
  readonly #s3: S3Client;
  readonly #key: string;
  readonly #etags: string[] = [];
  #sizeBytes = 0;
  #uploadId: string | null = null;
  #isWhole = false;

  /** Nothing is sent before the first part is added. */
  constructor(s3: S3Client, key: string) {
    this.#s3 = s3;
    this.#key = key;
  }

  get isEmpty(): boolean {
    return this.#etags.length === 0;
  }

  /**
   * @param part - Of 5 MiB or more, unless it is the last; no more than 10 000 of them.
   * @throws AppError `too_large` beyond 5 GiB.
   */
  async add(part: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#sizeBytes += part.length;
    if (this.#sizeBytes > maxBytes) {
      throw new AppError("too_large", `a blob may have ${maxBytes} bytes at most`);
    }
    this.#uploadId ??= await this.#begin();
    const { headers } = await this.#s3.send({
      method: "PUT",
      key: this.#key,
      query: { partNumber: String(this.#etags.length + 1), uploadId: this.#uploadId },
      body: part,
    });
    const etag = headers.get("etag");
    if (etag === null) throw new AppError("internal", "the S3 server gave a part no ETag");
    this.#etags.push(etag);
  }

  /** Puts the parts together and has the server copy them, which shows them wholly or not at all. */
  async copyTo(key: string): Promise<void> {
    await this.#complete();
    await this.#s3.send({
      method: "PUT",
      key,
      headers: { "x-amz-copy-source": `/${this.#s3.bucket}/${this.#key}` },
    });
  }

  /** Removes what was sent, whether copied or not. If that fails it is left to a later sweep. */
  async discard(): Promise<void> {
    if (this.#uploadId === null) return;
    const query = this.#isWhole ? {} : { uploadId: this.#uploadId };
    await this.#s3.find({ method: "DELETE", key: this.#key, query }).catch(() => null);
  }

  async #begin(): Promise<string> {
    const { text } = await this.#s3.send({
      method: "POST",
      key: this.#key,
      query: { uploads: "" },
    });
    return readXml(Begun, text).InitiateMultipartUploadResult.UploadId;
  }

  async #complete(): Promise<void> {
    const parts = this.#etags.map(
      (etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
    );
    await this.#s3.send({
      method: "POST",
      key: this.#key,
      query: { uploadId: this.#uploadId ?? "" },
      body: new TextEncoder().encode(
        `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join("")}</CompleteMultipartUpload>`,
      ),
    });
    this.#isWhole = true;
  }
}
