import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * One file of a package of npm, which is fetched into a temporary folder and not installed.
 *
 * @param integrity - SHA-512 of the package, as the registry tells it.
 * @throws Error if it cannot be fetched, is another, or lacks the file.
 */
export async function npmFile(name: string, integrity: string, path: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "berth-assets-"));
  try {
    const pack = ["pack", name, "--silent", "--ignore-scripts"];
    const { stdout } = await run("npm", pack, { cwd: folder });
    const tarball = stdout.trim();
    const hash = createHash("sha512").update(await readFile(join(folder, tarball)));
    const found = `sha512-${hash.digest("base64")}`;
    if (found !== integrity) throw new Error(`${name} is ${found}, not ${integrity}`);
    await run("tar", ["-xzf", tarball, `package/${path}`], { cwd: folder });
    return await readFile(join(folder, "package", path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
