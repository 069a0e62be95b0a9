import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { finish } from "../../../engine/ground/finish";
import { seededRandom } from "../../../engine/ground/random";
import { placeImages } from "../../../engine/kinds/image/image-data";
import { openImageBasis } from "../../../engine/kinds/image/open-basis";
import type { Raster } from "../../../engine/kinds/image/pixels/raster";
import { readPictures } from "../../../engine/kinds/image/read/read-pictures";
import { IMAGE_SPACES, type ImageBasisName } from "../../../engine/kinds/image/spaces";
import { filesOfZip } from "../../../runtime/pictures/original-files";
import { trainImages } from "../../../workflows/train/train-images";
import { readPinnedBook } from "../../describe/describe-pinned";
import { machineSecret } from "../../machine-secret";
import { nodeDecoder } from "../../pictures/node-decoder";
import { openLook } from "../../pictures/open-look";
import { loadEmbedder } from "../../texts/place-texts";
import { openCompute } from "../../threads/open-compute";
import type { Labelled, Train } from "./plan";
import { plainChange, pictureChanges } from "./picture-changes";

/** Photographs of clothing but those of the folder `test`. */
export async function readClothes(path: string): Promise<Labelled<Raster>[]> {
  const files = (await filesOfZip(await openAsBlob(path))).filter(
    ({ name }) => !name.includes("test/"),
  );
  const { pictures, refused } = await finish(readPictures(files, nodeDecoder));
  if (refused.length > 0) throw new Error(`${refused[0]!.name} cannot be read`);
  return pictures.map(({ name, raster }) => ({ item: raster, label: name.split("/").at(-2)! }));
}

/** Images of MNIST but those for tests. */
export async function readDigits(folder: string): Promise<Labelled<Raster>[]> {
  const read = async (name: string) => gunzipSync(await readFile(join(folder, name)));
  const images = await read("train-images-idx3-ubyte.gz");
  const labels = await read("train-labels-idx1-ubyte.gz");
  const [count, side] = [images.readUInt32BE(4), images.readUInt32BE(8)];
  return Array.from({ length: count }, (_, i) => {
    const from = 16 + i * side * side;
    const rgb = Uint8Array.from({ length: 3 * side * side }, (_value, k) => images[from + Math.floor(k / 3)]!); // prettier-ignore
    return { item: { side, rgb }, label: String(labels[8 + i]) };
  });
}

/** A head that takes the embedder's vectors: its zip is 40 kB, and 480 with the embedder in it. */
export function trainPictures(basis: ImageBasisName): Train<Raster> {
  const changes = [plainChange, ...pictureChanges[basis]];
  return async ({ change: id }, rows, { target, about, seed }) => {
    const { change } = changes.find((one) => one.id === id)!;
    const random = seededRandom(seed);
    const look = await openLook();
    const compute = await openCompute();
    try {
      const bases = [await openImageBasis(basis, loadEmbedder)];
      const rasters = rows.map(({ item }) => change(item, random));
      return await finish(
        trainImages(compute, await finish(placeImages(rasters, look, bases)), null, IMAGE_SPACES[basis], {
          ...{ target, about, seed, secret: machineSecret(), book: await readPinnedBook(IMAGE_SPACES[basis]) },
          answers: rows.map(({ label }) => label),
        }),
      );
    } finally {
      compute.dispose();
      await look.dispose();
    }
  };
} // prettier-ignore
