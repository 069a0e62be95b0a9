import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import { rescale, rescalePoints } from "../../../../../../src/engine/kinds/table/space/rescale";
import { ReferenceCompute } from "../../../../../../src/engine/specification/kernel/reference-compute";
import { fromRows, toRows } from "../../../../../../src/engine/ground/matrix";
import { seededRandom } from "../../../../../../src/engine/ground/random";
import { describeRows } from "../../../../../../src/engine/specification/describe";
import {
  category,
  everyRow,
  islandOf,
  number,
  normals,
  numbers,
  scaledBy,
  tableOf,
  values,
} from "../islands";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";
import { secretOf } from "../../../../../fixtures/secret";

const center = fc.integer({ min: -1000, max: 1000 }).map((tenths) => tenths / 10);
const scale = fc.double({ min: 0.05, max: 100, noNaN: true });
const colours = ["red", "green", "blue"];

/** A feature "size" and a feature "colour" in some order, with any scaling and order of values. */
const anyIsland = fc
  .record({
    size: fc.record({ center, scale }),
    colours: fc.shuffledSubarray(colours, { minLength: 3 }),
    gained: fc.boolean(),
    colourScale: scale,
    colourFirst: fc.boolean(),
    gamma: scale,
  })
  .map(({ size, colours: listed, gained, colourScale, colourFirst, gamma }) => {
    const all = gained ? [...listed, "violet"] : listed;
    const colour = { ...category("colour", ...all), scale: all.map(() => colourScale) };
    const features = [number("size", size.center, size.scale), colour];
    return islandOf(colourFirst ? features.reverse() : features, gamma);
  });

const rows = fc.array(
  fc.record({
    size: fc.integer({ min: -500, max: 500 }).map((tenths) => tenths / 10),
    colour: fc.constantFrom(...colours),
  }),
  { minLength: 1, maxLength: 8 },
);

describe("moving a reduced set to another scale", () => {
  test("puts every point where its row would be had `to` scaled it", () => {
    fc.assert(
      fc.property(anyIsland, anyIsland, rows, (from, to, cells) => {
        const table = tableOf(
          numbers(
            "size",
            cells.map(({ size }) => size),
          ),
          values(
            "colour",
            cells.map(({ colour }) => colour),
          ),
        );
        const moved = rescalePoints(scaledBy(from, table), from, to);
        const direct = scaledBy(to, table);
        expect([moved.rows, moved.cols]).toEqual([direct.rows, direct.cols]);
        // Single precision of a value on `from`'s scale, seen on `to`'s.
        const worst = Math.max(...from.features.flatMap((feature) => feature.scale));
        const finest = Math.min(...to.features.flatMap((feature) => feature.scale));
        const tolerance = (1e-6 * (200 + worst)) / finest;
        moved.data.forEach((value, at) => {
          expect(Math.abs(value - direct.data[at]!)).toBeLessThan(tolerance);
        });
      }),
    );
  });

  test("comes back to where it was", () => {
    fc.assert(
      fc.property(anyIsland, anyIsland, rows, (from, to, cells) => {
        fc.pre(from.features.every(({ categories }) => !categories.includes("violet")));
        const table = tableOf(
          numbers(
            "size",
            cells.map(({ size }) => size),
          ),
          values(
            "colour",
            cells.map(({ colour }) => colour),
          ),
        );
        const start = everyRow(scaledBy(from, table), from.kernel.gamma);
        const { rkme } = rescale(start, 2, from, to);
        fc.pre(rkme.points.data.every((value) => Math.abs(value) < 1e4));
        const back = rescale(rkme, 2, to, from).rkme;
        back.points.data.forEach((value, at) => {
          expect(value).toBeCloseTo(start.points.data[at]!, 6);
        });
        expect(back).toMatchObject({
          kernel: gaussianKernel(from.kernel.gamma),
          weights: start.weights,
        });
      }),
    );
  });

  test("changes nothing between equal scales", () => {
    const island = islandOf([number("a", 0.1, 0.3), number("b", 7, 1 / 3)]);
    const rkme = {
      ...everyRow(
        fromRows([
          [0.1, 3],
          [1 / 3, -9.7],
        ]),
        0.5,
      ),
      rowCount: 77,
    };
    expect(rescale(rkme, 0.123, island, { ...island, version: 2 })).toEqual({
      rkme,
      radiusSquared: 0.123,
    });
  });

  test("takes a value the old scale did not list for absent, and gives the new kernel width", () => {
    const from = islandOf([category("colour", "red", "blue")]);
    const to = islandOf([{ ...category("colour", "Blue", "green", "RED"), center: [0.5, 0.2, 0.1], scale: [0.5, 0.4, 1] }], 3); // prettier-ignore
    const red = fromRows([[(1 - 0.3) / 0.7, (0 - 0.3) / 0.7]]);
    const { rkme } = rescale(everyRow(red, 1), 1, from, to);
    expect(toRows(rkme.points)[0]!.map((value) => Number(value.toFixed(12)))).toEqual([
      -1, -0.5, 0.9,
    ]);
    expect(rkme.kernel.gamma).toBe(3);
  });

  test("pulls absurd values in, as describing does", () => {
    const moved = rescalePoints(
      fromRows([[5]]),
      islandOf([number("a")]),
      islandOf([number("a", 0, 1e-9)]),
    );
    expect(moved.data[0]).toBe(1e4);
  });

  test("moves the radius so that it still covers 95 % of the rows, with columns scaled badly", async () => {
    const random = seededRandom(3);
    const table = tableOf(
      numbers("a", normals(600, 10, 3, random)),
      numbers("b", normals(600, 0, 1, random)),
      numbers("c", normals(600, -5, 0.5, random)),
    );
    const from = islandOf([number("a"), number("b", 0, 10), number("c", 0, 2)]);
    const to = islandOf([number("a", 10, 3), number("b", 0, 1), number("c", -5, 0.5)]);
    const described = await finish(
      describeRows(new ReferenceCompute(), scaledBy(from, table), {
        kernel: gaussianKernel(0.1),
        secret: secretOf(1),
      }),
    );
    const moved = rescale(described.rkme, described.radiusSquared, from, to);
    const rows = await new ReferenceCompute().load(scaledBy(to, table));
    const { squaredDistance } = await rows.nearest(moved.rkme.points);
    const within = squaredDistance.filter((value) => value <= moved.radiusSquared).length;
    // How the distances were shared out among the columns is only modelled.
    expect(within / 600).toBeGreaterThan(0.9);
    expect(within / 600).toBeLessThan(0.998);
  });

  test("scales the radius of a single point by the geometric mean of the squared ratios of scales", () => {
    const from = islandOf([number("a", 0, 2), number("b", 0, 8)]);
    const to = islandOf([number("a"), number("b")]);
    expect(rescale(everyRow(fromRows([[1, 1]]), 1), 2, from, to).radiusSquared).toBeCloseTo(32, 12);
  });

  test.each([
    ["a feature missing", islandOf([number("a")])],
    ["a feature more", islandOf([number("a"), number("b"), number("c")])],
    ["another feature", islandOf([number("a"), number("c")])],
    ["another type", islandOf([number("a"), category("b", "x", "y")])],
  ])("refuses an island with %s", (_, to) => {
    const from = islandOf([number("a"), number("b")]);
    expect(() => rescale(everyRow(fromRows([[1, 1]]), 1), 1, from, to)).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });

  test("refuses points of other columns", () => {
    const island = islandOf([number("a"), number("b")]);
    expect(() => rescale(everyRow(fromRows([[1]]), 1), 1, island, island)).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }),
    );
  });
});
