import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { AppError } from "../../src/contracts/outcome";
import { S3Blobs } from "../../src/dock/storage/blobs/s3/s3-blobs";
import { S3Client } from "../../src/dock/storage/blobs/s3/s3-client";
import { failure, type S3Server, startS3Server } from "../fixtures/s3-server";
import { blobStoreContract } from "./blob-store.suite";

const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
const short = new Uint8Array([1, 2, 3]);
const long = new Uint8Array(9 * 1024 * 1024).fill(7);

const open = (server: S3Server, prefix: string) => S3Blobs.open({ ...server, prefix });

blobStoreContract("S3Blobs", async () => {
  const server = await startS3Server();
  return {
    blobs: await open(server, "docks/one"),
    leftovers: async () => [...(await server.objects()), ...(await server.uploads())],
    async storedBytes() {
      const parts = server.requests.filter(({ query }) => query.has("partNumber"));
      return parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    },
    age: (sha256) => server.touch(`docks/one/${sha256.slice(0, 2)}/${sha256}`, hours(1)),
    close: () => server.close(),
  };
});

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterEach(() => {
  server.fault = () => null;
});
afterAll(() => server.close());

test("S3Blobs keeps docks with different prefixes apart", async () => {
  const [one, two] = [await open(server, "one"), await open(server, "")];
  const { sha256 } = await one.put(short);
  expect(await two.has(sha256)).toBe(false);
  expect((await two.list().next()).done).toBe(true);
});

test("S3Blobs lists more blobs than a page holds, and nothing that is no blob", async () => {
  const blobs = await open(server, "many");
  const hashes = Array.from({ length: 2100 }, (_, i) => (i * 7919).toString(16).padStart(64, "0"));
  for (const hash of hashes) await server.touch(`many/00/${hash}`, hours(1));
  await server.touch("many/00/notes", hours(1));
  await server.touch(`many/11/${hashes[0]!}`, hours(1));
  const found: string[] = [];
  for await (const { sha256 } of blobs.list()) found.push(sha256);
  expect(found.sort()).toEqual(hashes.sort());
});

test("S3Blobs sweeps up what broke off more than a day ago, and nothing younger", async () => {
  const client = new S3Client(server);
  for (const age of [1, 25]) {
    await server.touch(`sweep/unfinished/${age}`, hours(age));
    const others = await server.uploads();
    const key = `sweep/unfinished/upload-${age}`;
    await client.send({ method: "POST", key, query: { uploads: "" } });
    const begun = (await server.uploads()).find((id) => !others.includes(id));
    await server.touchUpload(begun!, hours(age));
  }
  await open(server, "sweep");
  const kept = (await server.objects()).filter((key) => key.startsWith("sweep/"));
  expect(kept).toEqual(["sweep/unfinished/1"]);
  expect(await server.uploads()).toHaveLength(1);
});

test("S3Blobs opens where unfinished uploads cannot be listed", async () => {
  server.fault = ({ query }) => (query.has("uploads") ? failure(501, "NotImplemented") : null);
  const blobs = await open(server, "plain");
  expect((await blobs.put(short)).sizeBytes).toBe(3);
});

test("S3Blobs tries again when the server is busy", async () => {
  const blobs = await open(server, "busy");
  let refusals = 0;
  const busyAtFirst = new Set<string>();
  server.fault = ({ method, path, query }) => {
    const request = `${method} ${path} ${query.toString()}`;
    if (busyAtFirst.has(request)) return null;
    busyAtFirst.add(request);
    refusals++;
    // What a server says that notices its failure after it has begun to answer.
    return method === "POST" ? failure(200, "InternalError") : failure(503, "SlowDown");
  };
  const { sha256 } = await blobs.put(long);
  const blob = await blobs.open(sha256);
  expect((await new Response(blob?.stream).arrayBuffer()).byteLength).toBe(long.length);
  expect(refusals).toBe(7); // Begin, two parts, complete, copy, discard and read.
});

test.each([
  ["a part", "PUT", "partNumber"],
  ["the end of the parts", "POST", "uploadId"],
  ["the copy", "PUT", "copy"],
])("S3Blobs leaves nothing behind when %s fails for good", async (_, failing, sign) => {
  const blobs = await open(server, "broken");
  const before = [await server.objects(), await server.uploads()];
  server.fault = ({ method, query }) => {
    const isIt = sign === "copy" ? query.size === 0 : query.has(sign);
    return method === failing && isIt ? failure(403, "AccessDenied") : null;
  };
  let isClosed = false;
  async function* source() {
    try {
      yield long;
      yield long;
    } finally {
      isClosed = true;
    }
  }
  await expect(blobs.put(source())).rejects.toMatchObject({ code: "internal" });
  expect(isClosed).toBe(true);
  expect([await server.objects(), await server.uploads()]).toEqual(before);
});

test("S3Blobs says what was refused without a secret", async () => {
  const credentials = { accessKeyId: "S3RVER", secretAccessKey: "wrong-secret" };
  const refused = await S3Blobs.open({ ...server, credentials, prefix: "" }).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({
    code: "internal",
    message: "the S3 server refused: it answered GET berth-test/ with 403 SignatureDoesNotMatch",
  });
  expect((refused as AppError).stack).not.toMatch(/wrong-secret|S3RVER|Signature=/);
});

test("S3Blobs tells a missing bucket from a missing blob", async () => {
  const opening = S3Blobs.open({ ...server, bucket: "no-such-bucket", prefix: "" });
  await expect(opening).rejects.toThrow("404 NoSuchBucket");
});

test("S3Blobs fails with network_failed when the server is down", async () => {
  const gone = await startS3Server();
  const blobs = await open(gone, "");
  await gone.close();
  const works = [blobs.put(short), blobs.put(long), blobs.has("a".repeat(64)), blobs.list().next()];
  for (const { reason } of (await Promise.allSettled(works)) as PromiseRejectedResult[]) {
    expect(reason).toMatchObject({ code: "network_failed" });
  }
});

test("S3Blobs does not wait forever for a server that says nothing", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const opening = S3Blobs.open({ ...server, endpoint, prefix: "", timeoutMs: 100 });
  await expect(opening).rejects.toMatchObject({ code: "timed_out" });
  silent.close();
});
