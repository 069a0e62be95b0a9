import type { UploadState } from "../../../contracts/http/my-api";
import { AppError } from "../../../contracts/outcome";
import type { Upload, Uploads } from "../../storage/uploads/uploads";

/** Requests that bring bytes at once: each holds some megabytes, and a slow one is no work. */
const MOST_AT_ONCE = 32;
const MOST_OF_ONE = 4;

/** Zips on their way in. Whose one is has been looked at before. */
export class UploadService {
  readonly #uploads: Uploads;
  /** Requests that bring bytes now, by account. */
  readonly #coming = new Map<string, number>();

  constructor(uploads: Uploads) {
    this.#uploads = uploads;
  }

  /** @throws AppError `quota_full` */
  async create(ownerId: string, sizeBytes: number): Promise<UploadState> {
    return shown(await this.#uploads.create(ownerId, sizeBytes));
  }

  /** @throws AppError `not_found` */
  async find(id: string): Promise<UploadState> {
    const upload = await this.#uploads.find(id);
    if (upload) return shown(upload);
    throw new AppError("not_found", "the upload is not here, or its time is over");
  }

  /** @throws AppError as `Uploads.append` does; `dock_busy` if too many bring bytes at once. */
  async append(
    id: string,
    offset: number,
    chunks: AsyncIterable<Uint8Array>,
    ownerId: string,
  ): Promise<number> {
    const own = this.#coming.get(ownerId) ?? 0;
    const all = [...this.#coming.values()].reduce((sum, count) => sum + count, 0);
    if (own >= MOST_OF_ONE || all >= MOST_AT_ONCE) {
      throw new AppError("dock_busy", "too many uploads come in at once; go on in a moment");
    }
    this.#coming.set(ownerId, own + 1);
    try {
      return await this.#uploads.append(id, offset, chunks);
    } finally {
      const left = (this.#coming.get(ownerId) ?? 1) - 1;
      if (left > 0) this.#coming.set(ownerId, left);
      else this.#coming.delete(ownerId);
    }
  }

  /** @throws AppError as `Uploads.finish` does. */
  async finish(id: string, sha256: string): Promise<UploadState> {
    return shown(await this.#uploads.finish(id, sha256));
  }

  async remove(id: string): Promise<void> {
    await this.#uploads.remove(id);
  }
}

function shown({ id, sizeBytes, offset, sha256, expiresAt }: Upload): UploadState {
  return { id, sizeBytes, offset, sha256, expiresAt: expiresAt.toISOString() };
}
