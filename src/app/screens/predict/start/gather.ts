/** @file Many files as one: of folders that were dropped or chosen, and of several files. Fetched when there are some. */

import { asOneFile, type FileOfMany } from "../../../../client/workers/as-one-file";
import { AppError } from "../../../../contracts/outcome";

/** Files that are no table each but, together, the rows of one. */
const OF_MANY = /\.(?:png|jpe?g|jpe|webp|gif|bmp|avif|txt)$/i;

export interface Gathered {
  readonly file: File;
  /** How many were left alone, since only the first was taken. */
  readonly surplus: number;
}

/**
 * All files of what was dropped, or the first of several files that have nothing to do with each other.
 *
 * @param name - What they are called together.
 * @throws What the signal throws; what the browser does not let the page read.
 */
export async function gatherDropped(
  entries: readonly FileSystemEntry[],
  name: string,
  signal: AbortSignal,
): Promise<Gathered> {
  const isFolder = entries.length === 1 && entries[0]?.isDirectory === true;
  const files: FileOfMany[] = [];
  for (const entry of entries) {
    for await (const file of filesOf(entry, isFolder ? "" : entry.name)) {
      signal.throwIfAborted();
      files.push(file);
    }
  }
  return together(
    files,
    name,
    entries.some((one) => one.isDirectory),
  );
}

/** The same of files that were chosen, of which a folder has a name of its own. */
export function gatherChosen(chosen: readonly File[], name: string): Gathered {
  const paths = chosen.map((file) => file.webkitRelativePath);
  const folder = paths[0]?.split("/")[0] ?? "";
  const files = chosen.map((file, i) => ({
    path: paths[i]!.slice(folder.length + 1) || file.name,
    file,
  }));
  return together(files, folder || name, folder !== "");
}

function together(files: readonly FileOfMany[], name: string, isFolder: boolean): Gathered {
  const [first, ...others] = files;
  if (!first) throw new AppError("no_pictures", "the folder is empty", { count: 0 });
  if (!isFolder && (others.length === 0 || !files.some(isOfMany))) {
    return { file: first.file, surplus: others.length };
  }
  return { file: asOneFile(name, files), surplus: 0 };
}

function isOfMany({ file }: FileOfMany): boolean {
  return file.type.startsWith("image/") || OF_MANY.test(file.name);
}

async function* filesOf(entry: FileSystemEntry, path: string): AsyncGenerator<FileOfMany> {
  if (isFile(entry)) {
    yield { path, file: await new Promise<File>((done, fail) => entry.file(done, fail)) };
    return;
  }
  if (!isDirectory(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    // Some at a time, until none come.
    const some = await new Promise<FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail),
    );
    if (some.length === 0) return;
    for (const one of some) yield* filesOf(one, path === "" ? one.name : `${path}/${one.name}`);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
