import { describe, expect, test } from "vitest";

import { fitAshore, radiusOf } from "../../../../src/engine/chart/ashore";
import type { ChartIsland } from "../../../../src/engine/chart/chart";
import { LEVELS, outlinesOf } from "../../../../src/engine/chart/coasts";
import { contours } from "../../../../src/engine/chart/contours";
import { drawChart } from "../../../../src/engine/chart/draw-chart";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { layOut, starterSketches } from "../../../fixtures/starter-chart";

describe("contours", () => {
  test("of a cone are circles", () => {
    const across = 61;
    const heights = Float32Array.from(
      { length: across * across },
      (_, at) => 30 - Math.hypot((at % across) - 30, Math.floor(at / across) - 30),
    );
    const relief = { heights, across, down: across, left: -30, top: -30, cell: 1 };
    const rings = contours(relief, 10.5);
    expect(rings).toHaveLength(1);
    const [ring] = rings as [Float32Array];
    // Straight interpolation of a cone errs by its bend within a cell.
    for (let at = 0; at < ring.length; at += 2) {
      expect(Math.abs(Math.hypot(ring[at]!, ring[at + 1]!) - 19.5)).toBeLessThan(0.02);
    }
    expect(contours(relief, 31)).toEqual([]);
  });

  test("go around a lake as well as around the land", () => {
    const across = 5;
    const heights = Float32Array.from({ length: 25 }, (_, at) => {
      const [x, y] = [at % 5, Math.floor(at / 5)];
      return x % 4 === 0 || y % 4 === 0 || at === 12 ? 0 : 1;
    });
    const rings = contours({ heights, across, down: 5, left: 0, top: 0, cell: 1 }, 0.5);
    expect(rings.map((ring) => Math.sign(areaOf(ring))).sort()).toEqual([-1, 1]);
  });
});

describe("outlines of an island", () => {
  const { islands } = drawChart(
    starterSketches().map((island) => layOut(island)),
    null,
  );

  test.each([...islands, crowded(3000)].map((island) => [island.id, island] as const))(
    "of %s have every learnware on land, and the land in the shallow, the shallow in the deep",
    (_, island) => {
      const outlines = outlinesOf(island);
      for (const { x, y } of learnwaresOf(island))
        expect(isWithin(outlines.coast, x, y)).toBe(true);
      for (const [i, level] of LEVELS.slice(1).entries()) {
        for (const ring of outlines[level]) {
          expect(isWithin(outlines[LEVELS[i]!], ring[0]!, ring[1]!)).toBe(true);
        }
      }
    },
  );

  test("are always the same, and differ from island to island", () => {
    const [one, other] = islands.filter(({ ids }) => ids.length === 1) as [
      ChartIsland,
      ChartIsland,
    ];
    expect(outlinesOf(one)).toEqual(outlinesOf(one));
    const moved = { ...other, x: one.x, y: one.y };
    expect(outlinesOf(moved).coast).not.toEqual(outlinesOf(one).coast);
  });
});

function crowded(count: number): ChartIsland {
  const random = seededRandom(2);
  const radius = radiusOf(count);
  const raw = Float64Array.from({ length: 2 * count }, () => normal(random));
  const ids = Array.from({ length: count }, (_, i) => `c-${i}`);
  return {
    id: "crowded",
    name: "Crowded",
    x: 10,
    y: -20,
    radius,
    tags: [],
    ids,
    ...fitAshore(raw, radius),
  };
}

function* learnwaresOf({ places, x, y }: ChartIsland) {
  for (let at = 0; at < places.length; at += 2)
    yield { x: x + places[at]!, y: y + places[at + 1]! };
}

function areaOf(ring: Float32Array): number {
  let area = 0;
  for (let at = 0, from = ring.length - 2; at < ring.length; from = at, at += 2) {
    area += ring[from]! * ring[at + 1]! - ring[at]! * ring[from + 1]!;
  }
  return area / 2;
}

/** By the even-odd rule. */
function isWithin(rings: readonly Float32Array[], x: number, y: number): boolean {
  let isIn = false;
  for (const ring of rings) {
    for (let at = 0, from = ring.length - 2; at < ring.length; from = at, at += 2) {
      const [ax, ay, bx, by] = [ring[from]!, ring[from + 1]!, ring[at]!, ring[at + 1]!];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isIn = !isIn;
    }
  }
  return isIn;
}
