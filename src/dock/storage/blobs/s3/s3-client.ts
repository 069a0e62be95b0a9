import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

import { AwsClient } from "aws4fetch";

import { AppError } from "../../../../contracts/outcome";
import { errorCodeIn } from "./s3-xml";

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface S3Bucket {
  /** Where the server is; the bucket is addressed by path, never by host name. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: S3Credentials;
  /** How long a request may take, without the bytes of a blob that is read; 60 s if not given. */
  readonly timeoutMs?: number | undefined;
}

export interface S3Request {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Letters, digits and `-._/`, which no URL escapes; empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

export interface S3Answer {
  readonly headers: Headers;
  readonly text: string;
}

const maxTries = 5;
const firstWaitMs = 100;

/**
 * Signed requests to one bucket. What may pass (an unreachable or busy server) is tried again, up
 * to five times within about two seconds; every request here can be repeated without harm.
 *
 * Throws AppError `network_failed` if the server cannot be reached or stays busy, `timed_out` if it
 * does not answer, `internal` if it refuses. No message holds a credential.
 */
export class S3Client {
  readonly bucket: string;
  readonly #aws: AwsClient;
  readonly #url: string;
  readonly #timeoutMs: number;

  constructor({ endpoint, region, bucket, credentials, timeoutMs = 60_000 }: S3Bucket) {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    this.#aws = new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      service: "s3",
      region,
      retries: 0, // It does not repeat what failed to connect, so all repeating is done here.
    });
    this.#url = `${endpoint.replace(/\/+$/, "")}/${bucket}`;
    this.bucket = bucket;
    this.#timeoutMs = timeoutMs;
  }

  /** The answer, all of it read. Something that is not there is refused. */
  async send(request: S3Request): Promise<S3Answer> {
    return this.#persist(request, async (signal) => {
      const response = await this.#fetch(request, signal);
      const text = await response.text().catch(unreachable);
      if (!response.ok) throw this.#refusal(request, response.status, text);
      // A copy, and the end of an upload in parts, may fail after 200 was sent.
      if (errorCodeIn(text) !== null) throw this.#refusal(request, 500, text);
      return { headers: response.headers, text };
    });
  }

  /** The answer, its body yet to be read; null where there is no such object. */
  async find(request: S3Request): Promise<Response | null> {
    return this.#persist(request, async (signal) => {
      const response = await this.#fetch(request, signal);
      if (response.ok) return response;
      const text = await response.text().catch(unreachable);
      if (response.status === 404) return null;
      throw this.#refusal(request, response.status, text);
    });
  }

  async #fetch({ method, key, query, headers, body }: S3Request, signal: AbortSignal) {
    const url = new URL(key === "" ? this.#url : `${this.#url}/${key}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const sha256 = createHash("sha256")
      .update(body ?? "")
      .digest("hex");
    const signed = await this.#aws.sign(url, {
      method,
      headers: { ...headers, "x-amz-content-sha256": sha256 },
      ...(body ? { body } : {}),
      signal,
      redirect: "manual", // A signature holds for one host only.
    });
    return fetch(signed).catch(unreachable);
  }

  async #persist<T>(
    { method, key }: S3Request,
    attempt: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), this.#timeoutMs);
      try {
        return await attempt(patience.signal);
      } catch (error) {
        if (patience.signal.aborted) {
          const what = `${method} ${this.bucket}/${key}`;
          throw new AppError("timed_out", `the S3 server did not answer ${what} in time`);
        }
        const mayPass = error instanceof AppError && error.code === "network_failed";
        if (!mayPass || tries === maxTries) throw error;
      } finally {
        clearTimeout(timer);
      }
      await wait(Math.random() * firstWaitMs * 2 ** (tries - 1));
    }
  }

  #refusal({ method, key }: S3Request, status: number, xml: string): AppError {
    // Only the code: the rest of an error may repeat the request, with its signature.
    const code = /^[A-Za-z]{1,60}$/.exec(errorCodeIn(xml) ?? "")?.[0] ?? "";
    const answer = `${method} ${this.bucket}/${key} with ${status} ${code}`.trimEnd();
    const isBusy = status === 429 || (status >= 500 && status !== 501);
    return isBusy
      ? new AppError("network_failed", `the S3 server keeps failing: it answered ${answer}`)
      : new AppError("internal", `the S3 server refused: it answered ${answer}`);
  }
}

function unreachable(cause: unknown): never {
  throw new AppError("network_failed", "the S3 server cannot be reached", {}, { cause });
}
