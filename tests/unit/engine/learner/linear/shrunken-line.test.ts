import { describe, expect, it } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { shrunkenLine } from "../../../../../src/engine/learner/linear/shrunken-line";

/** A direction and three columns of independent normal numbers, of mean square 1 and together 1. */
function rowsOf(n: number, seed: number) {
  const random = seededRandom(seed);
  const direction = new Float64Array(n).map(() => normal(random));
  const columns = zeros(n, 3);
  columns.data.forEach((_, at) => (columns.data[at] = normal(random) / Math.sqrt(3)));
  return { random, direction, columns };
}

describe("shrunkenLine", () => {
  it("finds a line through many rows", async () => {
    const { random, direction, columns } = rowsOf(2000, 1);
    const rest = direction.map(
      (u, i) => 3 - 2 * u + 4 * columns.data[3 * i + 1]! + 0.5 * normal(random),
    );
    const line = await finish(shrunkenLine(rest, direction, columns));
    // Standard errors: 0.5 / √2000, and √3 times that for the columns.
    expect(Math.abs(line.constant - 3)).toBeLessThan(0.05);
    expect(Math.abs(line.slope + 2)).toBeLessThan(0.05);
    [0, 4, 0].forEach((w, j) => expect(Math.abs(line.weights[j]! - w)).toBeLessThan(0.08));
  });

  it("is the mean of 64 lines, each as probable as it makes the rows", async () => {
    const { random, direction, columns } = rowsOf(6, 2);
    const rest = direction.map((u) => 1 + u + normal(random));
    const line = await finish(shrunkenLine(rest, direction, columns));
    const slow = meanOf64(rest, direction, columns.data);
    expect(line.constant).toBeCloseTo(slow.constant, 9);
    expect(line.slope).toBeCloseTo(slow.slope, 9);
    slow.weights.forEach((w, j) => expect(line.weights[j]).toBeCloseTo(w, 9));
  });

  it("adds less than the rows' own mean where that is chance", async () => {
    let [added, own] = [0, 0];
    for (let seed = 1; seed <= 40; seed++) {
      const { random, direction, columns } = rowsOf(10, seed);
      const noise = direction.map(() => normal(random));
      const { constant } = await finish(shrunkenLine(noise, direction, columns));
      added += constant ** 2;
      own += (noise.reduce((sum, r) => sum + r, 0) / 10) ** 2;
    }
    expect(added).toBeLessThan(0.5 * own);
  });

  it("adds nothing to a rest of 0", async () => {
    const { direction, columns } = rowsOf(10, 3);
    const line = await finish(shrunkenLine(new Float64Array(10), direction, columns));
    const all = [line.constant, line.slope, ...line.weights];
    expect(all.every((one) => Math.abs(one) === 0)).toBe(true);
  });

  it("changes with the unit of the rest as the rest does", async () => {
    const { random, direction, columns } = rowsOf(20, 4);
    const rest = direction.map((u) => u + normal(random));
    const line = await finish(shrunkenLine(rest, direction, columns));
    const large = await finish(
      shrunkenLine(
        rest.map((r) => 1e6 * r),
        direction,
        columns,
      ),
    );
    expect(large.slope / line.slope).toBeCloseTo(1e6, 0);
    expect(large.weights[0]! / line.weights[0]!).toBeCloseTo(1e6, 0);
  });
});

/** By its definition: K in full, inverted by elimination. */
function meanOf64(rest: Float64Array, u: Float64Array, z: Float64Array) {
  const n = rest.length;
  const sizes = [0, 0.1, 1, 10];
  const found: { odds: number; all: number[] }[] = [];
  for (const kappa of sizes) {
    for (const alpha of sizes) {
      for (const omega of sizes) {
        const k = Array.from({ length: n }, (_, i) =>
          Array.from({ length: n }, (_, l) => {
            let dot = 0;
            for (let j = 0; j < 3; j++) dot += z[3 * i + j]! * z[3 * l + j]!;
            return Number(i === l) + kappa + alpha * u[i]! * u[l]! + omega * dot;
          }),
        );
        const { solved, determinant } = eliminate(k, [...rest]);
        const fit = rest.reduce((sum, r, i) => sum + r * solved[i]!, 0);
        const along = (v: (i: number) => number) => solved.reduce((sum, s, i) => sum + s * v(i), 0);
        found.push({
          odds: determinant ** -0.5 * fit ** (-n / 2),
          all: [
            kappa * along(() => 1),
            alpha * along((i) => u[i]!),
            ...[0, 1, 2].map((j) => omega * along((i) => z[3 * i + j]!)),
          ],
        });
      }
    }
  }
  const total = found.reduce((sum, { odds }) => sum + odds, 0);
  const mean = found[0]!.all.map(
    (_, at) => found.reduce((sum, { odds, all }) => sum + odds * all[at]!, 0) / total,
  );
  return { constant: mean[0]!, slope: mean[1]!, weights: mean.slice(2) };
}

function eliminate(k: number[][], b: number[]): { solved: number[]; determinant: number } {
  const n = b.length;
  const a = k.map((row, i) => [...row, b[i]!]);
  let determinant = 1;
  for (let i = 0; i < n; i++) {
    determinant *= a[i]![i]!;
    for (let l = 0; l < n; l++) {
      if (l === i) continue;
      const factor = a[l]![i]! / a[i]![i]!;
      for (let j = i; j <= n; j++) a[l]![j]! -= factor * a[i]![j]!;
    }
  }
  return { solved: a.map((row, i) => row[n]! / row[i]!), determinant };
}
