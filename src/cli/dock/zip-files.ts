import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** A zip to add, and the id that it is to have. */
export interface ZipFile {
  readonly path: string;
  readonly id: string;
}

/**
 * The zips that are named, and those in directories that are, by name. A path where there is nothing
 * stays in the list, to be reported when it is read.
 */
export async function findZips(paths: readonly string[]): Promise<ZipFile[]> {
  const found: ZipFile[] = [];
  for (const path of paths) {
    const isDirectory = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    const names = isDirectory ? (await readdir(path)).filter((name) => /\.zip$/i.test(name)) : [];
    const files = isDirectory ? names.sort().map((name) => join(path, name)) : [path];
    found.push(...files.map((file) => ({ path: file, id: idOf(file) })));
  }
  return found;
}

/** The name of a file as an id: lower-case letters, digits and hyphens. Empty if nothing is left. */
export function idOf(path: string): string {
  return basename(path)
    .replace(/\.zip$/i, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 128)
    .replace(/-$/, "");
}
