import { constants } from "node:fs";
import {
  type FileHandle,
  lstat,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** The bits of a file's mode of which one lets somebody write. */
const ANY_WRITE = 0o222;

/** Something that is being written, by whoever opened it. */
export interface Output {
  write(piece: string | Uint8Array): Promise<void>;
  /** All is written: the file takes its place. */
  finish(): Promise<void>;
  /** Leave what was there before as it was. Harmless once all is written. */
  abandon(): Promise<void>;
}

/**
 * Begin a file, to be written beside its place until it is whole: what was there before stays if that fails, and may be
 * read meanwhile, even if it goes by another name. Devices and pipes are written to directly.
 *
 * @param path - "-" is standard output.
 * @throws Error of the system if it cannot be written there.
 */
export async function openOutput(path: string): Promise<Output> {
  if (path === "-") return standardOutput;
  const place = await placeOf(path);
  const before = await stat(place).catch(ifMissing);
  if (before && !before.isFile()) return openDevice(place);
  if (before && (before.mode & ANY_WRITE) === 0) {
    throw Object.assign(new Error(`${path} is write-protected`), { code: "EACCES" });
  }
  const beside = join(dirname(place), `.${basename(place)}.${process.pid}.part`);
  const file = await open(beside, "wx", before?.mode);
  if (before) await file.chmod(before.mode);
  return new BesideFile(file, beside, place);
}

/** Write a whole file as `openOutput` does. */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  const output = await openOutput(path);
  try {
    await output.write(content);
    await output.finish();
  } finally {
    await output.abandon();
  }
}

class BesideFile implements Output {
  readonly #file: FileHandle;
  readonly #beside: string;
  readonly #place: string;
  readonly #stops = (["SIGINT", "SIGTERM"] as const).map((signal, i) => {
    const stop = () => void this.abandon().finally(() => process.exit([130, 143][i]));
    process.once(signal, stop);
    return { signal, stop };
  });
  #isOver = false;

  constructor(file: FileHandle, beside: string, place: string) {
    this.#file = file;
    this.#beside = beside;
    this.#place = place;
  }

  async write(piece: string | Uint8Array): Promise<void> {
    await this.#file.appendFile(piece);
  }

  async finish(): Promise<void> {
    await this.#file.sync();
    await this.#file.close();
    await rename(this.#beside, this.#place);
    this.#end();
  }

  async abandon(): Promise<void> {
    if (this.#isOver) return;
    this.#end();
    await this.#file.close().catch(() => undefined);
    await rm(this.#beside, { force: true });
  }

  #end(): void {
    this.#isOver = true;
    for (const { signal, stop } of this.#stops) process.off(signal, stop);
  }
}

async function openDevice(path: string): Promise<Output> {
  const file = await open(path, constants.O_WRONLY);
  let isOpen = true;
  const close = async () => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: async (piece) => {
      await file.write(Buffer.from(piece));
    },
    finish: close,
    abandon: close,
  };
}

const standardOutput: Output = {
  write: (piece) =>
    new Promise((done, fail) => {
      process.stdout.write(piece, (error) => (error ? fail(error) : done()));
    }),
  finish: () => Promise.resolve(),
  abandon: () => Promise.resolve(),
};

/** Where a file lies whose name may be a link, also one to a file that is yet to be made. */
async function placeOf(path: string): Promise<string> {
  const place = await realpath(path).catch(ifMissing);
  if (place) return place;
  const link = await lstat(path).catch(ifMissing);
  return link?.isSymbolicLink() ? placeOf(resolve(dirname(path), await readlink(path))) : path;
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
