import type { Matrix } from "../../ground/matrix";
import type { Specification } from "../../specification/specification";
import type { CandidateSpec } from "../../specification/candidate-spec";

/** Learnwares and rows in coordinates that tell crowded learnwares apart. */
interface RankScale {
  /** Of each specification. */
  readonly embeddings: readonly Specification[];
  /** @param rows - Shape [n, d], on the island's scale. */
  readonly bring: (rows: Matrix<Float32Array>) => Matrix<Float32Array>;
}

/**
 * Coordinates in which rows and learnwares are compared more finely where learnwares crowd: zⱼ + Fⱼ(zⱼ), with Fⱼ the
 * share of all learnwares' weight that lies below zⱼ in column j, straight between their points.
 *
 * On an island's scale, columns with a long tail leave most learnwares in one corner (shops that sell tens beside ones
 * that sell thousands); by rank alone, rows far outside would look near. Cost is O(Σ points · d · log), then
 * O(d · log) a row.
 *
 * Source: Conover, Iman, "Rank Transformations as a Bridge Between Parametric and Nonparametric Statistics", The
 * American Statistician 35 (1981), for ranks in place of values.
 *
 * @param specs - One or more, all of d columns.
 */
export function rankScale(specs: readonly CandidateSpec[]): RankScale {
  const cols = specs[0]!.rkme.points.cols;
  const columns = Array.from({ length: cols }, (_, j) => distributionOf(specs, j));
  const coordinate = (z: number, at: number) => z + shareBelow(columns[at % cols]!, z);
  return {
    embeddings: specs.map(({ rkme }) => ({
      ...rkme,
      points: { ...rkme.points, data: rkme.points.data.map(coordinate) },
    })),
    bring: (rows) => ({ ...rows, data: rows.data.map(coordinate) }),
  };
}

/** Values in ascending order, and the share of the weight below each, half of its own counted. */
interface Distribution {
  readonly values: Float64Array;
  readonly shares: Float64Array;
}

function distributionOf(specs: readonly CandidateSpec[], column: number): Distribution {
  const weightOf = new Map<number, number>();
  for (const { rkme } of specs) {
    const { data, cols } = rkme.points;
    rkme.weights.forEach((weight, p) => {
      const z = data[p * cols + column]!;
      weightOf.set(z, (weightOf.get(z) ?? 0) + Math.max(0, weight));
    });
  }
  const values = Float64Array.from(weightOf.keys()).sort();
  const total = [...weightOf.values()].reduce((sum, weight) => sum + weight, 0);
  let below = 0;
  const shares = values.map((z) => {
    const weight = weightOf.get(z)!;
    below += weight;
    return total > 0 ? (below - weight / 2) / total : 0;
  });
  return { values, shares };
}

function shareBelow({ values, shares }: Distribution, z: number): number {
  let low = 0;
  let high = values.length - 1;
  if (z <= values[low]!) return shares[low]!;
  if (z >= values[high]!) return shares[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= z) low = middle;
    else high = middle;
  }
  const way = (z - values[low]!) / (values[high]! - values[low]!);
  return shares[low]! + way * (shares[high]! - shares[low]!);
}
