import type { RowsBeside, UncoveredRow } from "../../../contracts/workers/rows-beside";
import { AppError } from "../../../contracts/outcome";
import { rowsOnLand } from "../../../engine/chart/rows/rows-on-land";
import { type Matrix, pickRows, stackRows } from "../../../engine/ground/matrix";
import type { Steps } from "../../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../../engine/ground/random";
import { isOfTables } from "../../../engine/kinds/space";
import { featureDifferences } from "../../../engine/kinds/table/space/differences";
import { featureOfColumns } from "../../../engine/kinds/table/space/feature-columns";
import { inOwnUnits } from "../../../engine/kinds/table/space/own-units";
import { coverRows, farthestColumns } from "../../../engine/search/covered-rows";
import { inKnownColumns } from "../../../engine/search/rank-known";
import type { CandidateSpec } from "../../../engine/specification/candidate-spec";
import type { Compute } from "../../../engine/specification/kernel/compute";
import type { RankedRows } from "./describe-rows";

/** Rows in a picture: more would hide each other. */
const MOST_DRAWN = 4000;

/**
 * The rows that candidates were ranked by beside what some of these learnt from.
 *
 * @param candidates - One or more: what one offer is made of.
 * @throws AppError `bad_input` if none of them can be compared with the rows.
 */
export async function* layBeside(
  compute: Compute,
  { x, known, island, matches, chosen }: RankedRows,
  candidates: readonly CandidateSpec[],
): Steps<RowsBeside> {
  yield { stage: "match", done: 0, total: 2 };
  const whole = candidates.filter(({ rkme }) => rkme.points.cols === x.cols);
  if (whole.length === 0) throw new AppError("bad_input", "nothing to lay the rows beside");
  const seen = inKnownColumns(x, whole, known.columns);
  const { covered, spec, point } = await coverRows(compute, seen.x, seen.specs);
  yield { stage: "match", done: 1, total: 2 };
  const features = isOfTables(island) ? featureOfColumns(island) : [];
  const columnAt = (j: number) => (seen.x === x ? j : known.columns[j]!);
  const farOf = (i: number): UncoveredRow => {
    // Of texts and pictures, numbers of an embedding say nothing to anybody.
    if (!isOfTables(island)) return { row: chosen?.[i] ?? i, farIn: [] };
    const row = rowOf(seen.x, i);
    const { points } = seen.specs[spec[i]!]!.rkme;
    const names = farthestColumns(row, rowOf(points, point[i]!)).map((j) => features[columnAt(j)]!);
    const both = inOwnUnits(
      pair(rowOf(x, i), rowOf(whole[spec[i]!]!.rkme.points, point[i]!)),
      island,
      island.features.map(({ name }, column) => ({ feature: name, column })),
    );
    const farIn = [...new Set(names)].map((feature) => {
      const at = island.features.findIndex(({ name }) => name === feature);
      return { feature, yours: both.cells[0]![at]!, learnt: both.cells[1]![at]! };
    });
    return { row: chosen?.[i] ?? i, farIn };
  };
  const { points, weights } = pooled(whole);
  const isKnown = new Set(
    matches.flatMap(({ feature, column }) => (column === null ? [] : feature)),
  );
  const drawn = sampleIndices(x.rows, MOST_DRAWN, seededRandom(2)).sort();
  const shown = Uint8Array.from(drawn, (i) => covered[i]!);
  const picture = rowsOnLand(pickRows(seen.x, drawn), shown, seen.specs);
  return {
    rows: x.rows,
    uncovered: [...covered.keys()].filter((i) => !covered[i]).map(farOf),
    differences: isOfTables(island)
      ? featureDifferences(x, points, weights, island, (name) => isKnown.has(name))
      : [],
    picture: { ...picture, covered: shown },
  };
}

/** All points, each candidate's together weighing 1. */
function pooled(candidates: readonly CandidateSpec[]) {
  const weights = candidates.flatMap(({ rkme }) => {
    const positive = Array.from(rkme.weights, (weight) => Math.max(0, weight));
    const total = positive.reduce((sum, weight) => sum + weight, 0) || 1;
    return positive.map((weight) => weight / total);
  });
  const points = stackRows(
    candidates.map(({ rkme: { points } }) => ({ ...points, data: Float32Array.from(points.data) })),
  );
  return { points, weights: Float64Array.from(weights) };
}

function rowOf({ data, cols }: Matrix, i: number): Float32Array | Float64Array {
  return data.subarray(i * cols, (i + 1) * cols);
}

function pair(a: ArrayLike<number>, b: ArrayLike<number>): Matrix<Float64Array> {
  return { data: Float64Array.of(...Array.from(a), ...Array.from(b)), rows: 2, cols: a.length };
}
