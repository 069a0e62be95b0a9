import { kindOf } from "../../engine/kinds/index";
import type { Space } from "../../engine/kinds/space";
import type { Specification } from "../../engine/specification/specification";
import type { Describer } from "../storage/describer";
import { unpackOutline } from "../storage/forms/outline-form";
import type { Placed, Published } from "../storage/learnware-store";
import { isWhole, isWholePublished } from "../storage/whole-rkme";

/** What a learnware came with, and as it would be on another version of its space. */
export interface Moved {
  readonly published: Published;
  readonly rkme: Specification;
  readonly radiusSquared: number;
}

/**
 * Moves what learnwares came with from version to version. Weights on a book only come near to it, and weights weighed by
 * such weights less so, time after time: so each book is weighed by what was published.
 */
export class PublishedSpecifications {
  readonly #describer: Describer;
  readonly #current: Space;
  readonly #versions: ReadonlyMap<number, Space>;

  /**
   * @param current - The version that the learnwares are placed on.
   * @param versions - Of the same space, as many as are known.
   */
  constructor(describer: Describer, current: Space, versions: readonly Space[]) {
    this.#describer = describer;
    this.#current = current;
    this.#versions = new Map(versions.map((space) => [space.version, space]));
  }

  /** @returns Null of one that nobody can be compared with. */
  async on(to: Space, placed: Placed): Promise<Moved | null> {
    if (!isWhole(placed, this.#current)) return null;
    const published = this.#publishedOf(placed);
    const from = this.#versions.get(published.spaceVersion) ?? this.#current;
    const rkme =
      published.points.length > 0
        ? unpackOutline(published, from.kernel, placed.rowCount)
        : (await this.#describer.form(from)).unpack(published, placed.rowCount);
    const moved = kindOf(to).life.rescale(rkme, published.radiusSquared, from, to);
    return { ...moved, published };
  }

  /** The weights themselves, where what stands behind them cannot be read. */
  #publishedOf(placed: Placed): Published {
    const { published, rows, cols, points, weights, radiusSquared } = placed;
    const space = published && this.#versions.get(published.spaceVersion);
    if (space && isWholePublished(published, space)) return published;
    const spaceVersion = this.#current.version;
    return { rows, cols, points, weights, radiusSquared, spaceVersion };
  }
}
