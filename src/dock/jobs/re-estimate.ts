import type { Specification } from "../../engine/specification/specification";
import type { Describer } from "../storage/describer";
import { moveIsland } from "./move-island";
import { unpackRkme } from "../storage/unpack-rkme";
import { isWhole } from "../storage/whole-rkme";
import type { LearnwareStore, SpaceVersion } from "../storage/learnware-store";
import type { JobContext } from "./job-runner";
import { grownByHalf } from "../../engine/kinds/grown-by-half";
import { kindOf } from "../../engine/kinds/index";

/** Specifications read at once. */
const BATCH = 100;

/**
 * The next version of a space that has grown by half: scaling and gamma from all specifications on
 * it, and everything in it moved to them.
 */
export class ReEstimation {
  readonly #store: LearnwareStore;
  readonly #describer: Describer;

  constructor(store: LearnwareStore, describer: Describer) {
    this.#store = store;
    this.#describer = describer;
  }

  async run(spaceId: string, { keep }: JobContext): Promise<void> {
    const growth = await this.#store.growth(spaceId);
    const current = await this.#store.findSpace(spaceId);
    if (!growth || !current || !grownByHalf(growth.estimatedCount, growth.count)) return;
    const { life } = kindOf(current.definition);
    const next = await life.estimate(current.definition, this.#specifications(current, keep));
    if (!next) return this.#store.settle(spaceId);

    const parts = { store: this.#store, describer: this.#describer };
    await moveIsland(parts, current, next, keep);
  }

  async *#specifications(
    space: SpaceVersion,
    keep: JobContext["keep"],
  ): AsyncGenerator<Specification, void, undefined> {
    const cols = kindOf(space.definition).dimension(space.definition);
    let after = "0";
    for (;;) {
      await keep();
      const page = await this.#store.placed(space, after, BATCH);
      for (const placed of page) {
        if (isWhole(placed, cols)) yield unpackRkme(placed, space.definition.kernel);
      }
      const last = page.at(-1);
      if (!last) return;
      after = last.number;
    }
  }
}
