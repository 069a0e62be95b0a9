import { describe, expect, test } from "vitest";

import { STRAIT } from "../../../../src/engine/chart/archipelago";
import { fitAshore, radiusOf } from "../../../../src/engine/chart/ashore";
import type { Chart } from "../../../../src/engine/chart/chart";
import { drawChart, type LaidOut } from "../../../../src/engine/chart/draw-chart";
import { unlikeness } from "../../../../src/engine/chart/likeness";
import { rankCorrelation } from "../../../../src/engine/chart/rank-correlation";
import { seededRandom } from "../../../../src/engine/ground/random";
import { layOut, starterSketches } from "../../../fixtures/starter-chart";

const starter = starterSketches().map((island) => layOut(island));

describe("the chart of a dock", () => {
  test("lays no island upon another, and no learnware off its island", () => {
    for (const islands of [starter, strangers(150)]) {
      const chart = drawChart(islands, null);
      expect(chart.islands.map(({ id }) => id)).toEqual(islands.map(({ id }) => id).sort());
      expectApart(chart);
      for (const { places, radius } of chart.islands) {
        for (let at = 0; at < places.length; at += 2) {
          expect(Math.hypot(places[at]!, places[at + 1]!)).toBeLessThan(0.9 * radius);
        }
      }
    }
  });

  test("is the same in whatever order the islands come", () => {
    expect(drawChart(starter.toReversed(), null)).toEqual(drawChart(starter, null));
  });

  test("lays islands near each other that share features and purposes", () => {
    const { islands } = drawChart(starter, null);
    const unlike = unlikeness(islands.map(({ id }) => starter.find((one) => one.id === id)!));
    const asked: number[] = [];
    const drawn: number[] = [];
    islands.forEach((a, i) =>
      islands.slice(0, i).forEach((b, j) => {
        asked.push(unlike.data[i * islands.length + j]!);
        drawn.push(Math.hypot(a.x - b.x, a.y - b.y));
      }),
    );
    // Four pairs of five have nothing in common, which the ranks of distances cannot be equal for; texts and pictures share no
    // feature with anything.
    expect(rankCorrelation(asked, drawn)).toBeGreaterThan(0.48);
  });

  test("joins islands with features of the same names, whatever their spelling", () => {
    const named = (id: string, features: string[]) => ({ ...strangers(1)[0]!, id, features });
    const { lanes } = drawChart(
      [named("a", ["Floor area", "year"]), named("b", ["floor_area"]), named("c", ["colour"])],
      null,
    );
    expect(lanes).toEqual([{ from: 0, to: 1, count: 1, shared: ["Floor area"] }]);
  });

  test("names waters where nothing lies", () => {
    const { waters, islands } = drawChart(starter, null);
    expect(waters.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(["Health", "Nature", "Traffic"]),
    );
    for (const { x, y } of waters) {
      for (const island of islands) {
        expect(Math.hypot(x - island.x, y - island.y)).toBeGreaterThan(island.radius);
      }
    }
  });

  test("leaves islands where they were when there is one more, and finds room for it", () => {
    const [, ...fewer] = starter;
    const before = drawChart(fewer, null);
    const after = drawChart(starter, before);
    expectApart(after);
    const was = new Map(before.islands.map((one) => [one.id, one]));
    for (const { id, x, y } of after.islands) {
      const old = was.get(id);
      if (old) expect(Math.hypot(x - old.x, y - old.y)).toBeLessThan(1e-6);
    }
  });

  test("of a dock without islands is empty", () => {
    expect(drawChart([], null)).toEqual({ islands: [], lanes: [], waters: [] });
  });

  test("pulls in what lies far out, in order", () => {
    const line = Float64Array.from(
      Array.from({ length: 100 }, (_, i) => [i < 98 ? i / 98 : (i - 97) * 40, 0]).flat(),
    );
    const { places } = fitAshore(line, 100);
    const across = Array.from({ length: 100 }, (_, i) => places[i * 2]!);
    expect(across).toEqual(across.toSorted((a, b) => a - b));
    expect(Math.max(...across)).toBeLessThan(90);
    expect(across[97]! - across[0]!).toBeGreaterThan(10);
  });
});

function expectApart({ islands }: Chart): void {
  islands.forEach((a, i) =>
    islands.slice(0, i).forEach((b) => {
      const strait = Math.hypot(a.x - b.x, a.y - b.y) - a.radius - b.radius;
      expect(strait).toBeGreaterThan(STRAIT - 1e-3);
    }),
  );
}

/** Islands of one learnware each, some of which share a feature or a tag. */
function strangers(count: number): LaidOut[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, i) => ({
    name: `Island ${i}`,
    id: `island-${String(i).padStart(3, "0")}`,
    spaceId: `space-${i}`,
    features: [`own ${i}`, `shared ${Math.floor(random() * 40)}`],
    tags: [["Health", "Traffic", "Nature"][i % 3]!],
    ids: [`learnware-${i}`],
    places: new Float32Array(2),
    radius: radiusOf(1 + Math.floor(random() * 60)),
    unit: 0,
  }));
}
