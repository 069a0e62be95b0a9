import { sketchLength } from "../../src/contracts/wire/sketch-length";
import type { Describer } from "../../src/dock/storage/describer";
import { Finder } from "../../src/dock/features/search/finder";
import type { Entry, LearnwareStore, Neighbour } from "../../src/dock/storage/learnware-store";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { quantiseSketches } from "../../src/engine/search/sketches/sketch-scan";
import type { Specification } from "../../src/engine/specification/specification";
import { WasmSketchScan } from "../../src/runtime/compute/wasm/wasm-sketch-scan";
import type { FormedSpace } from "./search-form";
import { type Filling, type Search, type SearchSubject, SHOWN, Stopwatch } from "./search-subject";

type Held = Omit<Neighbour, "squaredDistance">;

/** No index: every sketch, at one byte a number, is looked at; everything is in this process's memory. */
export class ScanSubject implements SearchSubject {
  readonly #island: Space;
  readonly #scan: WasmSketchScan;
  readonly #describer: Describer;
  readonly #held: Held[] = [];
  readonly #finder: Finder;

  private constructor(island: Space, scan: WasmSketchScan, describer: Describer) {
    this.#island = island;
    this.#scan = scan;
    this.#describer = describer;
    this.#finder = new Finder({ nearest: this.#nearest });
  }

  static async open({ space, describer }: FormedSpace): Promise<ScanSubject> {
    const scan = await WasmSketchScan.create(sketchLength(space));
    return new ScanSubject(space, scan, describer);
  }

  async fill(batches: AsyncIterable<readonly Entry[]>): Promise<Filling> {
    const taking = new Stopwatch();
    for await (const entries of batches) await taking.time(() => this.#take(entries));
    return { rows_per_second: this.#held.length / taking.seconds, build_seconds: 0 };
  }

  async prepare(rkme: Specification): Promise<Search> {
    const space = { number: 1, definition: this.#island };
    const form = await this.#describer.form(this.#island);
    const packed = form.pack(rkme);
    return async (mixture) => {
      const { singles } = await this.#finder.bySpecification(space, form, packed, { mixture });
      return singles.slice(0, SHOWN).map(({ id }) => id);
    };
  }

  sizes(): Promise<Record<string, number>> {
    return Promise.resolve({ index_bytes: this.#held.length * (sketchLength(this.#island) + 16) });
  }

  serverCpuMs(): Promise<number> {
    return Promise.resolve(0);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #take(entries: readonly Entry[]): void {
    const count = sketchLength(this.#island);
    const sketches = new Float32Array(entries.length * count);
    entries.forEach(({ described: { sketch, ...specification }, card: { id, target } }, i) => {
      sketches.set(sketch, i * count);
      const number = String(this.#held.length);
      const sketchSelf = sketch.reduce((sum, value) => sum + value * value, 0);
      this.#held.push({
        ...specification,
        ...{ number, version: 1, id, target, coveredBy: null, sketchSelf },
      });
    });
    this.#scan.append(quantiseSketches(sketches, count));
  }

  readonly #nearest: LearnwareStore["nearest"] = async (_space, sketch, { limit }) => {
    const matches = await this.#scan.scan(sketch, limit);
    return matches.map(({ index, squaredDistance }) => {
      return { ...this.#held[index]!, squaredDistance };
    });
  };
}
