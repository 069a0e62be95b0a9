import type { TableDialect } from "../../columns/profile";
import { sniffEncoding } from "../delimited/encoding/encoding";
import { refuseKnownBinary } from "../delimited/format";
import type { ReadOptions } from "../reader";
import type { ByteTools } from "../source";

/** A text, and how its bytes were read. */
export interface DecodedText extends Pick<TableDialect, "encoding" | "otherEncodings"> {
  readonly text: string;
}

/**
 * The text of a file in whatever encoding it is written, without a byte order mark.
 *
 * @param told - The encoding, if the user says it.
 * @throws EngineError `binary_file` if it is none; `bad_encoding` if it is in UTF-32; `unsupported_format` naming another.
 */
export function decodeText(
  bytes: Uint8Array,
  tools: ByteTools,
  told?: ReadOptions["encoding"],
): DecodedText {
  refuseKnownBinary(bytes.subarray(0, 8192));
  const { encoding, others, bomBytes } = sniffEncoding(bytes, tools, told);
  const text = tools.decoding(encoding, false).decode(bytes.subarray(bomBytes), true);
  return { text, encoding, otherEncodings: others };
}
