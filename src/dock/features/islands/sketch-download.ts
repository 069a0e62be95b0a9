import { setImmediate } from "node:timers/promises";

import { LRUCache } from "lru-cache";

import type { IslandSketches, IslandSummary } from "../../../contracts/http/dock-api";
import { sketchLength } from "../../../contracts/wire/sketch-length";
import { AppError } from "../../../contracts/outcome";
import { sketchesToWire } from "../../../contracts/wire/wire-sketch";
import { quantiseSketches } from "../../../engine/search/sketches/sketch-scan";
import type { LearnwareReader, Placed } from "../../storage/learnware-store";

type Entry = Pick<Placed, "id" | "task" | "target" | "coveredBy">;

/** What clients download to search by themselves, under a tag that changes with it. */
export interface Download {
  readonly tag: string;
  readonly sketches: IslandSketches;
}

/** Learnwares read from the store at a time. */
const PAGE = 500;
/** Of more, 50 MB, a client had better ask the dock. */
const MOST_LEARNWARES = 100_000;
/** Downloads that are kept, the latest asked for. */
const MOST_KEPT = 8;

/** Every sketch of an island in one byte per number, made once for each change of its space. */
export class SketchDownloads {
  readonly #store: Pick<LearnwareReader, "findIsland" | "findSpace" | "growth" | "placed">;
  /** By island. */
  readonly #kept = new LRUCache<string, { tag: string; making: Promise<Download> }>({
    max: MOST_KEPT,
  });

  constructor(store: Pick<LearnwareReader, "findIsland" | "findSpace" | "growth" | "placed">) {
    this.#store = store;
  }

  /** @throws AppError `not_found` if there is no such island; `too_large` if it has too many learnwares. */
  async find(islandId: string): Promise<Download> {
    const island = await this.#store.findIsland(islandId);
    const growth = island && (await this.#store.growth(island.space.id));
    if (!growth) throw new AppError("not_found", "no island has this id");
    if (island.learnwareCount > MOST_LEARNWARES) {
      throw new AppError("too_large", "the island has too many learnwares to be downloaded");
    }
    const held = this.#kept.get(islandId);
    if (held?.tag === growth.changes) return held.making;
    const making = this.#make(island, growth.changes);
    this.#kept.set(islandId, { tag: growth.changes, making });
    making.catch(() => this.#kept.delete(islandId)); // The next who asks tries again.
    return making;
  }

  async #make({ id, space: { id: spaceId } }: IslandSummary, changes: string): Promise<Download> {
    const space = await this.#store.findSpace(spaceId);
    if (!space) throw new AppError("not_found", "no island has this id");
    const entries: Entry[] = [];
    const parts: Float32Array[] = [];
    let after = "0";
    for (;;) {
      const page = await this.#store.placed(space, after, PAGE, id);
      for (const { id, task, target, coveredBy, sketch } of page) {
        entries.push({ id, task, target, coveredBy });
        parts.push(sketch);
      }
      const last = page.at(-1);
      if (!last) break;
      after = last.number;
      await setImmediate(); // Let other requests in.
    }
    const { version } = space.definition;
    const length = sketchLength(space.definition);
    const { data, scales, count } = quantiseSketches(joined(parts, length), length);
    return {
      tag: `${id}-${version}-${changes}`,
      sketches: {
        islandId: id,
        spaceVersion: version,
        count,
        entries: entries.map((entry, i) => ({ ...entry, scale: scales[i]! })),
        data: sketchesToWire({ data, scales, count }),
      },
    };
  }
}

function joined(parts: readonly Float32Array[], length: number): Float32Array {
  const whole = new Float32Array(parts.length * length);
  parts.forEach((part, i) => whole.set(part, i * length));
  return whole;
}
