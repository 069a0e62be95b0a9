import { estimateIsland, grownByHalf } from "../../engine/island/estimate";
import { rescale } from "../../engine/island/rescale";
import type { Rkme } from "../../engine/spec/rkme";
import type { Describer } from "../describer";
import { unpackRkme } from "../unpack-rkme";
import type { LearnwareStore, Placed, Placing, Space } from "../store/learnware-store";
import type { JobContext } from "./job-runner";

/** Learnwares between two looks at whether the job may go on. */
const BATCH = 100;

/**
 * The next version of an island that has grown by half: scaling and gamma from all specifications on
 * it, every specification and sketch moved to them beside the version in use, then the swap. Searches
 * and submissions go on all the while. Interrupted, it leaves nothing that anyone sees.
 */
export class ReEstimation {
  readonly #store: LearnwareStore;
  readonly #describer: Describer;

  constructor(store: LearnwareStore, describer: Describer) {
    this.#store = store;
    this.#describer = describer;
  }

  async run(islandId: string, { keep }: JobContext): Promise<void> {
    const growth = await this.#store.growth(islandId);
    const current = await this.#store.findSpace(islandId);
    if (!growth || !current || !grownByHalf(growth.estimatedCount, growth.count)) return;
    const next = await estimateIsland(current.island, this.#specifications(current, keep));
    if (!next) return this.#store.settle(islandId);

    const building = await this.#store.prepareSpace(next);
    do {
      await this.#fill(current, building, keep);
    } while (!(await this.#store.publishSpace(building)));
  }

  async *#specifications(
    space: Space,
    keep: JobContext["keep"],
  ): AsyncGenerator<Rkme, void, undefined> {
    let after = "0";
    for (;;) {
      await keep();
      const page = await this.#store.placed(space, after, BATCH);
      for (const placed of page) yield unpackRkme(placed, space.island.gamma);
      const last = page.at(-1);
      if (!last) return;
      after = last.number;
    }
  }

  async #fill(current: Space, building: Space, keep: JobContext["keep"]): Promise<void> {
    for (;;) {
      await keep();
      const missing = await this.#store.missingFrom(building, BATCH);
      if (missing.length === 0) return;
      const moved: Placing[] = [];
      for (const placed of missing) moved.push(await this.#move(placed, current, building));
      await this.#store.fillSpace(building, moved);
    }
  }

  async #move(placed: Placed, { island: from }: Space, { island: to }: Space): Promise<Placing> {
    const { number, version, task } = placed;
    const { rkme, radiusSquared } = rescale(
      unpackRkme(placed, from.gamma),
      placed.radiusSquared,
      from,
      to,
    );
    const described = await this.#describer.describe(to, rkme, radiusSquared);
    return { ...described, number, version, task };
  }
}
