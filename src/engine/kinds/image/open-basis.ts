import { decodeProjection } from "../../specification/embedding/projection-file";
import type { ImageBasis } from "./image-data";
import { LOOK } from "./look";
import { IMAGE_SPACES, type ImageBasisName } from "./spaces";

/** Fetches a file of the app's `embedders/` folder, and refuses another than the one of this SHA-256. */
type LoadFile = (name: string, sha256: string) => Promise<Uint8Array>;

/**
 * What places pictures in a space, beside the embedder; its file is fetched when it is first needed.
 *
 * @throws What `load` throws; EngineError `bad_specification` if the file is none.
 */
export async function openImageBasis(name: ImageBasisName, load: LoadFile): Promise<ImageBasis> {
  const { id, basis, projection, dimension } = IMAGE_SPACES[name];
  const file = await load(`${id}.projection.npy`, projection);
  return { basis, projection: decodeProjection(file, [dimension, LOOK.dimension]) };
}
