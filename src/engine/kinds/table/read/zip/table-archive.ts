import { EngineError } from "../../../../ground/errors";
import { type Archive, openArchive } from "../../../../learnware/zip/unzip";
import { damaged } from "../cells/damaged";
import { MOST_WHOLE_BYTES, tooLarge } from "../cells/whole-text";

const limits = {
  zipBytes: MOST_WHOLE_BYTES,
  entries: 10_000,
  unpackedBytes: 1 << 30,
  ratio: 400,
};

/**
 * A zip that holds tables, or one.
 *
 * @param format - What it is called.
 * @throws EngineError `too_many_files`, `table_too_large`, `damaged_file`; so does its `unpack`.
 */
export async function openTables(zip: Uint8Array, format: string): Promise<Archive> {
  try {
    const { names, unpack } = await openArchive(zip, limits);
    return {
      names,
      unpack: async (name) => {
        try {
          return await unpack(name);
        } catch (error) {
          throw told(error, format);
        }
      },
    };
  } catch (error) {
    throw told(error, format);
  }
}

function told(error: unknown, format: string): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.code === "package_too_large") {
    const most = limits.entries;
    const areMany = error.details["limit"] === most;
    return areMany
      ? new EngineError("too_many_files", error.message, { most })
      : tooLarge(format, limits.unpackedBytes);
  }
  return error.code === "bad_package" ? damaged(format, error.message) : error;
}
