import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
import { asOneStep, type Steps } from "../../engine/ground/progress";
import { type ImageData, imagesIn } from "../../engine/kinds/image/image-data";
import { LOOKED_AT, nearness } from "../../engine/kinds/image/nearness";
import { openImageBasis } from "../../engine/kinds/image/open-basis";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import { bookName, IMAGE_BASES, IMAGE_SPACES } from "../../engine/kinds/image/spaces";
import type { Embedder } from "../../engine/kinds/embedder";
import { decodeBook } from "../../engine/specification/files/book-file";

/** The files of spaces, by name, already checked. */
type Files = ReadonlyMap<string, Uint8Array>;

/** Embedded between two words on progress; what is stopped goes on from there. */
const AT_ONCE = 16;

/** Pictures as the embedder sees them: each is embedded when it is first needed, and once. */
export class PlacedPictures {
  readonly #rasters: readonly Raster[];
  readonly #embedder: Embedder<Raster>;
  /** Shape [n, e], of which so many rows are there. */
  readonly #vectors: Float32Array<ArrayBuffer>;
  #count = 0;

  constructor(rasters: readonly Raster[], embedder: Embedder<Raster>) {
    this.#rasters = rasters;
    this.#embedder = embedder;
    this.#vectors = new Float32Array(rasters.length * embedder.dimension);
  }

  /**
   * All of them in a space. Yields `encode`.
   *
   * @throws EngineError `unsupported_kind` if there is no such basis.
   */
  async *place(basis: string, files: Files): Steps<ImageData> {
    const name = IMAGE_BASES.find((one) => one === basis);
    if (!name) throw new EngineError("unsupported_kind", `there is no basis "${basis}"`);
    const vectors = yield* this.#embed(this.#rasters.length);
    return imagesIn(this.#rasters, vectors, [await openImageBasis(name, fileOf(files))]);
  }

  /** All of them as the embedder sees them, which stays held here. Yields `encode`. */
  look(): Steps<Matrix<Float32Array<ArrayBuffer>>> {
    return this.#embed(this.#rasters.length);
  }

  /** How near they lie to what is published, by basis. Yields `encode`. */
  async *nearness(files: Files): Steps<ReadonlyMap<string, number>> {
    const vectors = yield* this.#embed(Math.min(LOOKED_AT, this.#rasters.length));
    const load = fileOf(files);
    const near = new Map<string, number>();
    for (const name of IMAGE_BASES) {
      const space = IMAGE_SPACES[name];
      const { points } = imagesIn([], vectors, [await openImageBasis(name, load)]);
      const book = decodeBook(await load(bookName(space)), space.dimension);
      near.set(space.basis, nearness(points.get(space.basis)!, book, space));
    }
    return near;
  }

  /** The vectors of the first so many. */
  async *#embed(count: number): Steps<Matrix<Float32Array<ArrayBuffer>>> {
    const cols = this.#embedder.dimension;
    while (this.#count < count) {
      const from = this.#count;
      const to = Math.min(count, from + AT_ONCE);
      const some = this.#embedder.embed(this.#rasters.slice(from, to));
      const { data } = yield* asOneStep(some, { stage: "encode", done: from, total: count });
      this.#vectors.set(data, from * cols);
      this.#count = to;
    }
    return { data: this.#vectors.subarray(0, count * cols), rows: count, cols };
  }
}

function fileOf(files: Files) {
  return async (name: string): Promise<Uint8Array> => {
    const bytes = files.get(name);
    if (bytes) return bytes;
    throw new EngineError("bad_parameter", `${name} was not handed over`);
  };
}
