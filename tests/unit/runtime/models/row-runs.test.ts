import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { LOOK } from "../../../../src/engine/kinds/image/look";
import { writePlanes } from "../../../../src/engine/kinds/image/pixels/planes";
import { openSession } from "../../../../src/runtime/models/ort-session";
import { runInBatches, type Session } from "../../../../src/runtime/models/row-runs";
import { draw, rasterOf } from "../../../fixtures/pictures/draw";

const look = join(import.meta.dirname, "../../../../src/engine/kinds/image", LOOK.file.name);

test("large pictures are run one by one, with the answers of all at once", async () => {
  const { large, small, output } = LOOK.graph;
  const options = { input: large.name, output };
  const session = await openSession(new Uint8Array(readFileSync(look)), options);
  const rasters = [1, 2, 3].map((seed) => rasterOf(draw(40, 30, seed)));
  const inputs = [large, small].map(({ name, side }) => {
    const size = 3 * side * side;
    const data = new Float32Array(3 * size);
    rasters.forEach((raster, i) => {
      writePlanes(raster, side, side, data.subarray(i * size, (i + 1) * size));
    });
    return { name, dims: [3, 3, side, side], data };
  });
  const runs: (number | undefined)[] = [];
  const watched: Session = {
    ...session,
    run: (some) => {
      runs.push(some[0]?.dims[0]);
      return session.run(some);
    },
  };
  const oneByOne = await runInBatches(watched, inputs);
  const together = await session.run(inputs);
  await session.release();
  expect(runs).toEqual([1, 1, 1]);
  expect([oneByOne.rows, oneByOne.cols]).toEqual([3, LOOK.dimension]);
  const worst = oneByOne.data.reduce((most, value, i) => {
    return Math.max(most, Math.abs(value - together.data[i]!));
  }, 0);
  expect(worst).toBeLessThan(1e-4);
});
