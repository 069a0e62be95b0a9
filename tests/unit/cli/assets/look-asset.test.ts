import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { FlatTable } from "../../../../src/cli/assets/flat-table";
import { openLook } from "../../../../src/cli/pictures/open-look";
import { finish } from "../../../../src/engine/ground/finish";
import { LOOK } from "../../../../src/engine/kinds/image/look";
import { planesOf } from "../../../../src/engine/kinds/image/pixels/planes";
import type { Raster } from "../../../../src/engine/kinds/image/pixels/raster";
import { inspectOnnx } from "../../../../src/engine/learnware/onnx/onnx-inspect";
import type { OpenEmbedder } from "../../../../src/runtime/embedders/look-embedder";
import { draw, rasterOf } from "../../../fixtures/pictures/draw";

const file = readFileSync(
  join(import.meta.dirname, "../../../../src/engine/kinds/image", LOOK.file.name),
);

describe("the file of the embedder of pictures", () => {
  it("is the one that is recorded", () => {
    expect(file.length).toBe(LOOK.file.bytes);
    expect(createHash("sha256").update(file).digest("hex")).toBe(LOOK.mark.sha256);
  });

  it("holds only what a model of a learnware may hold, which can therefore carry it", () => {
    expect(inspectOnnx(file).operators).toContain("AveragePool");
  });
});

/** The 179 numbers of shape and colour, worked out pixel by pixel. */
function shapeAndColourPlainly(x: Float32Array): number[] {
  const at = (c: number, row: number, column: number) => x[(c * 32 + row) * 32 + column]! / 255;
  const grey = (row: number, column: number) =>
    [0, 1, 2].reduce((sum, c) => sum + at(c, row, column), 0) / 3;
  const inside = (i: number) => Math.min(31, Math.max(0, i));
  const cells = Array.from({ length: 16 }, (_, cell) => ({
    shape: new Float64Array(8),
    colour: new Float64Array(3),
    top: 8 * (cell >> 2),
    left: 8 * (cell & 3),
  }));
  const near = Math.cos(Math.PI / 8);
  for (const { shape, colour, top, left } of cells) {
    for (let row = top; row < top + 8; row++) {
      for (let column = left; column < left + 8; column++) {
        const across = grey(row, inside(column + 1)) - grey(row, inside(column - 1));
        const down = grey(inside(row + 1), column) - grey(inside(row - 1), column);
        const strength = Math.sqrt(across ** 2 + down ** 2 + 1e-12);
        for (let k = 0; k < 8; k++) {
          const angle = (k * Math.PI) / 8;
          const along = Math.abs(across * Math.cos(angle) + down * Math.sin(angle));
          shape[k]! += Math.max(0, along - near * strength) / (1 - near) / 64;
        }
        for (let c = 0; c < 3; c++) colour[c]! += at(c, row, column) / 64;
      }
    }
  }
  const shapes = cells.map(({ shape }) => {
    const norm = Math.hypot(...shape) + 0.02;
    return shape.map((value) => Math.min(0.4, value / norm));
  });
  const deviations = [0, 1, 2].map((c) => {
    const values = Array.from(x.subarray(c * 1024, (c + 1) * 1024), (value) => value / 255);
    const mean = values.reduce((sum, value) => sum + value, 0) / 1024;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 1023);
  });
  return [
    ...Array.from({ length: 8 }, (_, k) => shapes.map((shape) => shape[k]!)).flat(),
    ...[0, 1, 2].flatMap((c) => cells.map(({ colour }) => colour[c]!)),
    ...deviations,
  ];
}

describe("the graph of shape and colour", () => {
  let look: OpenEmbedder<Raster>;
  beforeAll(async () => {
    look = await openLook();
  });
  afterAll(() => look.dispose());

  it("gives what is worked out pixel by pixel", async () => {
    const raster = rasterOf(draw(90, 70, 21));
    const { data } = await finish(look.embed([raster]));
    const plain = shapeAndColourPlainly(planesOf(raster, 32, 32));
    expect(plain).toHaveLength(179);
    // Sums of 64 and 1024 numbers of about 1 in single precision.
    plain.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 4));
  });
});

describe("a FlatBuffer", () => {
  /** A table of four fields: a byte, nothing, a text, and a list of two numbers. */
  const bytes = Uint8Array.from([
    ...[16, 0, 0, 0], // Where the table is.
    ...[12, 0, 16, 0, 4, 0, 0, 0, 8, 0, 12, 0], // Its fields: length, size, and where each lies in it.
    ...[12, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 12, 0, 0, 0], // How far back its fields are, and what they hold.
    ...[2, 0, 0, 0, 104, 105, 0, 0], // hi
    ...[2, 0, 0, 0, 5, 0, 0, 0, 255, 255, 255, 255],
  ]);
  const table = FlatTable.root(bytes);

  it("is read field by field", () => {
    expect(table.byte(0)).toBe(7);
    expect(table.text(2)).toBe("hi");
    expect(table.integers(3)).toEqual([5, -1]);
  });

  it("has defaults for what is left out or newer than the file", () => {
    expect([table.integer(1), table.byte(9), table.table(9), table.tables(9)]).toEqual([
      ...[0, 0, null, []],
    ]);
  });
});
