import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import { lockDirectory } from "../../../../../src/dock/storage/disk/directory-lock";

describe("lockDirectory", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "berth-lock-"));
  });

  test("refuses a directory that is taken, and takes it once it is given back", async () => {
    const giveBack = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: "EBUSY" });
    await giveBack();
    await (
      await lockDirectory(directory)
    )();
    expect(await readdir(directory)).toEqual([]);
  });

  test("refuses a directory that another running process holds", async () => {
    await writeFile(join(directory, "lock"), `${process.ppid} `);
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: "EBUSY" });
  });

  test.each([
    ["died", () => `${execFileSync("node", ["-p", "process.pid"], { encoding: "utf8" }).trim()} 1`],
    ["had our pid before a restart", () => `${process.pid} 1`],
    ["left nothing that can be read", () => "garbage"],
  ])("takes over from a process that %s", async (_, contents) => {
    await writeFile(join(directory, "lock"), contents());
    const giveBack = await lockDirectory(directory);
    expect(await readdir(directory)).toEqual(["lock"]);
    await giveBack();
  });

  test.runIf(process.platform === "linux")(
    "takes over when the pid now belongs to a younger process",
    async () => {
      await writeFile(join(directory, "lock"), `${process.ppid} 1`);
      await (
        await lockDirectory(directory)
      )();
    },
  );
});
