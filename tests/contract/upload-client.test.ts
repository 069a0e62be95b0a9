import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createNetServer,
  type Server as NetServer,
} from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { dropUpload, uploadFile } from "../../src/client/account/uploads";
import { uploadRoutes } from "../../src/dock/features/uploads/routes";
import { UploadService } from "../../src/dock/features/uploads/service";
import { answerProblem } from "../../src/dock/http/problems";
import { listener } from "../../src/dock/serve/listener";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { readAll } from "../../src/dock/storage/blobs/read-all";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { migrate } from "../../src/dock/storage/sql/migrate";
import { Uploads } from "../../src/dock/storage/uploads/uploads";

let database: PgliteDatabase;
let blobs: FileBlobs;
let server: Server;
let line: NetServer;
let origin: string;
/** Bytes after which a connection breaks; one for each that comes. */
let breaks: number[] = [];
let breaksAlways = false;

beforeAll(async () => {
  database = await PgliteDatabase.open();
  await migrate(database);
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-upload-client-")));
  const api = new OpenAPIHono();
  api.use((c, next) => {
    const caller = { accountId: "a", role: "user", by: "token", credential: "x" } as const;
    c.set("caller", { ...caller, scopes: new Set(["submit"] as const) });
    return next();
  });
  api.route("/", uploadRoutes(new UploadService(new Uploads({ database, blobs }))));
  const dock = new OpenAPIHono();
  dock.route("/api/v1", api);
  dock.onError(answerProblem);
  const answer = listener(dock.fetch, 2 ** 21);
  server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  line = createLine((server.address() as AddressInfo).port);
  line.listen(0, "127.0.0.1");
  await once(line, "listening");
  origin = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
});
afterAll(async () => {
  line.close();
  server.close();
  server.closeAllConnections();
  await database.close();
});

/** A line to the dock, of which each connection breaks when so many bytes have gone through it. */
function createLine(port: number): NetServer {
  return createNetServer((client) => {
    const dock = connect(port, "127.0.0.1");
    const most = breaks.shift() ?? Infinity;
    let gone = 0;
    const end = () => {
      client.destroy();
      dock.destroy();
    };
    client.on("data", (chunk: Buffer) => {
      if (breaksAlways && chunk.length > 1000) {
        end();
        return;
      }
      dock.write(chunk.subarray(0, most - gone));
      gone += chunk.length;
      if (gone >= most) end();
    });
    dock.pipe(client);
    for (const socket of [client, dock]) socket.on("error", end).on("close", end);
  });
}

const wait = () => Promise.resolve();
const account = () => ({ origin, token: "berth_x" });

describe("a client that uploads", () => {
  test("says before it sends anything that a zip is longer than a dock takes, and so does the dock", async () => {
    const tooLong = new Uint8Array(65 * 2 ** 20);
    const onUpload = () => expect.unreachable();
    await expect(uploadFile(account(), tooLong, { wait, onUpload })).rejects.toThrow(
      "nothing was sent: the zip has 65.0 MB, a dock takes 64.0",
    );
    const answer = await fetch(`${origin}/api/v1/my/uploads`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sizeBytes: tooLong.length }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("sizeBytes must be at most 67108864");
  });

  test("sends a file over a line that breaks, and the dock has it whole", async () => {
    const file = new Uint8Array(randomBytes(6_000_000));
    breaks = [700_000, 300, 2_000_000, 900_000];
    const told: number[] = [];
    const onProgress = ({ done }: { done: number }) => told.push(done);
    const { sha256 } = await uploadFile(account(), file, { wait, onProgress });
    expect(sha256).toBe(createHash("sha256").update(file).digest("hex"));
    const kept = await readAll((await blobs.open(sha256!))!.stream);
    expect(kept!.equals(file)).toBe(true);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(file.length);
  });

  test("goes on with an upload of before, and sends nothing twice", async () => {
    const file = new Uint8Array(randomBytes(5_000_000));
    const stop = new AbortController();
    let uploadId = "";
    const first = uploadFile(account(), file, {
      wait,
      signal: stop.signal,
      onUpload: (id) => (uploadId = id),
      onProgress: ({ done }) => done > 0 && stop.abort(),
    });
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    const starts: number[] = [];
    const onProgress = ({ done }: { done: number }) => starts.push(done);
    await uploadFile(account(), file, { wait, uploadId, onProgress });
    expect(starts[0]).toBeGreaterThan(0);
  });

  test("gives up on a line that always breaks, and what came can be dropped", async () => {
    const file = new Uint8Array(randomBytes(100_000));
    breaksAlways = true;
    let uploadId = "";
    const sending = uploadFile(account(), file, { wait, onUpload: (id) => (uploadId = id) });
    await sending.then(
      () => expect.unreachable(),
      (error: unknown) => expect(error).toMatchObject({ code: "network_failed" }),
    );
    breaksAlways = false;
    await dropUpload(account(), uploadId);
    await expect(uploadFile(account(), file, { wait, uploadId })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
