/** @file Files that can be opened again another day, which only Chromium lends; TypeScript does not know it. */

import type { Gathered } from "./gather";

interface DropsHandles {
  getAsFileSystemHandle(): Promise<FileSystemHandle | null>;
}

interface AsksAgain {
  queryPermission(how: { mode: "read" }): Promise<PermissionState>;
  requestPermission(how: { mode: "read" }): Promise<PermissionState>;
}

interface PicksHandles {
  showOpenFilePicker(how: {
    multiple: true;
    types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }): Promise<readonly FileSystemFileHandle[]>;
}

const PICTURES = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".avif"] as const;
/** What a field for files offers. */
export const ACCEPTED = [
  ".csv,.tsv,.txt,.gz,.parquet,.xlsx,.ods,.json,.ndjson,.jsonl,.arrow,.feather,.arff,.npy,.npz,.sqlite,.sqlite3,.db,.zip",
  ...PICTURES,
].join(",");

const OFFERED = [
  {
    accept: {
      "text/csv": [".csv", ".tsv", ".txt"],
      "application/gzip": [".gz"],
      "application/zip": [".zip"],
      "image/*": PICTURES,
    },
  },
] as const;

/** Several files as one, or the first of them; null of none. */
export async function oneOf(files: readonly File[], name: string): Promise<Gathered | null> {
  const [file] = files;
  if (!file) return null;
  if (files.length === 1 && file.webkitRelativePath === "") return { file, surplus: 0 };
  return (await import("./gather")).gatherChosen(files, name);
}

/** Lets the user pick files in place of a field for files, where the browser then lends a handle. Called on a click. */
export function pickInstead(
  click: Event,
  onHandle: (handle: FileSystemFileHandle) => void,
  onFiles: (files: readonly File[]) => void,
): void {
  const page: object = globalThis;
  if (!picks(page)) return;
  click.preventDefault();
  page.showOpenFilePicker({ multiple: true, types: OFFERED }).then(
    async (handles) => {
      const opened = await Promise.all(handles.map((handle) => handle.getFile().catch(() => null)));
      const files = opened.filter((file) => file !== null);
      if (handles.length === 1 && files.length === 1) onHandle(handles[0]!);
      onFiles(files);
    },
    () => undefined, // Nothing was picked.
  );
}

/** Of what was dropped; null where the browser lends none, or it is no file. */
export async function handleOf(item: DataTransferItem): Promise<FileSystemFileHandle | null> {
  if (!lends(item)) return null;
  const handle = await item.getAsFileSystemHandle().catch(() => null);
  return handle instanceof FileSystemFileHandle ? handle : null;
}

/** Whether the file can be opened without asking the user. */
export async function opensUnasked(handle: FileSystemFileHandle): Promise<boolean> {
  return asks(handle) && (await handle.queryPermission({ mode: "read" })) === "granted";
}

/** The file as it is now; null if the user or the system does not give it. Called on a click, since it may ask. */
export async function openAgain(handle: FileSystemFileHandle): Promise<File | null> {
  try {
    if (asks(handle) && (await handle.requestPermission({ mode: "read" })) !== "granted") {
      return null;
    }
    return await handle.getFile();
  } catch {
    return null; // Moved or deleted.
  }
}

function picks(page: object): page is PicksHandles {
  return "showOpenFilePicker" in page;
}

function lends(item: DataTransferItem): item is DataTransferItem & DropsHandles {
  return "getAsFileSystemHandle" in item;
}

function asks(handle: FileSystemFileHandle): handle is FileSystemFileHandle & AsksAgain {
  return "queryPermission" in handle && "requestPermission" in handle;
}
