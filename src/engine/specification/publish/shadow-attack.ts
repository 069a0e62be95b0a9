import { areaUnderCurve, truePositiveRate } from "./roc";
import type { WhitenedRows } from "./whitened-rows";

/** A specification of some of the rows, made as it would be made of all. */
export interface ShadowRun {
  /** Shape [r]: where it is, as of `WhitenedRows.place`. */
  readonly placed: Float64Array;
  /** Shape [n]: 1 for a row that it was made of, 0 for others. */
  readonly members: Uint8Array;
}

/** What an attack achieves. */
export interface Attacked {
  readonly auc: number;
  /** Share of members that are found when 1 % of the others are taken for members. */
  readonly truePositiveRate: number;
}

const FALSE_POSITIVES = 0.01;
/** Runs that the spread of a row's scores can be told from. */
const FEWEST_FOR_SPREAD = 8;

/**
 * The strongest membership attack that we know: the attacker knows the rows that may have been members, the
 * way specifications are made, and makes some of parts of these rows himself. A row is taken for a member if the
 * published specification is drawn to it more than the others are, every direction of the kernel's space weighed by how
 * much it tells (`WhitenedRows`); and, with runs enough, by how the row's own scores lie when it is a member
 * and when not. Of the two, the one that achieves more.
 *
 * Each run is attacked with the others for shadows. Cost O(runs · n · r).
 *
 * Source: Carlini, Chien, Nasr, Song, Terzis, Tramèr, "Membership Inference Attacks From First Principles", IEEE
 * S&P 2022, section V (the online attack, with Gaussians).
 *
 * @param runs - Two or more.
 */
export function attackShadows(rows: WhitenedRows, runs: readonly ShadowRun[]): Attacked {
  const total = new Float64Array(runs[0]!.placed.length);
  for (const { placed } of runs) placed.forEach((value, j) => (total[j]! += value));
  const scores = runs.map(({ placed }) => {
    const others = total.map((sum, j) => (sum - placed[j]!) / (runs.length - 1));
    return rows.score(placed, others);
  });
  const plain = judge(scores, runs);
  if (runs.length < FEWEST_FOR_SPREAD) return plain;
  const byRow = judge(scoresByRow(scores, runs), runs);
  return byRow.auc > plain.auc ? byRow : plain;
}

function judge(scores: readonly Float64Array[], runs: readonly ShadowRun[]): Attacked {
  const count = runs.reduce((sum, { members }) => sum + members.reduce((a, b) => a + b, 0), 0);
  const inside = new Float64Array(count);
  const outside = new Float64Array(runs.length * runs[0]!.members.length - count);
  let [a, b] = [0, 0];
  runs.forEach(({ members }, run) => {
    scores[run]!.forEach((score, i) => {
      if (members[i]) inside[a++] = score;
      else outside[b++] = score;
    });
  });
  inside.sort();
  outside.sort();
  return {
    auc: areaUnderCurve(inside, outside),
    truePositiveRate: truePositiveRate(inside, outside, FALSE_POSITIVES),
  };
}

/** The likelihood ratio of two Gaussians of equal spread, which the other runs tell of every row. */
function scoresByRow(scores: readonly Float64Array[], runs: readonly ShadowRun[]): Float64Array[] {
  const ratios = scores.map(({ length }) => new Float64Array(length));
  for (let i = 0; i < scores[0]!.length; i++) {
    // Count, sum and sum of squares, of runs without the row and with it.
    const sums = [new Float64Array(3), new Float64Array(3)] as const;
    const add = (run: number, sign: 1 | -1) => {
      const of = sums[runs[run]!.members[i] as 0 | 1];
      const score = scores[run]![i]!;
      of[0]! += sign;
      of[1]! += sign * score;
      of[2]! += sign * score * score;
    };
    for (let run = 0; run < runs.length; run++) add(run, 1);
    for (let run = 0; run < runs.length; run++) {
      add(run, -1);
      ratios[run]![i] = ratio(scores[run]![i]!, sums);
      add(run, 1);
    }
  }
  return ratios;
}

function ratio(score: number, [out, inside]: readonly [Float64Array, Float64Array]): number {
  const [outMean, inMean] = [out, inside].map(([n, sum]) => (n! > 0 ? sum! / n! : 0)) as [
    number,
    number,
  ];
  const within = out[2]! + inside[2]! - out[0]! * outMean ** 2 - inside[0]! * inMean ** 2;
  const spread = within / (out[0]! + inside[0]! - 2);
  const shift = Math.max(0, inMean - outMean);
  return spread > 0 ? ((score - (inMean + outMean) / 2) * shift) / spread : 0;
}
