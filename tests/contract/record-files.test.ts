import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { beforeEach, expect, test } from "vitest";

import type { LearnwareRecord } from "../../src/dock/storage/records/learnware-record";
import { RecordFiles, type RecordKinds } from "../../src/dock/storage/records/record-files";
import { seededRandom } from "../../src/engine/ground/random";
import { island } from "../fixtures/learnwares";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

const record: LearnwareRecord = {
  id: "house-prices",
  origin: "upload",
  versions: [{ sha256: "ab".repeat(32), at: "2026-11-21T02:00:00.000Z" }],
  islandId: island.id,
  ownerId: null,
  deletedAt: null,
};

const asked: RecordKinds["islands"] = {
  ...{ id: island.id, spaceId: island.id, name: "Houses", description: "Their prices." },
  question: { form: "target", target: "price" },
};

let directory: string;
let records: RecordFiles;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "berth-records-"));
  records = await RecordFiles.open(directory);
});

async function readAll<Kind extends keyof RecordKinds>(kind: Kind) {
  const found = [];
  for await (const each of records.readAll(kind)) found.push(each);
  return found;
}

test("gives back what was put, after it was opened again", async () => {
  await records.put("learnwares", record);
  await records.put("spaces", island);
  await records.put("islands", asked);
  records = await RecordFiles.open(directory);
  expect(await readAll("learnwares")).toEqual([{ ok: true, name: record.id, value: record }]);
  expect(await readAll("spaces")).toEqual([{ ok: true, name: `${island.id}@1`, value: island }]);
  expect(await readAll("islands")).toEqual([{ ok: true, name: island.id, value: asked }]);
});

test("replaces a learnware's record and keeps every version of a space", async () => {
  const deleted = { ...record, deletedAt: "2026-11-21T03:00:00.000Z" };
  const second = { ...island, version: 2 };
  for (const each of [record, deleted]) await records.put("learnwares", each);
  for (const each of [second, island]) await records.put("spaces", each);
  expect(await readAll("learnwares")).toMatchObject([{ value: deleted }]);
  expect(await readAll("spaces")).toMatchObject([{ value: island }, { value: second }]);
});

test("takes what earlier versions kept as islands for the spaces that they were", async () => {
  await writeFile(join(directory, "islands", "houses@1.json"), JSON.stringify(island));
  records = await RecordFiles.open(directory);
  expect(await readAll("spaces")).toEqual([{ ok: true, name: "houses@1", value: island }]);
  expect(await readAll("islands")).toEqual([]);
});

test("forgets what is removed", async () => {
  await records.put("learnwares", record);
  await records.remove("learnwares", record.id);
  await records.remove("learnwares", record.id);
  expect(await readAll("learnwares")).toEqual([]);
});

test.each(["", "UPPER", "../escape", "a/b", "a.b", "-dash", "a".repeat(129)])(
  "refuses the id %j",
  async (id) => {
    const refused = { code: "bad_parameter" };
    await expect(records.put("learnwares", { ...record, id })).rejects.toMatchObject(refused);
    await expect(records.remove("learnwares", id)).rejects.toMatchObject(refused);
    await expect(records.put("spaces", { ...island, id })).rejects.toMatchObject(refused);
    await expect(records.remove("spaces", `${id}@1`)).rejects.toMatchObject(refused);
    expect(await readdir(join(directory, "learnwares"))).toEqual([]);
  },
);

test("refuses what it could not read back", async () => {
  const endless = { ...island, kernel: gaussianKernel(Infinity) };
  await expect(records.put("spaces", endless)).rejects.toMatchObject({ code: "bad_parameter" });
  expect(await readAll("spaces")).toEqual([]);
});

test("names every file that is damaged or no record, and reads the others", async () => {
  await records.put("learnwares", record);
  const write = (name: string, text: string) =>
    writeFile(join(directory, "learnwares", name), text);
  await write("cut.json", JSON.stringify(record).slice(0, 40));
  await write("empty.json", "");
  await write("moved.json", JSON.stringify(record));
  await write("partial.json", JSON.stringify({ ...record, versions: [] }));
  await write("notes.txt", "x");
  await mkdir(join(directory, "learnwares", "folder.json"));
  const found = await readAll("learnwares");
  expect(found.filter(({ ok }) => ok)).toHaveLength(1);
  const names = [
    "cut.json",
    "empty.json",
    "folder.json",
    "moved.json",
    "notes.txt",
    "partial.json",
  ];
  expect(found.flatMap((each) => (each.ok ? [] : each.file))).toEqual(
    names.map((name) => `learnwares/${name}`),
  );
});

test("sweeps up drafts, and shows none while it writes", async () => {
  await writeFile(join(directory, "islands", "1.draft"), "{");
  expect(await readAll("islands")).toEqual([]);
  await RecordFiles.open(directory);
  expect(await readdir(join(directory, "islands"))).toEqual([]);
});

test("loses nothing and leaves nothing half-written when it is killed", async () => {
  const random = seededRandom(1);
  const reported = new Map<string, number>();
  for (let kill = 0; kill < 20; kill++) {
    const lines = await writeUntilKilled(directory, 1e6 * kill, 30 * random());
    for (const line of lines) {
      const [id = "", count] = line.split(" ");
      reported.set(id, Number(count));
    }
    records = await RecordFiles.open(directory);
    expect(await readdir(join(directory, "learnwares"))).not.toContainEqual(
      expect.stringContaining("draft"),
    );
    const kept = new Map<string, number>();
    for (const each of await readAll("learnwares")) {
      if (!each.ok) throw new Error(`${each.file}: ${each.problem}`);
      kept.set(each.name, parseInt(each.value.versions[0]?.sha256 ?? "", 16));
    }
    // One more may have been written than was reported.
    for (const [id, count] of reported) expect(kept.get(id)).toBeGreaterThanOrEqual(count);
  }
});

/** The lines that the writer printed until it was killed, so long after its first. */
async function writeUntilKilled(place: string, first: number, afterMs: number): Promise<string[]> {
  const script = fileURLToPath(import.meta.resolve("../fixtures/record-writer.ts"));
  const child = spawn(process.execPath, ["--import", "tsx", script, place, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const output = createInterface(child.stdout).on("line", (line) => lines.push(line));
  await once(output, "line");
  await wait(afterMs);
  child.kill("SIGKILL");
  await once(child, "close");
  return lines;
}
