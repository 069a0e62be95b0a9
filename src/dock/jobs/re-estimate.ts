import { grownByHalf } from "../../engine/kinds/grown-by-half";
import { kindOf } from "../../engine/kinds/index";
import type { Space } from "../../engine/kinds/space";
import { FEWEST_FOR_BOOK, makeBook } from "../../engine/specification/book/make-book";
import { encodeBook } from "../../engine/specification/files/book-file";
import type { Specification } from "../../engine/specification/specification";
import type { BlobStore } from "../storage/blobs/blob-store";
import type { Describer } from "../storage/describer";
import type { Growth, LearnwareStore, SpaceVersion } from "../storage/learnware-store";
import type { JobContext } from "./job-runner";
import { moveIsland } from "./move-island";
import { PublishedSpecifications } from "./published";

/** Specifications read at once. */
const BATCH = 100;

interface ReEstimationParts {
  readonly store: LearnwareStore;
  readonly blobs: Pick<BlobStore, "put">;
  readonly describer: Describer;
}

/**
 * The next version of a space that has grown by half, or has its tenth learnware: scaling and gamma from all
 * specifications in it, a book from their points if they are ten or more, and everything in it moved to them.
 */
export class ReEstimation {
  readonly #parts: ReEstimationParts;

  constructor(parts: ReEstimationParts) {
    this.#parts = parts;
  }

  async run(spaceId: string, { keep }: JobContext): Promise<void> {
    const { store, describer } = this.#parts;
    const growth = await store.growth(spaceId);
    const current = await store.findSpace(spaceId);
    if (!growth || !current || !isDue(growth, current)) return;
    const { definition } = current;
    const { life } = kindOf(definition);
    const versions = await store.spaceVersions(spaceId);
    const published = new PublishedSpecifications(describer, definition, versions);
    const specificationsOn = (to: Space) => this.#specifications(current, published, to, keep);

    const estimated = await life.estimate(definition, specificationsOn(definition));
    const same = { ...definition, version: definition.version + 1 };
    const next = { ...(estimated ?? same), book: undefined };
    const points = wantsBook(growth, current)
      ? await makeBook(specificationsOn(next), `${next.id}@${next.version}`)
      : null;
    if (!estimated && !points) return store.settle(spaceId);

    if (!points) return moveIsland(this.#parts, current, next, keep);
    const { sha256 } = await this.#parts.blobs.put(encodeBook(points));
    const withBook = { ...next, book: { sha256, points: points.rows } };
    await moveIsland(this.#parts, current, withBook, keep);
  }

  /** What was published in a space, on the scale of one of its versions. */
  async *#specifications(
    current: SpaceVersion,
    published: PublishedSpecifications,
    to: Space,
    keep: JobContext["keep"],
  ): AsyncGenerator<Specification, void, undefined> {
    let after = "0";
    for (;;) {
      await keep();
      const page = await this.#parts.store.placed(current, after, BATCH);
      for (const placed of page) {
        const moved = await published.on(to, placed);
        if (moved) yield moved.rkme;
      }
      const last = page.at(-1);
      if (!last) return;
      after = last.number;
    }
  }
}

/** A scale that came with the learnwares of another dock is kept, with a book or without, until they are half as many more. */
function isDue(growth: Growth, current: SpaceVersion): boolean {
  const { count, estimatedCount } = growth;
  if (grownByHalf(estimatedCount, count)) return true;
  const { book } = current.definition;
  return wantsBook(growth, current) && !book && estimatedCount < FEWEST_FOR_BOOK;
}

function wantsBook({ count }: Growth, { definition }: SpaceVersion): boolean {
  return count >= FEWEST_FOR_BOOK && kindOf(definition).life.takesBook(definition);
}
