import type { Specification } from "../../engine/specification/specification";
import type { Describer } from "../storage/describer";
import { moveIsland } from "./move-island";
import { unpackRkme } from "../storage/unpack-rkme";
import type { LearnwareStore, SpaceVersion } from "../storage/learnware-store";
import type { JobContext } from "./job-runner";
import { grownByHalf } from "../../engine/kinds/grown-by-half";
import { kindOf } from "../../engine/kinds/index";

/** Specifications read at once. */
const BATCH = 100;

/**
 * The next version of an island that has grown by half: scaling and gamma from all specifications on
 * it, and everything on it moved to them.
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
    const { life } = kindOf(current.island);
    const next = await life.estimate(current.island, this.#specifications(current, keep));
    if (!next) return this.#store.settle(islandId);

    const parts = { store: this.#store, describer: this.#describer };
    await moveIsland(parts, current, next, keep);
  }

  async *#specifications(
    space: SpaceVersion,
    keep: JobContext["keep"],
  ): AsyncGenerator<Specification, void, undefined> {
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
}
