import { EngineError } from "../../../../ground/errors";

type Refusal = "unsupported_format" | "binary_file";

/** First bytes (as Latin-1 text) of files that are not delimited text. */
const MAGIC: readonly (readonly [start: string, format: string, code: Refusal])[] = [
  ["\xd0\xcf\x11\xe0", "old Excel workbook", "unsupported_format"],
  ["PAR1", "Parquet file", "unsupported_format"],
  ["ARROW1", "Arrow file", "unsupported_format"],
  ["FEA1", "Feather file", "unsupported_format"],
  ["\xff\xff\xff\xff", "Arrow stream", "unsupported_format"],
  ["\x93NUMPY", "NumPy array", "unsupported_format"],
  ["SQLite format 3", "SQLite database", "unsupported_format"],
  ["\x89HDF", "HDF5 file", "unsupported_format"],
  ["BZh", "bzip2 archive", "unsupported_format"],
  ["\xfd7zXZ", "xz archive", "unsupported_format"],
  ["7z\xbc\xaf", "7-Zip archive", "unsupported_format"],
  ["(\xb5/\xfd", "Zstandard archive", "unsupported_format"],
  ["PK\x05\x06", "empty zip archive", "unsupported_format"],
  ["Rar!", "RAR archive", "unsupported_format"],
  ["\x1f\x8b", "archive compressed twice", "unsupported_format"],
  ["$FL2", "SPSS file", "unsupported_format"],
  ["{\\rtf", "RTF document", "unsupported_format"],
  ["%PDF", "PDF document", "binary_file"],
  ["\x89PNG", "PNG picture", "binary_file"],
  ["\xff\xd8\xff", "JPEG picture", "binary_file"],
  ["GIF8", "GIF picture", "binary_file"],
  ["RIFF", "media file", "binary_file"],
  ["\x7fELF", "program", "binary_file"],
  ["\x80\x04", "Python pickle", "binary_file"],
];

/** Marks inside the first bytes of a zip that say what it really is. */
const ZIPPED: readonly (readonly [mark: string, format: string])[] = [
  ["xl/", "Excel workbook"],
  ["[Content_Types].xml", "Excel workbook"],
  ["opendocument.spreadsheet", "OpenDocument spreadsheet"],
  [".npy", "NumPy archive"],
];

const TEXT_FORMATS: readonly (readonly [pattern: RegExp, format: string])[] = [
  [/^\s*(?:\[\s*[[{]|\{\s*["}]|\[\s*\])/, "JSON file"],
  // Two lines that are lists of plain values.
  [/^\s*(?:\[\s*(?:-?\d|["nt f])[^[\]\n]*\]\s*(?:\n|$)){2}/, "JSON file"],
  [/^\s*<(?:!doctype|html|\?xml|table|svg)\b/i, "web page or XML file"],
  [/^(?:\s|%[^\n]*\n)*@relation\s/i, "ARFF file"],
];

/** Whether the bytes are a gzip stream. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Refuse bytes that are plainly not text.
 *
 * @param head - First bytes of the file, after decompression.
 * @throws EngineError `unsupported_format` for other ways to store tables, and for archives.
 * @throws EngineError `binary_file` for pictures, documents and programs; details name the format.
 */
export function refuseKnownBinary(head: Uint8Array): void {
  const start = latin1(head.subarray(0, 16));
  if (start.startsWith("PK\x03\x04")) {
    const inside = latin1(head.subarray(0, 8192));
    const format = ZIPPED.find(([mark]) => inside.includes(mark))?.[1] ?? "zip archive";
    throw refusal("unsupported_format", format);
  }
  for (const [magic, format, code] of MAGIC) {
    if (start.startsWith(magic)) throw refusal(code, format);
  }
}

/**
 * Refuse text in which a table is stored in another way than one record per line.
 *
 * @param head - First characters of the file.
 * @throws EngineError `unsupported_format`, naming the format.
 */
export function refuseOtherText(head: string): void {
  for (const [pattern, format] of TEXT_FORMATS) {
    if (pattern.test(head)) throw refusal("unsupported_format", format);
  }
}

/** Whether the bytes are nothing that can be named and is no delimited text. */
export function looksLikeText(head: Uint8Array): boolean {
  try {
    refuseKnownBinary(head);
    refuseOtherText(latin1(head.subarray(0, 4096)));
    return true;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}

/** The refusal of a file in a format that can be named. */
export function refusal(code: Refusal, format: string): EngineError {
  const next =
    code === "unsupported_format"
      ? "Save or export the table as CSV and open that."
      : "Choose a file with one row per line, such as a CSV.";
  return new EngineError(
    code,
    `this file is not a delimited text file but looks like: ${format}. ${next}`,
    {
      format,
    },
  );
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
