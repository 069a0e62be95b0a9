import { describe, expect, test } from "vitest";

import { harboursOf, restAt, sailingAt } from "../../../../src/app/chart/course";
import { drawChart } from "../../../../src/engine/chart/draw-chart";
import { layOut, starterSketches } from "../../../fixtures/starter-chart";

const chart = drawChart(
  starterSketches().map((island) => layOut(island)),
  null,
);

const modelsOf = (islandId: string) => chart.islands.find(({ id }) => id === islandId)!.ids.length;

describe("the course of the table on the first page", () => {
  const harbours = harboursOf(chart);

  test("calls at the islands with most models, at each among its models", () => {
    const called = harbours.map(({ islandId }) => islandId).sort();
    expect(called).toEqual(["flight-delays", "house-sales", "retail-turnover", "text-english"]);
    const fewest = Math.min(...called.map(modelsOf));
    const passed = chart.islands.filter(({ id }) => !called.includes(id));
    for (const { ids } of passed) expect(ids.length).toBeLessThanOrEqual(fewest);
    for (const { islandId, x, y, nearest } of harbours) {
      const island = chart.islands.find(({ id }) => id === islandId)!;
      expect(Math.hypot(x - island.x, y - island.y)).toBeLessThan(island.radius);
      expect(nearest).toHaveLength(5);
      for (const { id } of nearest) expect(island.ids).toContain(id);
    }
  });

  test("begins joined to its nearest, which is the picture that stands still", () => {
    expect(sailingAt(harbours, 0)).toEqual({ ...harbours[0], joined: 1 });
  });

  test("is smooth, and comes to every harbour", () => {
    const called = new Set<string>();
    let last = sailingAt(harbours, 0)!;
    for (let ms = 16; ms < 60_000; ms += 16) {
      const now = sailingAt(harbours, ms)!;
      // In units of the chart: islands lie some hundreds apart, and it takes seconds from one to the next.
      expect(Math.hypot(now.x - last.x, now.y - last.y)).toBeLessThan(8);
      expect(Math.abs(now.joined - last.joined)).toBeLessThan(0.06);
      if (now.joined === 1) called.add(now.islandId);
      last = now;
    }
    expect(called.size).toBe(4);
  });

  test("knows for how long it rests, and moves right before and after", () => {
    const rest = restAt(0);
    expect(rest).toBeGreaterThan(3000);
    expect(sailingAt(harbours, rest)).toEqual(sailingAt(harbours, 0));
    expect(sailingAt(harbours, rest + 50)).not.toEqual(sailingAt(harbours, 0));
    let [resting, picture] = [0, ""];
    for (let ms = 0; ms < 60_000; ms += 100) {
      if (restAt(ms) === 0) continue;
      resting++;
      const now = JSON.stringify(sailingAt(harbours, ms));
      if (restAt(ms - 100) > 100) expect(now).toBe(picture);
      picture = now;
    }
    expect(resting / 600).toBeCloseTo(0.3, 1);
  });

  test("stays where there is one harbour, and is nowhere without any", () => {
    expect(sailingAt(harbours.slice(0, 1), 12_345)).toMatchObject({ joined: 1 });
    expect(sailingAt([], 0)).toBeNull();
  });
});
