import { EngineError } from "../../../ground/errors";
import type { PictureSize } from "../pixels/raster";
import type { Orientation } from "../pixels/turn";
import type { FileHead } from "./heads/file-head";
import { readAvif } from "./heads/avif";
import { readBmp, readGif, readPng } from "./heads/plain";
import { readJpeg } from "./heads/jpeg";
import { readWebp } from "./heads/webp";
import { startsWith } from "./bytes-of";
import { nameOf } from "./other-files";

export type PictureFormat = "png" | "jpeg" | "gif" | "bmp" | "webp" | "avif";

/** What a picture's first bytes say of it. */
export interface PictureHead extends PictureSize {
  readonly format: PictureFormat;
  /** How its stored pixels have to be turned. */
  readonly orientation: Orientation;
}

/** No side of a picture may be longer. */
const MOST_SIDE = 29_999;
/** 400 MB once decoded. */
const MOST_PIXELS = 100_000_000;
const MOST_BYTES = 100_000_000;

/** @returns Null if the file ends before its size is told. */
type HeadReader = (bytes: Uint8Array) => FileHead | null;

const readers: Record<PictureFormat, HeadReader> = {
  png: readPng,
  jpeg: readJpeg,
  gif: readGif,
  bmp: readBmp,
  webp: readWebp,
  avif: readAvif,
};

/**
 * Which picture a file is, by its content alone, and whether it is safe to decode. Nothing is decoded for it.
 *
 * @param bytes - The whole file.
 * @throws EngineError `empty_file`; `unsupported_picture` with `format` if it is known what else it is, such as an SVG, whose
 *   scripts nobody wants; `damaged_file` if it ends before its size is told, or has none; `picture_too_large`.
 */
export function readHead(bytes: Uint8Array): PictureHead {
  if (bytes.length === 0) throw new EngineError("empty_file", "the file is empty");
  const format = formatOf(bytes);
  if (!format) {
    const other = nameOf(bytes);
    throw new EngineError(
      "unsupported_picture",
      `the file is no picture that can be read: ${other ?? "unknown content"}`,
      other === null ? {} : { format: other },
    );
  }
  if (bytes.length > MOST_BYTES) {
    throw tooLarge(`${Math.round(bytes.length / 1e6)} MB`);
  }
  const size = readers[format](bytes);
  if (!size || size.width < 1 || size.height < 1) {
    throw new EngineError("damaged_file", `the ${format} file does not tell its size`, {
      format,
    });
  }
  const { width, height, orientation = 1 } = size;
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
    throw tooLarge(`${width} × ${height}`);
  }
  if (size.isCut) {
    throw new EngineError("damaged_file", `the ${format} file ends too early`, { format });
  }
  return { format, width, height, orientation };
}

function tooLarge(size: string): EngineError {
  return new EngineError("picture_too_large", `the picture is too large: ${size}`, { size });
}

function formatOf(bytes: Uint8Array): PictureFormat | null {
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "png";
  if (startsWith(bytes, "\xff\xd8\xff")) return "jpeg";
  if (startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a")) return "gif";
  if (startsWith(bytes, "BM")) return "bmp";
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return "webp";
  if (startsWith(bytes, "ftypavif", 4) || startsWith(bytes, "ftypavis", 4)) return "avif";
  return null;
}
