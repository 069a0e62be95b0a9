import { EngineError } from "../../../../ground/errors";
import { bytesBetween, type TableSource } from "../source";

/** Formats that are parsed as a whole take several times their bytes. */
export const MOST_WHOLE_BYTES = 1 << 29;

/** @throws EngineError `table_too_large` if the file is too large to be held as a whole. */
export async function wholeFile(
  source: TableSource,
  format: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (source.sizeBytes > MOST_WHOLE_BYTES) throw tooLarge(format, MOST_WHOLE_BYTES);
  return bytesBetween(source, 0, source.sizeBytes);
}

/**
 * The text of a file: in UTF-8, or UTF-16 with its mark; Latin-1 where it is none of them.
 *
 * @throws EngineError as `wholeFile` does.
 */
export async function wholeText(source: TableSource, format: string): Promise<string> {
  const bytes = await wholeFile(source, format);
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  let text: string;
  try {
    text = source.tools.decoding(encoding, true).decode(bytes, false);
  } catch {
    text = source.tools.decoding("windows-1252", false).decode(bytes, false);
  }
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

export function tooLarge(format: string, limit: number): EngineError {
  return new EngineError(
    "table_too_large",
    `this ${format} is too large to be opened: more than ${Math.round(limit / (1 << 20))} MiB. ` +
      "Save the table as CSV or Parquet, which are read piece by piece.",
    { format },
  );
}
