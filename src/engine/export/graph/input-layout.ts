import { EngineError } from "../../ground/errors";
import { encodedWidth } from "../../kinds/table/space/encoded-width";
import type { Space } from "../../kinds/table/space/space";
import type { GraphBuilder } from "./graph-builder";

/** The graph's one input, float32: encoded features of an island, and then the user's own columns. */
export class InputLayout {
  readonly name: string;
  /** In the island's order. */
  readonly features: readonly string[];
  readonly ownColumns: number;
  readonly #firsts = new Map<string, number>();
  readonly #widths = new Map<string, number>();
  readonly #encoded: number;
  readonly #builder: GraphBuilder;

  /** @param features - Those that are needed; they are put in the island's order. */
  constructor(
    builder: GraphBuilder,
    name: string,
    island: Space,
    features: ReadonlySet<string>,
    ownColumns: number,
  ) {
    this.#builder = builder;
    this.name = name;
    this.ownColumns = ownColumns;
    const wanted = island.features.filter((feature) => features.has(feature.name));
    this.features = wanted.map((feature) => feature.name);
    let next = 0;
    for (const feature of wanted) {
      const width = encodedWidth(feature);
      this.#firsts.set(feature.name, next);
      this.#widths.set(feature.name, width);
      next += width;
    }
    this.#encoded = next;
  }

  get width(): number {
    return this.#encoded + this.ownColumns;
  }

  /** The columns of some features, in the order given. */
  columnsOf(features: readonly string[]): string {
    return this.#pick(
      features.flatMap((name) => {
        const first = this.#firsts.get(name);
        if (first === undefined) {
          throw new EngineError("bad_parameter", `the island has no feature "${name}"`);
        }
        return range(first, this.#widths.get(name)!);
      }),
    );
  }

  own(): string {
    return this.#pick(range(this.#encoded, this.ownColumns));
  }

  #pick(indices: readonly number[]): string {
    const isAll = indices.length === this.width && indices.every((index, i) => index === i);
    return isAll ? this.name : this.#builder.columns(this.name, indices);
  }
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}
