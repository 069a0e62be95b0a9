import { mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, test } from "vitest";

import { openBlobs } from "../../src/dock/storage/blobs/open-blobs";
import { startS3Server } from "../fixtures/s3-server";

const temporary = () => mkdtemp(join(tmpdir(), "berth-open-"));
const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

test.each([undefined, ""])("keeps blobs in the data directory when told %j", async (setting) => {
  const data = await temporary();
  const { sha256 } = await (await openBlobs(setting, data)).put(new Uint8Array([1]));
  expect((await stat(join(data, "blobs", sha256.slice(0, 2), sha256))).size).toBe(1);
});

test.each([(path: string) => `file:${path}`, (path: string) => pathToFileURL(path).href])(
  "keeps blobs in a directory of its own",
  async (settingFor) => {
    const place = join(await temporary(), "with space");
    const blobs = await openBlobs(settingFor(place), "/nowhere");
    const { sha256 } = await blobs.put(new Uint8Array([1]));
    expect((await stat(join(place, sha256.slice(0, 2), sha256))).size).toBe(1);
  },
);

test("keeps blobs in a bucket under a prefix", async () => {
  const server = await startS3Server();
  const endpoint = encodeURIComponent(server.endpoint);
  const setting = `s3://${server.bucket}/docks/one?endpoint=${endpoint}&region=us-east-1`;
  const blobs = await openBlobs(setting, "/nowhere", credentials);
  const { sha256 } = await blobs.put(new Uint8Array([1]));
  expect(await server.objects()).toEqual([`docks/one/${sha256.slice(0, 2)}/${sha256}`]);
  await server.close();
});

test.each([
  ["/var/blobs", "must begin with file: or s3:"],
  ["https://example.org/bucket", "must begin with file: or s3:"],
  ["file:blobs", "absolute path"],
  ["file://host/blobs", "absolute path"],
  ["file:/blobs?x=1", "absolute path"],
  ["s3:bucket", "bucket must have"],
  ["s3://UPPER/x", "bucket must have"],
  ["s3://bucket:9000/x", "bucket must have"],
  ["s3://bucket/a b", "prefix may have"],
  ["s3://bucket//a", "prefix may have"],
  ["s3://AKIAEXAMPLE:hidden@bucket/x", "keys belong into"],
  ["s3://bucket/x?secret=hidden", "endpoint and region only"],
  ["s3://bucket/x?endpoint=localhost:9000", "http: or https:"],
  ["s3://bucket/x?endpoint=ftp://localhost", "http: or https:"],
  ["s3://bucket/x?endpoint=nowhere", "not an address"],
  ["s3://bucket/x?region=EU%20west", "region must have"],
])("refuses %s", async (setting, reason) => {
  const refused: unknown = await openBlobs(setting, "/nowhere", credentials).catch(
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({ code: "bad_parameter" });
  expect(String(refused)).toContain(reason);
  expect(String(refused)).not.toContain("hidden");
});

test.each([undefined, { accessKeyId: "", secretAccessKey: "" }])(
  "asks for the keys that S3 needs",
  async (none) => {
    await expect(openBlobs("s3://bucket", "/nowhere", none)).rejects.toThrow("AWS_ACCESS_KEY_ID");
  },
);
