import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import {
  filesOfZip,
  foldersOf,
  type PictureFile,
} from "../../engine/kinds/image/read/picture-files";
import { readPictures } from "../../engine/kinds/image/read/read-pictures";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import { tableOf } from "../texts/read-texts";
import { nodeDecoder } from "./node-decoder";

/** Pictures that could be read, and the table of their names. */
export interface ReadFiles {
  readonly rasters: readonly Raster[];
  /** With the columns `file` and, if it may be an answer, `folder`. */
  readonly open: OpenTable;
}

const MOST_TOLD = 5;

/**
 * The pictures of a folder or zip, in the order of their names. Files that are none are named on standard error.
 *
 * @throws EngineError `bad_parameter` if none can be read; `package_too_large` or `bad_package` of a zip.
 */
export async function readFiles(path: string): Promise<ReadFiles> {
  const files = (await stat(path)).isDirectory()
    ? await filesOfFolder(path)
    : await filesOfZip(await readFile(path));
  const { pictures, refused } = await finish(readPictures(files, nodeDecoder));
  if (refused.length > 0) {
    const named = refused.slice(0, MOST_TOLD).map(({ name, code }) => `${name} (${code})`);
    const more = refused.length > MOST_TOLD ? ", …" : "";
    console.error(
      `files that are no pictures, or cannot be read: ${refused.length}: ${named.join(", ")}${more}`,
    );
  }
  if (pictures.length === 0) {
    const message = `there is no picture in ${path}; give a folder or a zip with PNG, JPEG, WebP, GIF or BMP files`;
    throw new EngineError("bad_parameter", message);
  }
  const names = pictures.map(({ name }) => name);
  const folders = foldersOf(names);
  const columns = folders ? ["file", "folder"] : ["file"];
  const rows = names.map((name, i) => (folders ? [name, folders[i]!] : [name]));
  return {
    rasters: pictures.map(({ raster }) => raster),
    open: await tableOf(columns, rows),
  };
}

async function filesOfFolder(folder: string): Promise<PictureFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      name: path
        .slice(folder.length)
        .replace(/^[\\/]/, "")
        .replaceAll("\\", "/"),
      read: () => readFile(path),
    }));
}
