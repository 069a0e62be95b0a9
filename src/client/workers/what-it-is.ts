import { EngineError } from "../../engine/ground/errors";
import { readDirectory } from "../../engine/learnware/zip/zip-directory";

const PICTURES = /\.(?:png|jpe?g|jpe|webp|gif|bmp|avif|svg|heic|heif|tiff?|jxl|jp2|psd|ico|dng)$/i;
const TABLES =
  /\.(?:csv|tsv|txt|parquet|xlsx|xlsm|ods|json|jsonl|ndjson|arrow|feather|arff|npy|npz|sqlite3?|db|gz|xml|rels)$/i;
/** More than any that is read. */
const MOST_LISTED = 200_000;

/** Whether pictures are all, or most, of a zip: told by its list of names alone. Of one with nothing known, it is said as of those. */
export async function isZipOfPictures(file: Blob): Promise<boolean> {
  const bytes = file.size;
  const read = async (from: number, to: number) =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  try {
    const names = (await readDirectory({ bytes, read }, MOST_LISTED)).map(({ path }) => path);
    const pictures = names.filter((name) => PICTURES.test(name)).length;
    const tables = names.filter((name) => TABLES.test(name)).length;
    return pictures >= tables;
  } catch (error) {
    if (error instanceof EngineError) return error.code === "package_too_large";
    throw error;
  }
}
