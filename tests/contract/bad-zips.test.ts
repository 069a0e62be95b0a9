import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test, vi } from "vitest";

import { runDockCommand } from "../../src/cli/operate/dock";
import { idOf } from "../../src/dock/commands/zip-files";
import { seededRandom } from "../../src/engine/ground/random";
import { badZips, goodZip } from "../attacks/bad-zips";

/** A few of what `npm run test:attacks -- zips` tries, each of another part. */
const KINDS = [
  ...["file: directory", "file: zeros", "zip: cut at its end", "zip: bomb"],
  ...["manifest: keys within braces", "manifest: half a character in the name"],
  ...["semantic: a description of five megabytes", "semantic: a NUL in the description"],
  ...["stat: a row count beyond whole numbers", "stat: weights of 3e38"],
  ...["stat: weights nested twenty thousand deep", "space: a scale next to nothing"],
  ...["model: cut in half", "model: five columns"],
];

describe("bad zips", () => {
  test("are named with a reason, and the good one among them goes in", async () => {
    const folder = await mkdtemp(join(tmpdir(), "berth-bad-zips-"));
    const zips = join(folder, "zips");
    await mkdir(zips);
    const made = await badZips(seededRandom(1));
    for (const kind of KINDS) {
      const path = join(zips, `${idOf(kind)}.zip`);
      const zip = await made.get(kind)!();
      if (zip instanceof Uint8Array) await writeFile(path, zip);
      else if (zip.special === "directory") await mkdir(path);
      else await symlink("/dev/zero", path);
    }
    await writeFile(join(zips, "good.zip"), await goodZip());

    const lines = { log: [] as string[], error: [] as string[] };
    for (const stream of ["log", "error"] as const) {
      vi.spyOn(console, stream).mockImplementation((line) => lines[stream].push(String(line)));
    }
    const before = process.exitCode;
    try {
      await runDockCommand(["add", zips], { BERTH_DATA: join(folder, "data") });
      expect(process.exitCode).toBe(1);
    } finally {
      process.exitCode = before;
      vi.restoreAllMocks();
    }
    expect(lines.log).toEqual([`1 added, 0 replaced, 0 unchanged, ${KINDS.length} refused`]);
    for (const kind of KINDS) {
      const said = lines.error.find((line) => line.includes(`${idOf(kind)}.zip: `));
      expect(said, kind).toMatch(/refused .+: .{10,350}$/);
    }
    expect(lines.error.some((line) => line.includes(" added good on "))).toBe(true);
  });
});
