import type { LearnwareCard, WireSpecification } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { BlobStore, OpenBlob } from "../../storage/blobs/blob-store";
import type { LearnwareFilter, LearnwareReader, Page } from "../../storage/learnware-store";

/** Cards, specifications and zips, as they were taken in. */
export class LearnwareService {
  readonly #store: LearnwareReader;
  readonly #blobs: Pick<BlobStore, "open">;

  constructor(store: LearnwareReader, blobs: Pick<BlobStore, "open">) {
    this.#store = store;
    this.#blobs = blobs;
  }

  list(filter: LearnwareFilter, page: Page): ReturnType<LearnwareReader["list"]> {
    return this.#store.list(filter, page);
  }

  /**
   * @param sha256 - The version that is meant; any unless told.
   * @throws AppError `not_found` if there is no such learnware, or it has another version by now.
   */
  async find(id: string, sha256?: string): Promise<LearnwareCard> {
    const found = await this.#store.find(id);
    if (!found || (sha256 !== undefined && sha256 !== found.sha256)) {
      throw new AppError("not_found", "no learnware has this id");
    }
    return found;
  }

  /** @throws AppError `not_found` if the learnware has none on this version of its island. */
  async specification(id: string, spaceVersion?: number): Promise<WireSpecification> {
    const found = await this.#store.findSpecification(id, spaceVersion);
    if (!found) throw new AppError("not_found", "no learnware has this id on this island");
    return found;
  }

  /** @param wanted - The SHA-256 of the version that is meant, by id; what is another one by now is left out. */
  specifications(
    wanted: ReadonlyMap<string, string>,
    spaceVersion: number,
  ): Promise<WireSpecification[]> {
    return this.#store.findSpecifications(wanted, spaceVersion);
  }

  /** @throws AppError `not_found` if the zip is gone. */
  async open(sha256: string): Promise<OpenBlob> {
    const blob = await this.#blobs.open(sha256);
    if (!blob) throw new AppError("not_found", "the zip of this learnware is gone");
    return blob;
  }
}
