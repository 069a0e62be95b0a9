import { concatenate } from "../../engine/ground/bytes";
import { EngineError } from "../../engine/ground/errors";
import { isMeant, type PictureFile } from "../../engine/kinds/image/read/picture-files";
import {
  type ListedEntry,
  packedFrom,
  readDirectory,
  type ReadInParts,
} from "../../engine/learnware/zip/zip-directory";
import { METHODS } from "../../engine/learnware/zip/zip-records";
import { streamChunks } from "../byte-tools";

/** Pictures of one zip. */
const MOST_ENTRIES = 50_000;
/** No picture is read that is larger: see `readHead`. */
const MOST_BYTES = 100_000_001;

/** The bytes of a file as they lie in what was chosen. */
interface PackedFile {
  readonly blob: Blob;
  readonly method: number;
  readonly bytes: number;
  /** Of the unpacked bytes; null if nobody has worked it out. */
  readonly crc: number | null;
}

/** A file that may hold a picture, and the way back to it: none of its bytes are held. */
export interface OriginalFile extends PictureFile {
  /** @throws EngineError `damaged_file` */
  packed(): Promise<PackedFile>;
}

/**
 * The files of a zip, in the order of their names.
 *
 * @throws EngineError `too_many_files`; `damaged_file` if it is no zip, or a broken one.
 */
export async function filesOfZip(zip: Blob): Promise<OriginalFile[]> {
  const parts: ReadInParts = {
    bytes: zip.size,
    read: async (from, to) => bytesOf(zip.slice(from, to)),
  };
  const entries = await directoryOf(parts);
  return entries
    .filter(({ path }) => isMeant(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((entry) => {
      const packed = async (): Promise<PackedFile> => {
        const from = await packedFrom(parts, entry);
        const { method, bytes, crc } = entry;
        const isStored = method === METHODS.stored;
        const blob = zip.slice(from, from + entry.packedBytes);
        return { blob, method, bytes, crc: isStored ? null : crc };
      };
      return {
        name: entry.path,
        packed,
        read: async () => unpacked((await packed()).blob, entry),
      };
    });
}

async function directoryOf(zip: ReadInParts) {
  try {
    return await readDirectory(zip, MOST_ENTRIES);
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    const { code, message, details } = cause;
    if (code === "package_too_large") {
      const advice = `${message}: take a part of it, for example one folder at a time`;
      throw new EngineError("too_many_files", advice, details, { cause });
    }
    throw new EngineError("damaged_file", message, { format: "zip archive" }, { cause });
  }
}

/** A picture on its own. */
export function fileAlone(file: Blob, name: string): OriginalFile {
  const { stored: method } = METHODS;
  return {
    name,
    read: () => bytesOf(file),
    packed: async () => ({ blob: file, method, bytes: file.size, crc: null }),
  };
}

async function unpacked(packed: Blob, { method, isEncrypted, path }: ListedEntry) {
  if (isEncrypted) throw damaged("it is locked with a password", path);
  if (method === METHODS.stored) return bytesOf(packed.slice(0, MOST_BYTES));
  if (method !== METHODS.deflated) throw damaged(`it is packed in another way, ${method}`, path);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    const stream = packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
    for await (const part of streamChunks(stream)) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= MOST_BYTES) break; // A bomb, or too large a picture: `readHead` says so.
    }
  } catch (cause) {
    throw damaged("it cannot be unpacked", path, cause);
  }
  return concatenate(parts);
}

/** @throws EngineError `damaged_file` if the file was moved or changed. */
async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw damaged("it cannot be read any more", "", cause);
  }
}

function damaged(why: string, path: string, cause?: unknown): EngineError {
  return new EngineError("damaged_file", `the file is damaged: ${why}`, path ? { path } : {}, {
    cause,
  });
}
