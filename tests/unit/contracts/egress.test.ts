import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { finish } from "../../../src/engine/ground/finish";
import { Requirement } from "../../../src/contracts/http/dock-api";
import { fromWire, toWire } from "../../../src/contracts/wire/wire-rkme";
import { sketchFromWire, sketchRequirement } from "../../../src/contracts/wire/wire-sketch";
import { medianGamma } from "../../../src/engine/specification/kernel/bandwidth";
import { sketchOf } from "../../../src/engine/specification/kernel/random-features";
import type { Matrix } from "../../../src/engine/ground/matrix";
import {
  ON_FEATURES,
  privateSketch,
} from "../../../src/engine/specification/publish/differential-privacy/private-sketch";
import { normal, seededRandom } from "../../../src/engine/ground/random";
import { islandFeatures } from "../../../src/engine/search/sketches/island-features";
import { describeRows } from "../../../src/engine/specification/describe";
import { WasmCompute } from "../../../src/runtime/compute/wasm/wasm-compute";
import { seededBytes } from "../../fixtures/random-bytes";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";
import { secretOf } from "../../fixtures/secret";

const table = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  rows: fc.integer({ min: 40, max: 200 }),
  cols: fc.integer({ min: 2, max: 6 }),
});

/** Rows of numbers with many digits, one of them far from all others. */
function rowsOf({ seed, rows, cols }: { seed: number; rows: number; cols: number }) {
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: rows * cols }, () => normal(random));
  data.fill(8, 0, cols);
  return { data, rows, cols };
}

/** Whether some row is found among consecutive numbers, each to six digits. */
function showsRow(numbers: ArrayLike<number>, { data, rows, cols }: Matrix<Float32Array>): boolean {
  for (let i = 0; i < rows; i++) {
    for (let at = 0; at + cols <= numbers.length; at++) {
      let k = 0;
      while (k < cols && Math.abs(numbers[at + k]! - data[i * cols + k]!) < 1e-6) k++;
      if (k === cols) return true;
    }
  }
  return false;
}

const space = { id: "houses", version: 1 };

describe("what leaves the tab", () => {
  test("shows a row that is put into it, so the search for rows works", () => {
    const x = rowsOf({ seed: 1, rows: 40, cols: 3 });
    expect(showsRow([0.5, ...x.data.subarray(30, 33), 2], x)).toBe(true);
  });

  test("holds no row of the table as a reduced set", async () => {
    const compute = await WasmCompute.create();
    await fc.assert(
      fc.asyncProperty(table, async (shape) => {
        const x = rowsOf(shape);
        try {
          const described = await finish(
            describeRows(compute, x, {
              kernel: gaussianKernel(medianGamma(x)),
              secret: secretOf(1),
            }),
          );
          const specification = toWire(described.rkme);
          const sent = Requirement.parse(overTheWire({ form: "reduced", space, specification }));
          if (sent.form !== "reduced") throw new Error("another requirement was sent");
          const { points, weights, rowCount } = fromWire(sent.specification);
          expect(showsRow(points.data, x)).toBe(false);
          expect(showsRow(weights, x)).toBe(false);
          expect(String(rowCount)).toMatch(/^\d{1,2}0*$/);
        } catch (error) {
          expect(error).toMatchObject({ code: "preflight_failed" });
        }
      }),
      { numRuns: 15 },
    );
  });

  test("holds no row of the table, and no feature of one, as a private sketch", () => {
    fc.assert(
      fc.property(table, (shape) => {
        const x = rowsOf(shape);
        const features = islandFeatures(
          { id: "a", version: 1, kernel: gaussianKernel(0.2) },
          x.cols,
        );
        const made = { rowCount: x.rows, epsilon: 1, delta: 1e-5 };
        const exact = sketchOf(x, null, features);
        const sketch = privateSketch(exact, {
          ...made,
          kind: ON_FEATURES,
          random: seededBytes(shape.seed),
        });
        const sent = Requirement.parse(overTheWire(sketchRequirement({ ...made, sketch }, space)));
        if (sent.form !== "private") throw new Error("another requirement was sent");
        const numbers = sketchFromWire(sent.sketch, features.count);
        expect(Object.keys(sent).sort()).toEqual([
          "delta",
          "epsilon",
          "form",
          "rowCount",
          "sketch",
          "space",
        ]);
        expect(showsRow(numbers, x)).toBe(false);
        expect(String(sent.rowCount)).toMatch(/^\d{1,2}0*$/);
        // Of one number in a hundred or so the noise is small.
        const kept = exact.filter((value, i) => Math.abs(value - numbers[i]!) < 1e-6);
        expect(kept.length).toBeLessThan(5);
      }),
      { numRuns: 30 },
    );
  });
});

function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
