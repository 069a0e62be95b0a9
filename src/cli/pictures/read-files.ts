import { openAsBlob } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import { startsWith } from "../../engine/kinds/image/read/bytes-of";
import { foldersOf, type PictureFile } from "../../engine/kinds/image/read/picture-files";
import { readPictures } from "../../engine/kinds/image/read/read-pictures";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import { tableOfCells } from "../../engine/kinds/table/read/table-of-cells";
import { byteTools } from "../../runtime/byte-tools";
import { fileAlone, filesOfZip } from "../../runtime/pictures/original-files";
import { AVIF, nodeDecoder } from "./node-decoder";
import { whyRefused } from "./why-refused";

/** Pictures that could be read, and the table of their names. */
export interface ReadFiles {
  readonly rasters: readonly Raster[];
  /** With the columns `file` and, if it may be an answer, `folder`. */
  readonly open: OpenTable;
}

const MOST_TOLD = 5;

/**
 * The pictures of a folder or zip, or one alone, in the order of their names. Files that are none are named on standard error.
 *
 * @throws EngineError `no_pictures` if none can be read, with why; `too_many_files` or `damaged_file` of a zip.
 */
export async function readFiles(path: string): Promise<ReadFiles> {
  const files = (await stat(path)).isDirectory()
    ? await filesOfFolder(path)
    : await filesOfZipOrAlone(path);
  const { pictures, refused } = await finish(readPictures(files, nodeDecoder));
  const named = refused.slice(0, MOST_TOLD).map((one) => `${one.name} (${whyRefused(one)})`);
  const more = refused.length > MOST_TOLD ? ", …" : "";
  const told = `${refused.length}: ${named.join(", ")}${more}`;
  if (refused.length > 0 && pictures.length > 0) {
    const avif = refused.filter(({ details }) => details["format"] === AVIF).length;
    console.error(`files that are no pictures, or cannot be read: ${told}`);
    if (avif > 0) {
      console.error(
        `${avif} of them are AVIF, which browsers read and this command does not: use the page, or save them as PNG or JPEG`,
      );
    }
  }
  if (pictures.length === 0) {
    const read = refused.length > 0 ? `; files that cannot be read: ${told}` : "";
    const message = `there is no picture in ${path}${read}; give a folder or a zip with PNG, JPEG, WebP, GIF or BMP files`;
    throw new EngineError("no_pictures", message, { count: refused.length });
  }
  const names = pictures.map(({ name }) => name);
  const folders = foldersOf(names);
  const columns = folders ? ["file", "folder"] : ["file"];
  const rows = names.map((name, i) => (folders ? [name, folders[i]!] : [name]));
  return {
    rasters: pictures.map(({ raster }) => raster),
    open: await finish(tableOfCells(columns, rows, byteTools)),
  };
}

async function filesOfZipOrAlone(path: string): Promise<readonly PictureFile[]> {
  const blob = await openAsBlob(path);
  const head = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return startsWith(head, "PK") ? filesOfZip(blob) : [fileAlone(blob, basename(path))];
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
