import { AppError } from "../../src/contracts/outcome";
import type { TableSource } from "../../src/engine/kinds/table/read/source";
import { byteTools, streamChunks } from "../../src/runtime/byte-tools";

/** A file of the user's, read piece by piece. */
export function sourceOfFile(file: File): TableSource {
  return {
    sizeBytes: file.size,
    tools: byteTools,
    async *open(from = 0) {
      try {
        yield* streamChunks(file.slice(from).stream());
      } catch (cause) {
        const message =
          "this file cannot be read any more: it was moved or changed. Open it again.";
        throw new AppError("not_found", message, {}, { cause });
      }
    },
  };
}
