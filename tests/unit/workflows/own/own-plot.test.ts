import { expect, test } from "vitest";

import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { ownPlot } from "../../../../src/workflows/own/own-plot";

test("who says what is true is right as often as he says, in every bin", () => {
  const random = seededRandom(3);
  const rows = 4000;
  const data = new Float64Array(2 * rows);
  const codes = Int32Array.from({ length: rows }, (_, row) => {
    const p = random();
    data.set([1 - p, p], 2 * row);
    return Number(random() < p);
  });
  const plot = ownPlot({ data, rows, cols: 2 }, { task: "classification", codes, classes: 2 });
  if (plot.kind !== "calibration") throw new Error("classes are calibrated");
  expect(plot.bins.map((bin) => bin.rows)).toEqual(Array(10).fill(400));
  for (const { said, right } of plot.bins) {
    // Four standard errors of a share of 400.
    expect(Math.abs(right - said)).toBeLessThan(4 * Math.sqrt((said * (1 - said)) / 400));
  }
  const said = plot.bins.map((bin) => bin.said);
  expect(said).toEqual(said.toSorted((a, b) => a - b));
  expect(said[0]).toBeGreaterThan(0.5);
});

test("residuals are answers less predictions, by how large these are", () => {
  const random = seededRandom(4);
  const rows = 2000;
  const data = Float64Array.from({ length: rows }, () => 10 * random());
  const values = data.map((said) => said + 1 + said * normal(random));
  const plot = ownPlot({ data, rows, cols: 1 }, { task: "regression", values });
  if (plot.kind !== "residuals") throw new Error("numbers have residuals");
  expect(plot.bins).toHaveLength(10);
  const [first, last] = [plot.bins[0]!, plot.bins[9]!];
  expect(last.half[1] - last.half[0]).toBeGreaterThan(5 * (first.half[1] - first.half[0]));
  for (const { said, half, most } of plot.bins) {
    // Of a normal, the middle half is 1.35 deviations wide, nine tenths 3.29; a quantile of 200 is off by some tenth.
    expect((half[1] - half[0]) / said).toBeGreaterThan(0.9);
    expect((half[1] - half[0]) / said).toBeLessThan(1.9);
    expect((most[1] - most[0]) / said).toBeGreaterThan(2.4);
    expect((most[1] - most[0]) / said).toBeLessThan(4.4);
  }
});

test("few rows are one bin", () => {
  const plot = ownPlot(
    { data: new Float64Array(15), rows: 15, cols: 1 },
    { task: "regression", values: new Float64Array(15).fill(2) },
  );
  expect(plot.bins).toMatchObject([{ rows: 15, said: 0, middle: 2 }]);
});
