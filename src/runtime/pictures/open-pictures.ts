import { startsWith } from "../../engine/kinds/image/read/bytes-of";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import type { PictureDecoder } from "../../engine/kinds/image/read/picture-decoder";
import { foldersOf } from "../../engine/kinds/image/read/picture-files";
import { readPictures } from "../../engine/kinds/image/read/read-pictures";
import type { RefusedFile } from "../../engine/kinds/refused-file";
import { EngineError } from "../../engine/ground/errors";
import type { Steps } from "../../engine/ground/progress";
import type { TableProfile } from "../../engine/kinds/table/columns/profile";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import { tableOfCells } from "../../engine/kinds/table/read/table-of-cells";
import { byteTools } from "../byte-tools";
import { fileAlone, filesOfZip, type OriginalFile } from "./original-files";

/** Pictures as a table of their names, one row each, and the way back to their files. */
export interface OpenPictures extends OpenTable {
  /** Shape [n]. */
  readonly rasters: readonly Raster[];
  /** Shape [n]. */
  readonly files: readonly OriginalFile[];
  /** Of the table: shape [n, columns]. */
  readonly cells: readonly (readonly (string | number)[])[];
}

/** Files that are named of those that were left out. */
const MOST_NAMED = 200;

/**
 * Read a picture, or a zip of pictures; what is none is left out, and listed in the profile. Of each only a raster of 28 kB is
 * held. The columns are `file`, `folder` where folders differ, `width` and `height`. Yields `read`, counting files.
 *
 * @throws EngineError of a picture alone why it cannot be read; `no_pictures` if none of several can; `too_many_files` or
 *   `damaged_file` of a zip.
 */
export async function* openPictures(file: File, decoder: PictureDecoder): Steps<OpenPictures> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const isZip = startsWith(head, "PK\x03\x04") || startsWith(head, "PK\x05\x06");
  const all = isZip ? await filesOfZip(file) : [fileAlone(file, file.name)];
  const { pictures, refused } = yield* readPictures(all, decoder);
  if (pictures.length === 0) throw noneOf(refused, isZip);
  const byName = new Map(all.map((one) => [one.name, one]));
  const names = pictures.map(({ name }) => name);
  const folders = foldersOf(names);
  const cells = pictures.map(({ name, size: { width, height } }, i) => [
    ...(folders ? [name, folders[i]!] : [name]),
    ...[width, height],
  ]);
  const columns = ["file", ...(folders ? ["folder"] : []), "width", "height"];
  return {
    ...(yield* tableOf(columns, cells, {
      ...{ count: refused.length, files: refused.slice(0, MOST_NAMED) },
    })),
    ...{ cells, rasters: pictures.map(({ raster }) => raster) },
    files: names.map((name) => byName.get(name)!),
  };
}

/**
 * The same pictures with one more column, or with another in place of the one of that name.
 *
 * @param labels - Shape [n]; empty where none is known.
 */
export async function* labelled(
  open: OpenPictures,
  column: string,
  labels: readonly string[],
): Steps<OpenPictures> {
  const { columns, refused } = open.read.profile;
  const names = columns.map(({ name }) => name);
  const at = names.includes(column) ? names.indexOf(column) : names.length;
  const cells = open.cells.map((row, i) => Object.assign([...row], { [at]: labels[i]! }));
  const named = Object.assign([...names], { [at]: column });
  return { ...open, ...(yield* tableOf(named, cells, refused)), cells };
}

async function* tableOf(
  columns: readonly string[],
  cells: OpenPictures["cells"],
  refused: TableProfile["refused"],
): Steps<OpenTable> {
  const open = yield* tableOfCells(columns, cells, byteTools);
  const profile = { ...open.read.profile, format: "pictures", ...(refused && { refused }) };
  return { ...open, read: { ...open.read, profile } };
}

function noneOf(refused: readonly RefusedFile[], isZip: boolean): EngineError {
  const [first] = refused;
  if (first && !isZip) return new EngineError(first.code, "it is no picture", first.details);
  const count = refused.length;
  return new EngineError("no_pictures", `none of ${count} files is a picture`, { count });
}
