import { describe, expect, test } from "vitest";

import {
  between,
  fit,
  panned,
  toChart,
  toScreen,
  zoomed,
} from "../../../../src/app/chart/viewport";

const size = { width: 800, height: 600 };
const box = { left: -100, top: -50, right: 300, bottom: 150 };
const nothing = { left: 0, top: 0, right: 0, bottom: 0 };

describe("a view of the chart", () => {
  test("shows the whole box beside what covers the canvas", () => {
    const covered = { left: 200, top: 100, right: 0, bottom: 20 };
    const view = fit(box, size, covered);
    const [left, top] = toScreen(view, size, box.left, box.top);
    const [right, bottom] = toScreen(view, size, box.right, box.bottom);
    expect(left).toBeCloseTo(200, 6);
    expect(right).toBeCloseTo(800, 6);
    expect(top).toBeGreaterThanOrEqual(100);
    expect(bottom).toBeLessThanOrEqual(580);
    expect(top - 100).toBeCloseTo(580 - bottom, 6);
  });

  test("comes nearer to what is pointed at, which stays where it is", () => {
    const whole = fit(box, size, nothing);
    const at = [123, 456] as const;
    const there = toChart(whole, size, at);
    const near = zoomed(whole, 2, at, size, whole);
    expect(near.scale).toBeCloseTo(2 * whole.scale, 9);
    toScreen(near, size, ...there).forEach((pixel, i) => expect(pixel).toBeCloseTo(at[i]!, 6));
  });

  test("comes no nearer and goes no farther than makes sense", () => {
    const whole = fit(box, size, nothing);
    const middle = [400, 300] as const;
    expect(zoomed(whole, 1e9, middle, size, whole).scale).toBe(8);
    expect(zoomed(whole, 1e-9, middle, size, whole).scale).toBeCloseTo(0.7 * whole.scale, 9);
  });

  test("never leaves the chart", () => {
    const view = fit(box, size, nothing);
    expect(panned(view, 1e6, -1e6, box)).toEqual({ x: box.left, y: box.bottom, scale: view.scale });
  });

  test("glides straight: what both ends show at a pixel stays there", () => {
    const from = { x: 0, y: 0, scale: 1 };
    const at = [650, 120] as const;
    const there = toChart(from, size, at);
    const to = zoomed(from, 3, at, size, { ...from, scale: 0.5 });
    for (const share of [0, 0.3, 0.8, 1]) {
      const view = between(from, to, share);
      toScreen(view, size, ...there).forEach((pixel, i) => expect(pixel).toBeCloseTo(at[i]!, 6));
    }
    const aside = between(from, { x: 10, y: 20, scale: 1 }, 0.5);
    expect(aside).toEqual({ x: 5, y: 10, scale: 1 });
  });
});
