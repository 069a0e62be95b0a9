import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A package of npm, by its version and the SHA-512 that the registry tells. */
export interface NpmPackage {
  /** `name@1.2.3` */
  readonly package: string;
  readonly integrity: string;
}

/**
 * Fetch a package into a temporary folder, without installing it, and use some of its files.
 *
 * @param path - Of the file, or of the folder of files, that is unpacked.
 * @param use - Gets where that lies; it is gone afterwards.
 * @throws Error if the package cannot be fetched, is another, or lacks the path.
 */
export async function fromNpm<T>(
  { package: name, integrity }: NpmPackage,
  path: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "berth-assets-"));
  try {
    const pack = ["pack", name, "--silent", "--ignore-scripts"];
    const { stdout } = await run("npm", pack, { cwd: folder });
    const tarball = stdout.trim();
    const hash = createHash("sha512").update(await readFile(join(folder, tarball)));
    const found = `sha512-${hash.digest("base64")}`;
    if (found !== integrity) throw new Error(`${name} is ${found}, not ${integrity}`);
    await run("tar", ["-xzf", tarball, `package/${path}`], { cwd: folder });
    return await use(join(folder, "package", path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
