import { EngineError } from "../../../ground/errors";
import type { Steps } from "../../../ground/progress";
import type { RefusedFile } from "../../refused-file";
import type { PictureDecoder } from "./picture-decoder";
import type { PictureFile } from "./picture-files";
import { type Picture, readPicture } from "./read-picture";

/** Pictures that could be read, and files that could not. */
export interface PictureSet {
  readonly pictures: readonly (Picture & { readonly name: string })[];
  readonly refused: readonly RefusedFile[];
}

/**
 * Read files one after another, in their order; what cannot be read is noted and left out. Only the small rasters are held.
 * Yields `read`, counting files.
 */
export async function* readPictures(
  files: readonly PictureFile[],
  decoder: PictureDecoder,
): Steps<PictureSet> {
  const pictures: (Picture & { name: string })[] = [];
  const refused: RefusedFile[] = [];
  for (const [i, file] of files.entries()) {
    yield { stage: "read", done: i, total: files.length };
    const { name } = file;
    try {
      pictures.push({ name, ...(await readPicture(await file.read(), decoder)) });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refused.push({ name, code: error.code, details: error.details });
    }
  }
  return { pictures, refused };
}
