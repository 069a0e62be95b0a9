import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";

import { type IslandSketches, type LearnwareCard, SKETCH_LENGTH } from "../contracts/dock-api";
import { fromWire } from "../contracts/wire-rkme";
import { sketchesToWire } from "../contracts/wire-sketch";
import { encodedWidth, type Island } from "../engine/island/island";
import { sketchOf } from "../engine/kernel/random-features";
import { islandFeatures } from "../engine/search/island-features";
import { quantiseSketches, scanSketches, type Sketches } from "../engine/search/sketch-scan";
import type { LearnwareStore } from "./store/learnware-store";

type Specifications = Pick<LearnwareStore, "specificationsOn" | "findAll">;

export interface SketchQuery {
  /** Shape [512]. */
  readonly sketch: Float64Array;
  readonly task?: LearnwareCard["task"] | undefined;
  readonly limit: number;
}

interface SketchFit {
  readonly id: string;
  /** Squared distance of the sketches. */
  readonly mmd2: number;
  readonly similarity: number;
}

/** What clients download to search by themselves, under a tag that changes with it. */
interface Download {
  readonly tag: string;
  readonly sketches: IslandSketches;
}

interface Sketched {
  readonly version: number;
  /** In the order of the sketches. */
  readonly cards: readonly Pick<LearnwareCard, "id" | "task" | "target">[];
  readonly sketches: Sketches;
  readonly download: Download;
}

/**
 * Finds learnwares by the squared distance between a user's sketch and theirs, which approximates
 * MMD². Sketches are made of the learnwares' reduced sets once per island, and kept in memory.
 */
export class SketchScan {
  readonly #store: Specifications;
  readonly #islands = new Map<string, Promise<Sketched>>();

  constructor(store: Specifications) {
    this.#store = store;
  }

  /** The learnwares of an island changed; look again at the next search. */
  forget(islandId: string): void {
    this.#islands.delete(islandId);
  }

  /** Best first. */
  async search(island: Island, { sketch, task, limit }: SketchQuery): Promise<SketchFit[]> {
    const { cards, sketches } = await this.#open(island);
    const accept = (index: number) => task === undefined || cards[index]!.task === task;
    return scanSketches(sketches, sketch, limit, accept).map(
      ({ index, squaredDistance, similarity }) => {
        return { id: cards[index]!.id, mmd2: squaredDistance, similarity };
      },
    );
  }

  /** Every sketch of an island, in one byte per number. */
  async download(island: Island): Promise<Download> {
    return (await this.#open(island)).download;
  }

  async #open(island: Island): Promise<Sketched> {
    const held = this.#islands.get(island.id);
    if (held) {
      const sketched = await held;
      if (sketched.version === island.version) return sketched;
    }
    const sketching = this.#sketch(island);
    this.#islands.set(island.id, sketching);
    // A failed attempt is made again at the next search.
    sketching.catch(() => {
      if (this.#islands.get(island.id) === sketching) this.forget(island.id);
    });
    return sketching;
  }

  async #sketch(island: Island): Promise<Sketched> {
    const { id: islandId, version } = island;
    const specifications = await this.#store.specificationsOn(islandId, version);
    const found = await this.#store.findAll(specifications.map(({ id }) => id));
    const cardOf = new Map(found.map((card) => [card.id, card]));
    const cols = island.features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
    const features = islandFeatures(island, cols);
    const cards: LearnwareCard[] = [];
    const data = new Float32Array(specifications.length * SKETCH_LENGTH);
    for (const { id, rkme: wire } of specifications) {
      const card = cardOf.get(id);
      if (!card) continue; // Removed in between.
      const { points, weights } = fromWire(wire);
      data.set(sketchOf(points, weights, features), cards.length * SKETCH_LENGTH);
      cards.push(card);
      await setImmediate(); // Let other requests in.
    }
    const held = data.subarray(0, cards.length * SKETCH_LENGTH);
    const scales = new Float64Array(cards.length).fill(1);
    return {
      version,
      cards,
      sketches: { data: held, scales, count: SKETCH_LENGTH },
      download: downloadOf(island, cards, held),
    };
  }
}

function downloadOf(
  { id: islandId, version: islandVersion }: Island,
  cards: readonly LearnwareCard[],
  data: Float32Array,
): Download {
  const quantised = quantiseSketches(data, SKETCH_LENGTH);
  const sketches: IslandSketches = {
    islandId,
    islandVersion,
    count: SKETCH_LENGTH,
    entries: cards.map(({ id, task, target }, i) => {
      return { id, task, target, scale: quantised.scales[i]! };
    }),
    data: sketchesToWire(quantised),
  };
  const tag = createHash("sha256").update(JSON.stringify(sketches)).digest("hex");
  return { tag, sketches };
}
