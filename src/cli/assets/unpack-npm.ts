import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Fetch a package and unpack it, once for this machine.
 *
 * @param name - With its version: `name@1.2.3`.
 * @returns The folder that its files are in.
 */
export async function unpackNpm(name: string): Promise<string> {
  const folder = join(tmpdir(), "berth-assets", name.replaceAll("/", "-"));
  const unpacked = join(folder, "package");
  if (existsSync(unpacked)) return unpacked;
  const half = `${folder}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  const { stdout } = await run("npm", ["pack", name, "--silent"], { cwd: half });
  await run("tar", ["xzf", stdout.trim().split("\n").at(-1)!], { cwd: half });
  await rename(half, folder);
  return unpacked;
}
