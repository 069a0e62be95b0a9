import { describe, expect, test } from "vitest";

import {
  distanceBetween,
  Landmarks,
  type Sketched,
} from "../../../../src/engine/chart/island-layout";
import { rankCorrelation } from "../../../../src/engine/chart/rank-correlation";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { layOut, type SketchedIsland, starterSketches } from "../../../fixtures/starter-chart";

const islands = starterSketches().filter(({ sketched }) => sketched.length > 5);

/** Texts and pictures of many mixtures of classes differ in more directions than a plane has. */
const ofTables = ({ features }: SketchedIsland) => features.length > 0;

describe("the layout of an island", () => {
  test.each(islands.map((island) => [island.id, island] as const))(
    "draws those of %s near each other that are like each other",
    (_, island) => {
      const { places } = layOut(island);
      const least = ofTables(island) ? 0.93 : 0.7;
      expect(agreement(island.sketched, places)).toBeGreaterThan(least);
    },
  );

  test("is the same in whatever order the learnwares come", () => {
    const [island] = islands as [SketchedIsland];
    const back = layOut({ ...island, sketched: island.sketched.toReversed() });
    const there = placesOf(layOut(island));
    for (const [id, [x, y]] of placesOf(back)) {
      expect(Math.hypot(x - there.get(id)![0], y - there.get(id)![1])).toBeLessThan(1e-3);
    }
  });

  test("is shown exactly where the plane suffices", () => {
    const random = seededRandom(3);
    const flat = Array.from({ length: 40 }, (_, i) => ({
      id: `flat-${i}`,
      sketch: [normal(random), 0, 2 * normal(random)],
    }));
    const settled = settle(flat);
    for (const a of flat) {
      for (const b of flat) {
        const [[ax, ay], [bx, by]] = [settled.placeOf(a), settled.placeOf(b)];
        const drawn = Math.hypot(ax - bx, ay - by);
        // Majorisation ends when the stress has fallen far below what can be seen.
        expect(Math.abs(drawn - distanceBetween(a.sketch, b.sketch))).toBeLessThan(1e-4);
      }
    }
  });

  test("moves little when there is one more, least when it knows the chart before", () => {
    for (const island of islands) {
      const [, ...fewer] = island.sketched;
      const before = layOut({ ...island, sketched: fewer });
      const inUnits = new Map(
        [...placesOf(before)].map(([id, [x, y]]) => [
          id,
          [x / before.unit, y / before.unit] as const,
        ]),
      );
      // In radii, on which two neighbours lie about a fifth apart. Ten alone may turn about.
      const most = ofTables(island) ? 0.12 : 0.2;
      expect(movesOf(before, layOut(island, inUnits))).toBeLessThan(most);
      if (island.sketched.length > 30) {
        expect(movesOf(before, layOut(island))).toBeLessThan(0.06);
      }
    }
  });

  test("places those beyond the landmarks as truly as the landmarks", () => {
    const many = clouds(1200);
    const settled = settle(many);
    const some = many.filter((_, i) => i % 6 === 0);
    const places = Float32Array.from(some.flatMap((one) => [...settled.placeOf(one)]));
    expect(agreement(some, places)).toBeGreaterThan(0.85);
  });

  test("puts one alone, two, and equal ones somewhere", () => {
    const one = { id: "one", sketch: [1, 2, 3] };
    expect(settle([one]).placeOf(one)).toEqual([0, 0]);
    const other = { id: "other", sketch: [1, 2, 4] };
    const two = settle([one, other]);
    const [[ax, ay], [bx, by]] = [two.placeOf(one), two.placeOf(other)];
    expect(Math.hypot(ax - bx, ay - by)).toBeCloseTo(1, 6);
    const equal = [one, { ...one, id: "same" }, { ...one, id: "again" }];
    const settled = settle(equal);
    for (const each of equal) {
      expect(settled.placeOf(each).every((number) => Math.abs(number) < 1e-9)).toBe(true);
    }
  });
});

/** Sketches around some middles that lie apart. */
function clouds(count: number): Sketched[] {
  const random = seededRandom(11);
  const middles = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => normal(random)));
  return Array.from({ length: count }, (_, i) => ({
    id: `cloud-${i}`,
    sketch: middles[i % 7]!.map((middle) => middle + 0.15 * normal(random)),
  }));
}

function settle(sketched: readonly Sketched[]) {
  const landmarks = new Landmarks();
  for (const one of sketched) landmarks.offer(one);
  return landmarks.settle(new Map());
}

/** Rank correlation of drawn and true distances. */
function agreement(sketched: readonly Sketched[], places: Float32Array): number {
  const drawn: number[] = [];
  const real: number[] = [];
  for (let i = 0; i < sketched.length; i++) {
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [0, 1].map((axis) => places[i * 2 + axis]! - places[j * 2 + axis]!);
      drawn.push(Math.hypot(dx!, dy!));
      real.push(distanceBetween(sketched[i]!.sketch, sketched[j]!.sketch));
    }
  }
  return rankCorrelation(drawn, real);
}

/** How far any learnware moved, in radii. */
function movesOf(before: ReturnType<typeof layOut>, after: ReturnType<typeof layOut>): number {
  const was = placesOf(before);
  const moves = [...placesOf(after)].flatMap(([id, [x, y]]) => {
    const old = was.get(id);
    return old ? [Math.hypot(x - old[0], y - old[1]) / after.radius] : [];
  });
  return Math.max(...moves);
}

function placesOf({ ids, places }: ReturnType<typeof layOut>) {
  return new Map(ids.map((id, i) => [id, [places[i * 2]!, places[i * 2 + 1]!] as const]));
}
