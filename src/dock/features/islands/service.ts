import type { IslandSummary } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { Space } from "../../../engine/kinds/space";
import type { LearnwareReader } from "../../storage/learnware-store";
import { type Download, SketchDownloads } from "./sketch-download";

/** The public list of islands that clients match their columns against, and what is on each. */
export class IslandService {
  readonly #store: LearnwareReader;
  readonly #downloads: SketchDownloads;

  constructor(store: LearnwareReader) {
    this.#store = store;
    this.#downloads = new SketchDownloads(store);
  }

  list(): Promise<IslandSummary[]> {
    return this.#store.islands();
  }

  /** @throws AppError `not_found` if there is no such island. */
  async find(id: string): Promise<IslandSummary> {
    const island = await this.#store.findIsland(id);
    if (!island) throw new AppError("not_found", "no island has this id");
    return island;
  }

  /** @throws AppError `not_found` if there is no such island. */
  async versions(id: string): Promise<Space[]> {
    const { space } = await this.find(id);
    return this.#store.spaceVersions(space.id);
  }

  /** @throws AppError `not_found` if there is no such island; `too_large` if it has too many learnwares. */
  sketches(id: string): Promise<Download> {
    return this.#downloads.find(id);
  }
}
