import { describe, expect, test } from "vitest";

import { placeLabels } from "../../../../src/app/chart/labels";
import { drawChart } from "../../../../src/engine/chart/draw-chart";
import { layOut, starterSketches } from "../../../fixtures/starter-chart";

const chart = drawChart(
  starterSketches().map((island) => layOut(island)),
  null,
);
const words = {
  models: (count: number) => `${count} models`,
  water: (tag: string) => tag,
  islandName: (name: string) => name,
};
const widthOf = (text: string) => 8 * text.length;

describe("names on the chart", () => {
  const size = { width: 1000, height: 760 };

  test.each([0.2, 0.6, 1, 3])("never lie upon each other or over the edge, at %f", (scale) => {
    const labels = placeLabels(chart, { x: 0, y: 0, scale }, size, words, widthOf);
    const boxes = labels.map(({ text, note, x, y, kind }) => {
      const half = widthOf(text) / 2;
      const height = kind === "water" ? 22 : note === null ? 18 : 33;
      return { left: x - half, right: x + half, top: y, bottom: y + height };
    });
    for (const [i, a] of boxes.entries()) {
      expect(a.left >= 0 && a.top >= 0 && a.right <= 1000 && a.bottom <= 760).toBe(true);
      for (const b of boxes.slice(0, i)) {
        const isApart =
          a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(isApart).toBe(true);
      }
    }
  });

  test("are all there where there is room, with how many models", () => {
    const labels = placeLabels(
      chart,
      { x: 0, y: 0, scale: 1 },
      { width: 2400, height: 1800 },
      words,
      widthOf,
    );
    const names = labels.filter(({ kind }) => kind === "island").map(({ text }) => text);
    expect(names.sort()).toEqual(chart.islands.map(({ name }) => name).sort());
    expect(labels.find(({ text }) => text === "House sales")!.note).toBe("55 models");
    expect(labels.find(({ text }) => text === "Abalone")!.note).toBeNull();
  });

  test("of the largest islands stay where only some have room", () => {
    const labels = placeLabels(
      chart,
      { x: 0, y: 0, scale: 0.25 },
      { width: 300, height: 220 },
      words,
      widthOf,
    );
    const names = labels.filter(({ kind }) => kind === "island").map(({ text }) => text);
    const radii = names.map((name) => chart.islands.find((one) => one.name === name)!.radius);
    expect(radii).toEqual(radii.toSorted((a, b) => b - a));
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThan(chart.islands.length);
  });
});
