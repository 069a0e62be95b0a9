import { LRUCache } from "lru-cache";

import { AppError } from "../../contracts/outcome";
import { kindOf } from "../../engine/kinds/index";
import type { Space } from "../../engine/kinds/space";
import { packRkme, type PairKernel, selfProduct } from "../../engine/search/pairs";
import { islandFeatures } from "../../engine/search/sketches/island-features";
import { openBook } from "../../engine/specification/book/book";
import { decodeBook } from "../../engine/specification/files/book-file";
import { gaussianGamma } from "../../engine/specification/kernel/kernel";
import type { Specification } from "../../engine/specification/specification";
import { WasmPairs } from "../../runtime/compute/wasm/wasm-pairs";
import { WasmSketcher } from "../../runtime/compute/wasm/wasm-sketcher";
import type { BlobStore } from "./blobs/blob-store";
import { readAll } from "./blobs/read-all";
import { BookForm } from "./forms/book-form";
import type { Form } from "./forms/form";
import { OutlineForm } from "./forms/outline-form";
import type { Described } from "./learnware-store";

/** Versions of spaces whose random features or books are kept, at up to some megabytes each. */
const MOST_KEPT = 32;

/** Knows the form of every version of a space, and makes of a specification what it is kept, found and compared by. */
export class Describer {
  /** Compares sets of points of their own. */
  readonly pairs: PairKernel;
  readonly #blobs: Pick<BlobStore, "open">;
  /** By space, version, kernel width and book. */
  readonly #forms = new LRUCache<string, Promise<Form>>({ max: MOST_KEPT });

  private constructor(pairs: PairKernel, blobs: Pick<BlobStore, "open">) {
    this.pairs = pairs;
    this.#blobs = blobs;
  }

  /** @param blobs - Where books lie. */
  static async create(blobs: Pick<BlobStore, "open">): Promise<Describer> {
    return new Describer(await WasmPairs.create(), blobs);
  }

  /** @throws AppError `internal` if the book of the version is gone, `hash_mismatch` if it is damaged. */
  form(space: Space): Promise<Form> {
    const { id, version, kernel, book } = space;
    // Of a version that is only being built there may be two, and the one that loses is never seen.
    const key = `${id}@${version} ${gaussianGamma(kernel)} ${book?.sha256 ?? ""}`;
    const kept = this.#forms.get(key);
    if (kept) return kept;
    const form = this.#open(space);
    this.#forms.set(key, form);
    form.catch(() => this.#forms.delete(key));
    return form;
  }

  /** @param rkme - On the space's scale. */
  async describe(space: Space, rkme: Specification, radiusSquared: number): Promise<Described> {
    const form = await this.form(space);
    const packed = form.pack(rkme);
    const published = form.isExact(rkme)
      ? null
      : { ...packRkme(rkme), spaceVersion: space.version, radiusSquared };
    return {
      ...packed,
      rowCount: rkme.rowCount,
      radiusSquared,
      selfProduct: selfProduct(form.pairs, packed, gaussianGamma(space.kernel)),
      sketch: form.sketch(packed),
      published,
    };
  }

  async #open(space: Space): Promise<Form> {
    const { kernel, book } = space;
    const cols = kindOf(space).dimension(space);
    if (!book) {
      const sketcher = await WasmSketcher.create(islandFeatures(space, cols));
      return new OutlineForm(this.pairs, sketcher, kernel);
    }
    const blob = await this.#blobs.open(book.sha256);
    const bytes = blob && (await readAll(blob.stream));
    if (!bytes) throw new AppError("internal", `the book ${book.sha256} of ${space.id} is gone`);
    const points = decodeBook(bytes, cols);
    if (points.rows === book.points) return new BookForm(openBook(points, kernel));
    throw new AppError("internal", `the book of ${space.id} has another number of points`);
  }
}
