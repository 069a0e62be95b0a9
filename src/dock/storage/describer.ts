import { LRUCache } from "lru-cache";
import type { Space } from "../../engine/kinds/table/space/space";
import { islandFeatures } from "../../engine/search/sketches/island-features";
import { packRkme, type PackedRkme, type PairKernel, selfProduct } from "../../engine/search/pairs";
import { gaussianGamma } from "../../engine/specification/kernel/kernel";
import type { Specification } from "../../engine/specification/specification";
import { WasmPairs } from "../../runtime/compute/wasm/wasm-pairs";
import { WasmSketcher } from "../../runtime/compute/wasm/wasm-sketcher";
import type { Described } from "./learnware-store";
import { kindOf } from "../../engine/kinds/index";

/** Versions of islands whose random features are kept, at up to some megabytes each. */
const MOST_KEPT = 32;

/** Makes of a reduced set what it is found and compared by: its sketch, and its self term. */
export class Describer {
  readonly pairs: PairKernel;
  /** By island, version and kernel width. */
  readonly #sketchers = new LRUCache<string, Promise<WasmSketcher>>({ max: MOST_KEPT });

  private constructor(pairs: PairKernel) {
    this.pairs = pairs;
  }

  static async create(): Promise<Describer> {
    return new Describer(await WasmPairs.create());
  }

  /** @param rkme - On the island's scale. */
  async describe(island: Space, rkme: Specification, radiusSquared: number): Promise<Described> {
    const packed = packRkme(rkme);
    return {
      ...packed,
      rowCount: rkme.rowCount,
      radiusSquared,
      selfProduct: selfProduct(this.pairs, packed, gaussianGamma(island.kernel)),
      sketch: await this.sketch(island, packed),
    };
  }

  /** @returns Shape [512]. */
  async sketch(island: Space, set: PackedRkme): Promise<Float32Array> {
    return Float32Array.from((await this.#sketcher(island)).sketch(set));
  }

  #sketcher(island: Space): Promise<WasmSketcher> {
    const { id, version, kernel } = island;
    // Of a version that is only being built there may be two, and the one that loses is never seen.
    const key = `${id}@${version} ${gaussianGamma(kernel)}`;
    const kept = this.#sketchers.get(key);
    if (kept) return kept;
    const sketcher = WasmSketcher.create(islandFeatures(island, kindOf(island).dimension(island)));
    this.#sketchers.set(key, sketcher);
    sketcher.catch(() => this.#sketchers.delete(key));
    return sketcher;
  }
}
