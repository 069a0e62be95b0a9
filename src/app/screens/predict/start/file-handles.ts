/** @file Files that can be opened again another day, which only Chromium lends; TypeScript does not know it. */

interface DropsHandles {
  getAsFileSystemHandle(): Promise<FileSystemHandle | null>;
}

interface AsksAgain {
  queryPermission(how: { mode: "read" }): Promise<PermissionState>;
  requestPermission(how: { mode: "read" }): Promise<PermissionState>;
}

interface PicksHandles {
  showOpenFilePicker(how: {
    types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }): Promise<readonly FileSystemFileHandle[]>;
}

const TABLES = [
  { accept: { "text/csv": [".csv", ".tsv", ".txt"], "application/gzip": [".gz"] } },
] as const;

/** Lets the user pick a file in place of a field for files, where the browser then lends a handle. Called on a click. */
export function pickInstead(
  click: Event,
  onHandle: (handle: FileSystemFileHandle) => void,
  onFile: (file: File) => void,
): void {
  const page: object = globalThis;
  if (!picks(page)) return;
  click.preventDefault();
  page.showOpenFilePicker({ types: TABLES }).then(
    async ([handle]) => {
      const file = await handle?.getFile().catch(() => null);
      if (!handle || !file) return;
      onHandle(handle);
      onFile(file);
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
