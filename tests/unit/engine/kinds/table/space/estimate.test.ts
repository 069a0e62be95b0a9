import { describe, expect, test } from "vitest";

import { estimateIsland } from "../../../../../../src/engine/kinds/table/space/estimate";
import { finish } from "../../../../../../src/engine/ground/finish";
import { foundSpace } from "../../../../../../src/engine/kinds/table/space/found";
import type { Space } from "../../../../../../src/engine/kinds/table/space/space";
import { rescale } from "../../../../../../src/engine/kinds/table/space/rescale";
import { ReferenceCompute } from "../../../../../../src/engine/specification/kernel/reference-compute";
import { fromRows } from "../../../../../../src/engine/ground/matrix";
import { seededRandom } from "../../../../../../src/engine/ground/random";
import { describeRows } from "../../../../../../src/engine/specification/describe";
import type { Specification } from "../../../../../../src/engine/specification/specification";
import type { Table } from "../../../../../../src/engine/kinds/table/columns/column";
import {
  category,
  everyRow,
  islandOf,
  normals,
  number,
  numbers,
  scaledBy,
  tableOf,
  values,
} from "../islands";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";
import { grownByHalf } from "../../../../../../src/engine/kinds/grown-by-half";
import { secretOf } from "../../../../../fixtures/secret";

/** Eight domains of 100 rows each: around different sizes, in different colours. */
const domains = Array.from({ length: 8 }, (_, t): Table => {
  const random = seededRandom(t + 1);
  const reds = Math.round(10 + 10 * t);
  return tableOf(
    numbers("size", normals(100, 40 + 20 * t, 10 + t, random)),
    numbers("doors", normals(100, 3, 0.5, random)),
    numbers("height", new Array<number>(100).fill(7)),
    values(
      "colour",
      Array.from({ length: 100 }, (_, i) => (i < reds ? "red" : i < 95 ? "blue" : "pink")),
    ),
  );
});
const colour = category("colour", "red", "blue");
/** What someone founded who had seen one odd table. */
const founder = islandOf([number("size", 500, 900), number("doors", 0, 0.1), number("height", 1, 5), colour]); // prettier-ignore
const specifications = domains.map((table) =>
  everyRow(scaledBy(founder, table), founder.kernel.gamma),
);

/** All domains as one table. */
const union: Table = {
  rows: 800,
  columns: domains[0]!.columns.map((column, c) => {
    if (column.numbers)
      return numbers(column.name, domains.flatMap(({ columns }) => [...columns[c]!.numbers!])); // prettier-ignore
    const texts = domains.flatMap(({ columns }) =>
      [...columns[c]!.codes!].map((code) => columns[c]!.categories[code]!),
    );
    return values(column.name, texts);
  }),
};

async function estimated(from: Space, given: Iterable<Specification>): Promise<Space> {
  const next = await estimateIsland(from, given);
  expect(next).not.toBeNull();
  return next!;
}

describe("estimating an island from all specifications on it", () => {
  test("gives what founding on all their rows would", async () => {
    const next = await estimated(founder, specifications);
    const plan = { ...founder, features: founder.features.map(({ name }) => ({ column: name })) };
    const whole = foundSpace(plan, union);
    expect(next.version).toBe(2);
    for (const [f, feature] of next.features.entries()) {
      const wanted = whole.features[f]!;
      if (wanted.type === "category") continue;
      const spread = wanted.scale[0]!;
      expect(Math.abs(feature.center[0]! - wanted.center[0]!)).toBeLessThan(1e-4 * spread);
      if (feature.name === "height") continue;
      expect(feature.scale[0]! / spread).toBeCloseTo(1, 2);
      // From 512 of 800 rows.
      expect(Math.abs(feature.range![0] - wanted.range![0])).toBeLessThan(0.3 * spread);
      expect(Math.abs(feature.range![1] - wanted.range![1])).toBeLessThan(0.3 * spread);
    }
    // The pink rows make a third column where the founder has two, and height has another scale.
    expect(next.kernel.gamma / whole.kernel.gamma).toBeGreaterThan(0.8);
    expect(next.kernel.gamma / whole.kernel.gamma).toBeLessThan(1.25);
  });

  test("keeps features, categories and their order, which models rely on", async () => {
    const { features } = await estimated(founder, specifications);
    expect(features.map(({ name }) => name)).toEqual(["size", "doors", "height", "colour"]);
    expect(features[3]!.categories).toEqual(["red", "blue"]);
    expect(features[3]!.center[0]).toBeCloseTo(0.45, 5);
    expect(features[3]!.center[1]).toBeCloseTo(0.5, 5);
    expect(features[3]!.scale).toEqual([0.739932, 0.739932]); // √(1 − 0.45² − 0.5²)
  });

  test("moves to a column that does not vary, and keeps its scale", async () => {
    const { features } = await estimated(founder, specifications);
    expect(features[2]).toMatchObject({ center: [7], scale: [5], range: [7, 7] });
    // 0.3 is not exact in single precision, so the mean is off by a rounding error.
    const odd = islandOf([number("a", 0, 1), number("b", 0, 2)]);
    const stuck = fromRows(Array.from({ length: 7 }, (_, i) => [Math.fround(0.3), i]));
    const next = await estimated(odd, [everyRow(stuck, 1), everyRow(stuck, 1)]);
    expect(next.features[0]).toMatchObject({ center: [0.3], scale: [1] });
  });

  test("is the same from a stream, whatever the sizes of its parts", async () => {
    async function* stream(): AsyncGenerator<Specification> {
      for (const specification of specifications) {
        await Promise.resolve();
        yield specification;
      }
    }
    expect(await estimateIsland(founder, stream())).toEqual(
      await estimated(founder, specifications),
    );
    // One mixture of all reduced sets, in one piece.
    const whole: Specification = everyRow(
      fromRows(specifications.flatMap(({ points }) => Array.from({ length: points.rows }, (_, i) => [...points.data.subarray(i * points.cols, (i + 1) * points.cols)]))), // prettier-ignore
      1,
    );
    const [parts, piece] = [
      await estimated(founder, specifications),
      await estimated(founder, [whole]),
    ];
    for (const [f, { center, scale }] of parts.features.entries()) {
      expect(center[0]).toBeCloseTo(piece.features[f]!.center[0]!, 3);
      expect(scale[0]! / piece.features[f]!.scale[0]!).toBeCloseTo(1, 5);
    }
  });

  test("counts every learnware the same, however many rows or points it claims", async () => {
    const island = islandOf([number("a")]);
    const few = { ...everyRow(fromRows([[0], [2]]), 1), rowCount: 10 };
    const many = { ...everyRow(fromRows(Array.from({ length: 50 }, (_, i) => [10 + (i % 2) * 2])), 1), rowCount: 1e9 }; // prettier-ignore
    const { features } = await estimated(island, [few, many]);
    expect(features[0]).toMatchObject({ center: [6], scale: [5.09902] }); // √(1 + 5²)
  });

  test("takes weights for shares, and negative ones for none", async () => {
    const island = islandOf([number("a")]);
    const rkme = {
      ...everyRow(fromRows([[4], [8], [1000]]), 1),
      weights: Float64Array.of(0.3, 0.1, -0.2),
    };
    const { features } = await estimated(island, [rkme]);
    expect(features[0]).toMatchObject({ center: [5], scale: [1.73205], range: [4, 8] });
  });

  test("corrects a founder's scale from reduced sets that were made on it, and then stays", async () => {
    const start = islandOf([number("size", 500, 900), number("doors", 0, 0.2)], 0.3);
    const made: Specification[] = [];
    for (const table of domains.slice(0, 3)) {
      const described = describeRows(new ReferenceCompute(), scaledBy(start, table), { kernel: gaussianKernel(start.kernel.gamma), secret: secretOf(1) }); // prettier-ignore
      made.push((await finish(described)).rkme);
    }
    const next = await estimated(start, made);
    const sizes = domains.slice(0, 3).flatMap(({ columns }) => [...columns[0]!.numbers!]);
    const mean = sizes.reduce((sum, value) => sum + value, 0) / sizes.length;
    const deviation = Math.sqrt(sizes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sizes.length); // prettier-ignore
    expect(Math.abs(next.features[0]!.center[0]! - mean)).toBeLessThan(0.1 * deviation);
    // A few points for 100 rows each tell the spread to a quarter; the founder was wrong 26-fold.
    expect(Math.abs(next.features[0]!.scale[0]! / deviation - 1)).toBeLessThan(0.25);
    expect(Math.abs(next.features[1]!.scale[0]! / 0.5 - 1)).toBeLessThan(0.25);

    const moved = made.map((rkme) => rescale(rkme, 1, start, next).rkme);
    expect(await estimateIsland(next, moved)).toBeNull();
  });

  test("is none without specifications, where nothing changed, and for a fixed scale", async () => {
    expect(await estimateIsland(founder, [])).toBeNull();
    const next = await estimated(founder, specifications);
    const again = domains.map((table) => everyRow(scaledBy(next, table), next.kernel.gamma));
    expect(await estimateIsland(next, again)).toBeNull();
    const fixed: Space = { ...founder, profile: "beimingwu" };
    expect(await estimateIsland(fixed, specifications)).toBeNull();
  });

  test("keeps gamma where no two points differ", async () => {
    const island = islandOf([number("a")], 0.7);
    const next = await estimated(island, [everyRow(fromRows([[3]]), 1)]);
    expect(next).toMatchObject({
      kernel: gaussianKernel(0.7),
      features: [{ center: [3], scale: [1] }],
    });
  });

  test("refuses points of other columns", async () => {
    await expect(estimateIsland(founder, [everyRow(fromRows([[1]]), 1)])).rejects.toMatchObject({
      code: "shape_mismatch",
    });
  });
});

test.each([
  [1, 3, false],
  [1, 4, true],
  [4, 5, false],
  [4, 6, true],
  [100, 149, false],
  [100, 150, true],
  [0, 4, true],
  [9, 5, false],
])(
  "an island of %i learnwares at its last estimate and %i now: estimate again is %s",
  (then, now, due) => {
    expect(grownByHalf(then, now)).toBe(due);
  },
);
