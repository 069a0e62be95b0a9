import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, test, vi } from "vitest";

import { runDockCommand } from "../../../src/cli/operate/dock";
import { idOf } from "../../../src/dock/commands/zip-files";
import { AppError } from "../../../src/contracts/outcome";
import { openParts } from "../../../src/dock/storage/open-parts";
import { island, packageOf } from "../../fixtures/learnwares";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const carried = { space: island };

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "berth-dock-"));
  data = join(folder, "data");
  await mkdir(join(folder, "zips"));
  for (const name of ["Flat One", "flat-two"]) {
    await writeFile(join(folder, "zips", `${name}.zip`), await packageOf(name, carried));
  }
  await writeFile(join(folder, "zips", "broken.zip"), "no zip");
  await writeFile(join(folder, "zips", "notes.txt"), "not looked at");
});

/** Run `berth dock …` as an operator does, to its end. */
function spawnBerth(args: readonly string[]): Promise<{ code: unknown; out: string; err: string }> {
  const env = { PATH: process.env["PATH"], BERTH_DATA: data };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["src/cli/berth.js", "dock", ...args],
      { cwd: root, env },
      (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
    );
  });
}

/** Run it within this process: what it printed, or what it threw. */
async function berth(args: readonly string[], settings: Record<string, string> = {}) {
  const lines = { out: [] as string[], err: [] as string[] };
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => lines.out.push(line));
  const error = vi
    .spyOn(console, "error")
    .mockImplementation((line) => lines.err.push(String(line)));
  const before = process.exitCode;
  try {
    await runDockCommand(args, { BERTH_DATA: data, ...settings });
    return { ...lines, code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = before;
    for (const spy of [log, error]) spy.mockRestore();
  }
}

describe("berth dock", () => {
  test("adds a directory of zips, reports the bad one and takes the others", async () => {
    const { code, out, err } = await spawnBerth(["add", join(folder, "zips")]);
    expect(err).toMatch(/refused .*broken\.zip: /);
    expect(err).toMatch(/\[3\/3\] /);
    expect(err).toContain(`there is no dock in ${data} yet: a new one is made`);
    expect(out).toBe("2 added, 0 replaced, 0 unchanged, 1 refused\n");
    expect(code).toBe(1);
  });

  test("says that a directory has no zip, and that a file is no place to export to", async () => {
    await mkdir(join(folder, "empty"));
    await expect(berth(["add", join(folder, "empty")])).rejects.toThrow(/no zip in .*empty/);
    const file = join(folder, "zips", "notes.txt");
    await expect(berth(["export", file])).rejects.toThrow(/notes\.txt is a file/);
  });

  test("skips what is there, and replaces what changed", async () => {
    const flat = join(folder, "zips", "flat-two.zip");
    await writeFile(flat, await packageOf("Flat two, newer", carried));
    const { code, out, err } = await berth(["add", join(folder, "zips", "Flat One.zip"), flat]);
    expect(err[0]).toBe(`into the dock in ${data}`);
    expect(out).toEqual(["0 added, 1 replaced, 1 unchanged, 0 refused"]);
    expect(code).toBe(0);
  });

  test("refuses an id that cannot be one, and two files of one id", async () => {
    const flat = join(folder, "zips", "flat-two.zip");
    const { err } = await berth(["add", flat, "--id", "No id"]);
    expect(err.slice(1)).toEqual([expect.stringMatching(/an id has up to 128/)]);
    const twice = await berth(["add", flat, join(folder, "elsewhere", "Flat Two.zip")]);
    expect(twice.err[1]).toMatch(/another file here has the id flat-two/);
    expect(twice.out).toEqual(["0 added, 0 replaced, 1 unchanged, 1 refused"]);
    await expect(berth(["add", flat, flat, "--id", "one"])).rejects.toThrow(/is used like this/);
  });

  test("removes a learnware, and restores it with its history and its origin", async () => {
    const removed = await berth(["remove", "flat-two", "nobody"]);
    expect(removed.out[0]).toMatch(/"berth dock restore flat-two" brings it back, until 20\d\d-/);
    expect(removed.err[0]).toMatch(/^nobody: there is no such learnware/);
    expect(removed.code).toBe(1);
    expect((await berth(["list"])).out).toEqual([
      expect.stringMatching(/^age-area-\w+ {2}version 1 {2}1 learnwares {2}Houses$/),
    ]);
    expect((await berth(["restore", "flat-two"])).out).toEqual(["flat-two: restored"]);
    const parts = await openParts({ dataDirectory: data });
    expect(await parts.records.find(["flat-two"])).toMatchObject([
      { origin: "operator", deletedAt: null, versions: [{}, {}] },
    ]);
    await parts.close();
  });

  test("exports a dock that another one mirrors", async () => {
    const published = join(folder, "published");
    const exported = await berth(["export", published]);
    expect(exported.out[0]).toMatch(/^2 learnwares on 1 islands/);
    expect(exported.err.join("\n")).not.toContain("no learnware");
    const mirror = { BERTH_DATA: join(folder, "mirror") };
    expect((await berth(["pull", published], mirror)).out).toEqual([
      "2 added, 0 unchanged, 0 removed",
    ]);
    expect((await berth(["list", "--ids"], mirror)).out).toEqual(["flat-one", "flat-two"]);
  });

  test("says that a dock it exports is empty", async () => {
    const nothing = join(folder, "nothing");
    const { out, err, code } = await berth(["export", join(folder, "bare")], {
      BERTH_DATA: nothing,
    });
    expect(out[0]).toMatch(/^0 learnwares on 0 islands/);
    expect(err.join("\n")).toContain(`the dock in ${nothing} has no learnware to show`);
    expect(code).toBe(0);
  });

  test("builds its database anew", async () => {
    const { out, err } = await berth(["reindex"]);
    expect(err[0]).toMatch(/records of 2 learnwares and 1 versions of islands/);
    expect(out).toEqual(["the database has been built anew: 2 learnwares"]);
  });

  test("says what to do when another dock has the directory", async () => {
    const parts = await openParts({ dataDirectory: data });
    const { err, code } = await spawnBerth(["list"]);
    await parts.close();
    expect(err).toMatch(/data is in use by another dock; stop it, or use PostgreSQL\n$/);
    expect(code).toBe(1);
  });

  test.each([
    [{ PORT: "http" }, /^PORT must be a number from 0 to 65535$/],
    [{ PORT: "65536" }, /^PORT must be a number/],
    [{ PORT: "1.5", BERTH_DATABASE_URL: "secret" }, /^PORT must be .*; BERTH_DATABASE_URL must be/],
    [{ BERTH_DATABASE_URL: "mysql://x:secret@y/z" }, /^BERTH_DATABASE_URL must be an address/],
    [{ BERTH_DATABASE_READ_URL: "postgres://x:secret@y/z" }, /needs BERTH_DATABASE_URL/],
    [{ BERTH_DATABASE_URL: "postgres://x:secret@127.0.0.1:1/z" }, /database cannot be reached/],
    [{ BERTH_BLOBS: "ftp://secret" }, /^BERTH_BLOBS cannot be used/],
  ])("says which setting is wrong: %j", async (settings, message) => {
    const listing = berth(["list"], { BERTH_DATA: join(folder, "none"), ...settings });
    const error = await listing.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).message).toMatch(message);
    expect((error as AppError).message).not.toContain("secret");
  });

  test.each(["add", "remove", "restore", "list", "export", "pull", "reindex"])(
    "says how %s is used",
    async (command) => {
      const { out } = await berth([command, "--help"]);
      expect(out[0]).toMatch(new RegExp(`^berth dock ${command}`));
    },
  );

  test("does not reindex a PostgreSQL server", async () => {
    const settings = { BERTH_DATABASE_URL: "postgres://127.0.0.1:1/z" };
    await expect(berth(["reindex"], settings)).rejects.toThrow(/only the embedded database/);
  });

  test("builds the database again where its folder is empty", async () => {
    await rm(join(data, "db"), { recursive: true });
    await mkdir(join(data, "db"));
    const { out, err } = await berth(["list", "--ids"]);
    expect(out).toEqual(["flat-one", "flat-two"]);
    expect(err.join("\n")).toMatch(/building the database/);
  });

  test("finds zips that are damaged or missing, and names whose they are", async () => {
    expect(await berth(["check"])).toMatchObject({ err: [], code: 0 });
    const parts = await openParts({ dataDirectory: data });
    const [card] = (await parts.store.list({}, { limit: 1, offset: 0 })).learnwares;
    await parts.close();
    const { id, sha256 } = card!;
    const zip = join(data, "blobs", sha256.slice(0, 2), sha256);
    await writeFile(zip, (await readFile(zip)).subarray(1));
    const damaged = await berth(["check"]);
    expect(damaged.code).toBe(1);
    expect(damaged.err).toEqual([
      expect.stringMatching(`^${id}: the zip ${sha256} of version . is damaged$`),
    ]);
    await rm(zip);
    expect((await berth(["check"])).err).toEqual([expect.stringMatching("is missing$")]);
  });
});

test.each([
  ["/a/Flat One.zip", "flat-one"],
  ["Älter_2.ZIP", "alter-2"],
  ["--x--.zip", "x"],
  [`${"a".repeat(127)}-b.zip`, "a".repeat(127)],
  ["房价.zip", ""],
])("makes of the file name %s the id %j", (path, id) => {
  expect(idOf(path)).toBe(id);
});
