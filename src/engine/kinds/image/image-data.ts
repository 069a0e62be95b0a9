import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { project, type Projection } from "../../specification/embedding/projection";
import type { Embedder } from "../embedder";
import type { Raster } from "./pixels/raster";

/** Pictures, and where they lie in the spaces that there are. */
export interface ImageData {
  /** Shape [n]: what inputs of models are made from. */
  readonly rasters: readonly Raster[];
  /** Shape [n, e]: as the embedder sees them. */
  readonly vectors: Matrix<Float32Array<ArrayBuffer>>;
  /** By the basis of a space, shape [n, d]: on its scale. */
  readonly points: ReadonlyMap<string, Matrix<Float32Array<ArrayBuffer>>>;
  /** Shape [n]: 0 where a picture is of one colour; only the others are described. */
  readonly known: Uint8Array<ArrayBuffer>;
}

/** What is needed to place pictures in a space. */
export interface ImageBasis {
  readonly basis: string;
  readonly projection: Projection;
}

/** Embed pictures and place them in spaces. Yields `encode`. */
export async function* placeImages(
  rasters: readonly Raster[],
  embedder: Embedder<Raster>,
  bases: readonly ImageBasis[],
): Steps<ImageData> {
  return imagesIn(rasters, yield* embedder.embed(rasters), bases);
}

/** Pictures that were embedded, placed in spaces. */
export function imagesIn(
  rasters: readonly Raster[],
  vectors: ImageData["vectors"],
  bases: readonly ImageBasis[],
): ImageData {
  const points = new Map(
    bases.map(({ basis, projection }) => [basis, project(vectors, projection)]),
  );
  const known = Uint8Array.from(rasters, (raster) => Number(!isOfOneColour(raster)));
  return { rasters, vectors, points, known };
}

function isOfOneColour({ rgb }: Raster): boolean {
  return rgb.every((value, i) => value === rgb[i % 3]);
}
