import { EngineError } from "../../ground/errors";
import { copyOf, type Matrix, pickRows } from "../../ground/matrix";
import { matrixInput, type ModelInput } from "../../learnware/model-input";
import { embeddingLife } from "../../specification/embedding/embedding-life";
import { EmbeddingSpace } from "../../specification/embedding/embedding-space";
import type { DataKind, ModelAbout } from "../kind";
import { indicesOf, knownRows } from "../rows";
import type { ImageData } from "./image-data";
import { imageInput } from "./image-input";
import { LOOK } from "./look";
import type { Raster } from "./pixels/raster";
import { IMAGE_SPACES } from "./spaces";
import { trialImages } from "./trial-images";

/** Numbers of one picture that a model takes: 1182 pixels square in three colours. */
const MOST_NUMBERS = 2 ** 22;

/** Pictures that are made into inputs at a time: of 224 pixels square, 38 MB. */
const AT_ONCE = 64;

/** What is known of pictures before any is looked at: the spaces that they were placed in. */
interface ImageProfile {
  readonly bases: readonly string[];
}

/** Pictures, and their vectors for models that take these. */
interface FedImages {
  readonly rasters: readonly Raster[];
  /** Shape [n, e]. */
  readonly vectors: Matrix<Float32Array<ArrayBuffer>>;
}

/** Pictures have no parts that play a part in a space. */
type NoParts = readonly never[];

export type ImageKind = DataKind<ImageData, ImageProfile, EmbeddingSpace, NoParts, FedImages>;

/** Pictures. Spaces are pinned: an embedder, a projection and a book that everybody has. */
export const imageKind: ImageKind = {
  name: "image",
  space: EmbeddingSpace,
  dimension: ({ dimension }) => dimension,
  place({ kind, basis, embedder }, { bases }) {
    const isThere = kind === "image" && bases.includes(basis);
    const missing = isThere ? [] : [embedder.id];
    return { placed: [], found: isThere ? 1 : 0, total: 1, missing, leftOut: [] };
  },
  points: (data, { space }) => copyOf(pointsOf(data, space)),
  described: ({ known }) => knownRows(known),
  rows(data, { space }, choice, answers) {
    const rows = indicesOf(choice);
    const vectors = pickRows(data.vectors, rows);
    return {
      count: rows.length,
      fed: { rasters: Array.from(rows, (row) => ownRaster(data.rasters[row]!)), vectors },
      scaled: pickRows(pointsOf(data, space), rows),
      own: answers === undefined ? null : vectors,
      time: null,
    };
  },
  inputs: ({ rasters, vectors }, _, about) => [inputOf(rasters, vectors, about)],
  parts: {
    rows: AT_ONCE,
    of: ({ rasters, vectors }, from, to) => ({
      rasters: rasters.slice(from, to),
      vectors: pickRows(vectors, indicesOf({ from, to })),
    }),
  },
  life: embeddingLife(Object.values(IMAGE_SPACES)),
  packaging: {
    trial: trialImages,
    checkModel(_, { features, form }) {
      if (features.length === 0 && form?.type === "image") {
        const numbers = form.channels * form.height * form.width;
        if (numbers <= MOST_NUMBERS) return null;
        return `a model of images takes at most ${MOST_NUMBERS} numbers of each, this one ${numbers}`;
      }
      if (form?.type !== "embedding") return "a model of images takes one input of images";
      const { id, version, sha256 } = LOOK.mark;
      const isKnown = form.embedder.sha256 === sha256 && form.dimension === LOOK.dimension;
      return isKnown ? null : `a model of image vectors takes those of "${id}" ${version}`;
    },
  },
};

/** What is handed from one thread to another is no longer here. */
function ownRaster({ side, rgb }: Raster): Raster {
  return { side, rgb: rgb.slice() };
}

/** @throws EngineError `unsupported_kind` if the model takes something else than pictures or their vectors. */
function inputOf(
  rasters: readonly Raster[],
  vectors: Matrix<Float32Array<ArrayBuffer>>,
  { input, form }: ModelAbout,
): ModelInput {
  if (form?.type === "image") return imageInput(rasters, form);
  if (form?.type === "embedding") return matrixInput(input, vectors);
  throw new EngineError("unsupported_kind", "the model takes no images", {
    form: form?.type ?? "features",
  });
}

/** @throws EngineError `shape_mismatch` if the pictures were not placed in the space. */
function pointsOf({ points }: ImageData, { basis }: EmbeddingSpace) {
  const placed = points.get(basis);
  if (placed) return placed;
  throw new EngineError("shape_mismatch", `the pictures were not placed in ${basis}`);
}
