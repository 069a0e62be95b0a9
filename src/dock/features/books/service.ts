import { AppError } from "../../../contracts/outcome";
import { readAll } from "../../storage/blobs/read-all";
import type { BlobStore } from "../../storage/blobs/blob-store";
import type { LearnwareReader } from "../../storage/learnware-store";

/** Books: the public points that specifications of a version of a space are weights on. */
export class BookService {
  readonly #store: Pick<LearnwareReader, "usesBook">;
  readonly #blobs: Pick<BlobStore, "open">;

  constructor(store: Pick<LearnwareReader, "usesBook">, blobs: Pick<BlobStore, "open">) {
    this.#store = store;
    this.#blobs = blobs;
  }

  /** @throws AppError `not_found` if no space names it, or it is gone. */
  async read(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const blob = (await this.#store.usesBook(sha256)) ? await this.#blobs.open(sha256) : null;
    const bytes = blob && (await readAll(blob.stream));
    if (!bytes) throw new AppError("not_found", "no space has this book");
    return bytes;
  }
}
