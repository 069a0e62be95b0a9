import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { BackupFile } from "../../src/dock/backup/backup-file";
import { backupBlobs, backupsIn, lastBackupAt } from "../../src/dock/backup/backup-folder";
import { makeBackup } from "../../src/dock/backup/make-backup";
import { SCHEDULED, ScheduledBackup } from "../../src/dock/backup/scheduled-backup";
import { restoreBackup } from "../../src/dock/backup/restore-backup";
import { collect } from "../../src/dock/jobs/collect";
import {
  openParts,
  type StorageOptions,
  type StorageParts,
} from "../../src/dock/storage/open-parts";
import { contentsOf, fillDock, type FilledDock, HALF } from "../fixtures/filled-dock";
import { island, packageOf } from "../fixtures/learnwares";
import { startS3Server } from "../fixtures/s3-server";
import { freshDatabase, hasPostgres } from "../postgres/fresh-database";

const DAY_MS = 24 * 3_600_000;
const keep = () => Promise.resolve();
const quiet = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onRebuild: () => undefined,
};
const newFolder = () => mkdtemp(join(tmpdir(), "berth-backup-"));

let folder: string;
let parts: StorageParts;
let filled: FilledDock;
let said: Awaited<ReturnType<typeof contentsOf>>;
/** A folder with one backup of the dock. */
let backups: string;

beforeAll(async () => {
  folder = await newFolder();
  parts = await openParts({ dataDirectory: join(folder, "data") });
  filled = await fillDock(parts);
  said = await contentsOf(parts, filled.token);
  backups = join(folder, "backups");
  await makeBackup(parts, backups, { keep });
});
afterAll(() => parts.close());

async function newest(place: string): Promise<BackupFile> {
  return BackupFile.open((await backupsIn(place))[0]!);
}

/** Restores into a place, and tells what the dock there says. */
async function restored(options: StorageOptions, place = backups) {
  const report = await restoreBackup(options, await newest(place), quiet);
  const there = await openParts(options);
  const contents = await contentsOf(there, filled.token);
  return { report, contents, parts: there };
}

describe("a backup", () => {
  test("makes the same dock in an empty place: people, tokens, submissions, islands, learnwares and zips", async () => {
    const {
      report,
      contents,
      parts: there,
    } = await restored({ dataDirectory: join(folder, "again") });
    expect(report).toEqual({ learnwares: 2, problems: [] });
    expect(contents).toEqual(said);
    expect(contents.byToken).toBe(filled.ownerId);
    expect(contents.zips.every((zip) => zip.endsWith(" true"))).toBe(true);
    await there.intake.take("more", await packageOf("More", { space: island }), "upload");
    const next = await there.submissions.create({
      ...{ ownerId: filled.ownerId, learnwareId: null, islandId: null, edit: null },
      ...{ sha256: "0".repeat(64), sizeBytes: 1 },
    });
    expect(next.number).toBe(5);
    await there.close();
    const again = await openParts({ dataDirectory: join(folder, "again") });
    expect((await again.submissions.find(5))?.state).toBe("waiting");
    await again.close();
  });

  test.skipIf(!hasPostgres)(
    "goes from the embedded database to PostgreSQL with zips in S3, and back",
    async () => {
      const server = await startS3Server();
      const endpoint = encodeURIComponent(server.endpoint);
      const served = {
        dataDirectory: join(folder, "unused"),
        databaseUrl: await freshDatabase(),
        blobs: `s3://${server.bucket}/dock?endpoint=${endpoint}`,
        s3Credentials: server.credentials,
      };
      const there = await restored(served);
      expect(there.report).toEqual({ learnwares: 2, problems: [] });
      expect(there.contents).toEqual(said);
      const second = join(folder, "second");
      await makeBackup(there.parts, second, { keep });
      await there.parts.close();
      const back = await restored({ dataDirectory: join(folder, "back") }, second);
      expect(back.contents).toEqual(said);
      await back.parts.close();
      await expect(restoreBackup(served, await newest(second), quiet)).rejects.toThrow(
        /there is a dock in the database already/,
      );
      await server.close();
    },
  );

  test("is made while learnwares come in, each with all that it names", async () => {
    const place = join(folder, "busy");
    const dock = await openParts({ dataDirectory: join(folder, "busy-data") });
    const over = new AbortController();
    const taken = new EventTarget();
    const adding = (async () => {
      for (let i = 0; !over.signal.aborted; i++) {
        const zip = await packageOf(`One ${i}`, { space: island });
        await dock.intake.take(`one-${i % 5}`, zip, "upload");
        taken.dispatchEvent(new Event("one"));
      }
    })();
    for (let i = 0; i < 4; i++) {
      await once(taken, "one");
      const { problems } = await makeBackup(dock, place, { keep });
      expect(problems).toEqual([]);
    }
    over.abort();
    await adding;
    await dock.close();
    const blobs = await backupBlobs(place);
    for (const path of await backupsIn(place)) {
      for (const sha256 of await (await BackupFile.open(path)).blobs()) {
        await (await blobs.open(sha256))!.stream.pipeTo(new WritableStream());
      }
    }
    const back = await openRestored(place);
    expect((await back.store.list({}, { limit: 9, offset: 0 })).total).toBeGreaterThan(0);
    await back.close();
  });

  test("holds no password, no token and no key, and is for its own user", async () => {
    const [path] = await backupsIn(backups);
    const text = await readFile(path!, "utf8");
    for (const secret of [filled.token, "correct horse"]) expect(text).not.toContain(secret);
    expect((await stat(path!)).mode & 0o777).toBe(0o600);
  });

  test("is told from one that is cut short or was changed", async () => {
    const [path] = await backupsIn(backups);
    const bytes = await readFile(path!);
    const other = join(await newFolder(), "copy.backup.jsonl");
    const damaged = [
      bytes.subarray(0, bytes.length - 10),
      bytes.subarray(0, bytes.lastIndexOf("{")),
      Buffer.from(bytes.toString("utf8").replace("ada@people.test", "eve@people.test")),
      Buffer.alloc(0),
    ];
    for (const one of damaged) {
      await writeFile(other, one);
      await expect(BackupFile.open(other)).rejects.toMatchObject({ code: "damaged_file" });
    }
    await expect(BackupFile.open(`${other}.none`)).rejects.toMatchObject({ code: "not_found" });
  });

  test("names a zip that the dock lacks, and has the rest", async () => {
    const data = join(folder, "damaged");
    await cp(join(folder, "data"), data, { recursive: true });
    await rm(join(data, "lock"), { force: true });
    await rm(join(data, "db"), { recursive: true }); // A copy of it from a running dock is worth nothing.
    const dock = await openParts({ dataDirectory: data });
    const { sha256 } = (await dock.store.find("far"))!;
    await dock.blobs.remove(sha256);
    const { problems } = await makeBackup(dock, join(folder, "lacking"), { keep });
    await dock.close();
    expect(problems).toEqual([`the zip or book ${sha256} is missing`]);
    const there = await restored({ dataDirectory: join(folder, "less") }, join(folder, "lacking"));
    expect(there.contents.learnwares.map(({ id }) => id)).toEqual(["near"]);
    expect(there.report.problems).toEqual([`the zip or book ${sha256} is missing`]);
    await there.parts.close();
  });

  test("is not restored over a dock", async () => {
    const data = join(folder, "other");
    await (await openParts({ dataDirectory: data })).close();
    await expect(
      restoreBackup({ dataDirectory: data }, await newest(backups), quiet),
    ).rejects.toThrow(/there is a dock in .*other already/);
  });
});

/** A dock of the newest backup in a place. */
async function openRestored(place: string): Promise<StorageParts> {
  const dataDirectory = join(await newFolder(), "data");
  await restoreBackup({ dataDirectory }, await newest(place), quiet);
  return openParts({ dataDirectory });
}

describe("a folder of backups", () => {
  test("shares zips, and keeps the newest with what they need", async () => {
    const place = join(folder, "rotated");
    const dock = await openParts({ dataDirectory: join(folder, "rotating") });
    await dock.intake.take("one", await packageOf("One", { space: island }), "upload");
    const first = await makeBackup(dock, place, { kept: 2, keep });
    expect(first).toMatchObject({ blobs: 1, copied: 1, removed: 0 });
    await dock.store.remove("one");
    await dock.store.purge(new Date(Date.now() + DAY_MS));
    await dock.intake.take("two", await packageOf("Two", { space: island }), "upload");
    expect(await makeBackup(dock, place, { kept: 2, keep })).toMatchObject({
      copied: 1,
      removed: 0,
    });
    expect(await makeBackup(dock, place, { kept: 2, keep })).toMatchObject({
      copied: 0,
      removed: 1,
    });
    await dock.close();
    expect(await backupsIn(place)).toHaveLength(2);
    const names: string[] = [];
    for await (const { sha256 } of (await backupBlobs(place)).list()) names.push(sha256);
    expect(names).toEqual([...(await (await newest(place)).blobs())]);
    expect(Date.now() - (await lastBackupAt(place))!.getTime()).toBeLessThan(60_000);
  });

  test("takes one backup at a time, and none that was broken off", async () => {
    const place = join(folder, "twice");
    let second: Promise<unknown> | undefined;
    const first = makeBackup(parts, place, {
      keep: async () => {
        second ??= makeBackup(parts, place, { keep });
        await second.catch(() => undefined);
      },
    });
    await first;
    await expect(second).rejects.toMatchObject({ code: "dock_busy" });
    const stop = () => Promise.reject(new Error("stopped"));
    await expect(makeBackup(parts, place, { keep: stop })).rejects.toThrow("stopped");
    expect(await backupsIn(place)).toHaveLength(1);
    expect((await readdir(place)).sort()).toEqual([expect.stringMatching(/jsonl$/), "blobs"]);
  });

  test("shows nothing of a backup whose maker is killed, and the next one goes on", async () => {
    const place = join(folder, "killed");
    const data = join(folder, "killed-data");
    await restoreBackup({ dataDirectory: data }, await newest(backups), quiet);
    const script = fileURLToPath(import.meta.resolve("../fixtures/slow-backup.ts"));
    const child = spawn(process.execPath, ["--import", "tsx", script, data, place], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(createInterface(child.stdout), "line");
    child.kill("SIGKILL");
    await once(child, "close");
    expect(await backupsIn(place)).toEqual([]);
    expect((await readdir(place)).some((name) => name.endsWith(".draft"))).toBe(true);
    const dock = await openParts({ dataDirectory: data });
    expect(await makeBackup(dock, place, { keep })).toMatchObject({ problems: [] });
    await dock.close();
    expect((await readdir(place)).some((name) => name.endsWith(".draft"))).toBe(false);
  });
});

test("nothing that a backup may need is collected while it is made", async () => {
  const dock = await openParts({ dataDirectory: join(folder, "held") });
  const { store, jobs, blobs, uploads } = dock;
  const orphan = await blobs.put(Buffer.from("nobody's"));
  const isHeld = () => jobs.isRunning("backup");
  const later = () => Date.now() + DAY_MS;
  await store.noteCollected(new Date());
  const job = await jobs.begin("backup", "by hand", 60_000);
  expect(await collect(store, blobs, uploads, { keep, isHeld }, later())).toBe(false);
  expect(await blobs.has(orphan.sha256)).toBe(true);
  await jobs.finish(job);
  await store.noteCollected(new Date());
  expect(await collect(store, blobs, uploads, { keep, isHeld }, later())).toBe(true);
  expect(await blobs.has(orphan.sha256)).toBe(false);
  await dock.close();
});

test("what was handed in and half an upload outlive the embedded database", async () => {
  const data = join(folder, "rebuilt");
  await cp(join(folder, "data"), data, { recursive: true });
  await rm(join(data, "lock"), { force: true });
  await rm(join(data, "db"), { recursive: true });
  const dock = await openParts({ dataDirectory: data });
  expect({ ...(await contentsOf(dock, filled.token)), uses: [] }).toEqual({ ...said, uses: [] });
  const upload = (await dock.uploads.find(filled.uploadId))!;
  expect(upload.offset).toBe(HALF);
  await dock.close();
});

test("a dock that is told to makes a backup when the last is old enough, and tries again when it could not", async () => {
  const place = join(folder, "scheduled");
  const asked: number[] = [];
  const logged: object[] = [];
  const note = (line: object) => void logged.push(line);
  const backups = (at: string) =>
    new ScheduledBackup({
      ...parts,
      jobs: { ask: async (_kind, _subject, delayMs) => void asked.push(delayMs ?? 0) },
      schedule: { folder: at, everyHours: 6, kept: 2 },
      log: { info: note, error: note },
    });
  const six = 6 * 3_600_000;
  const first = backups(place);
  expect(first.ageSeconds).toBeNaN();
  await first.run(SCHEDULED, { keep });
  expect(first.ageSeconds).toBeLessThan(60);
  await backups(place).run(SCHEDULED, { keep }); // As after a restart of the dock.
  await backups(place).run("by hand", { keep });
  expect(await backupsIn(place)).toHaveLength(1);
  await writeFile(join(folder, "a file"), "");
  await backups(join(folder, "a file")).run(SCHEDULED, { keep });
  expect(logged).toEqual([
    { backup: expect.objectContaining({ removed: 0 }) as unknown },
    { backup: "failed", reason: expect.stringMatching(/^E[A-Z]+$/) as unknown },
  ]);
  expect(asked).toHaveLength(3);
  expect(asked[0]).toBe(six);
  expect(asked[1]).toBeGreaterThan(six - 60_000);
  expect(asked[2]).toBe(3_600_000);
});
