import type { Matrix } from "../../../engine/ground/matrix";
import { EngineError } from "../../../engine/ground/errors";
import type { Space } from "../../../engine/kinds/space";
import type { FeatureMatch } from "../../../engine/kinds/table/space/space";
import type { Compute } from "../../../engine/specification/kernel/compute";
import type { Secret } from "../../../engine/specification/keyed/secret";
import { type RankedRows, rankedRows, rankRows, reduceTable, sketchTable } from "./describe-rows";
import type { RowDescriber } from "./describer-port";

interface Parts {
  readonly compute: Compute;
  /** Shape [n, d]: all rows, or those that stand for them, scaled by the island. */
  readonly scaledRows: (
    island: Space,
    matches: readonly FeatureMatch[],
  ) => Promise<Matrix<Float32Array>>;
  /** Of this browser or machine. */
  readonly secret: () => Secret;
  /** From a source that cannot be foretold. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Milliseconds, of a clock that only goes on. */
  readonly now: () => number;
}

/** Describes rows that are at hand in this thread. */
export function rowDescriber({
  compute,
  scaledRows,
  secret,
  randomBytes,
  now,
}: Parts): RowDescriber {
  let ranked: RankedRows | null = null;
  const read = async (island: Space, matches: readonly FeatureMatch[]) => {
    const started = now();
    const x = await scaledRows(island, matches);
    const about = () => ({ compute: compute.name, milliseconds: now() - started });
    return { x, about };
  };
  return {
    async *describe(island, matches, book) {
      const { x, about } = await read(island, matches);
      const reduced = yield* reduceTable(compute, x, island, book, secret());
      ranked = rankedRows(x, island, matches, book);
      return { ...reduced, ...about() };
    },
    async *sketch(island, matches, privacy, book) {
      const { x, about } = await read(island, matches);
      const made = yield* sketchTable(compute, x, island, book, privacy, randomBytes);
      ranked = rankedRows(x, island, matches, book);
      const { epsilon, delta } = privacy ?? { epsilon: null, delta: null };
      return { ...made, rowCount: x.rows, epsilon, delta, ...about() };
    },
    async *rank(candidates) {
      if (!ranked) throw new EngineError("bad_parameter", "nothing was described yet");
      return yield* rankRows(compute, ranked, candidates);
    },
  };
}
