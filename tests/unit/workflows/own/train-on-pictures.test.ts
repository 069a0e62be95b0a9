import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

import { nodeDecoder } from "../../../../src/cli/pictures/node-decoder";
import { openLook } from "../../../../src/cli/pictures/open-look";
import { bundlePictures } from "../../../../src/engine/export/own/bundle-pictures";
import { imageForm } from "../../../../src/engine/export/graph/image-model";
import { finish } from "../../../../src/engine/ground/finish";
import type { Matrix } from "../../../../src/engine/ground/matrix";
import { imageInput } from "../../../../src/engine/kinds/image/image-input";
import { LOOK } from "../../../../src/engine/kinds/image/look";
import type { Raster } from "../../../../src/engine/kinds/image/pixels/raster";
import { readPictures } from "../../../../src/engine/kinds/image/read/read-pictures";
import { tableOfCells } from "../../../../src/engine/kinds/table/read/table-of-cells";
import { byteTools } from "../../../../src/runtime/byte-tools";
import { openModel } from "../../../../src/runtime/models/ort-session";
import { predictPictures, trainOnPictures } from "../../../../src/workflows/own/train-on-pictures";
import { drawnShape, type Shape } from "../../../fixtures/pictures/shapes";

const CLASSES = ["disc", "bar", "ring"] as const;
const EACH = 30;
const shapes: readonly Shape[] = CLASSES.flatMap((shape) => Array<Shape>(EACH).fill(shape));

let rasters: readonly Raster[];
let vectors: Matrix<Float32Array<ArrayBuffer>>;

beforeAll(async () => {
  const files = shapes.map((shape, i) => ({
    name: `${i}.png`,
    read: async () => new Uint8Array(drawnShape(shape, 100 + i)),
  }));
  const { pictures } = await finish(readPictures(files, nodeDecoder));
  rasters = pictures.map(({ raster }) => raster);
  const look = await openLook();
  vectors = await finish(look.embed(rasters));
  await look.dispose();
}, 60_000);

/** @param labelOf - Of the picture in a row; empty where none is known. */
async function trained(labelOf: (row: number) => string) {
  const cells = shapes.map((_, i) => [`${i}.png`, labelOf(i)]);
  const { read } = await finish(tableOfCells(["file", "folder"], cells, byteTools));
  const looked = { vectors, side: rasters[0]!.side };
  return finish(trainOnPictures(read.table, looked, { target: "folder" }));
}

describe("a model of one's own pictures", () => {
  test("labels those without by those with a label, and says how good it is on what it had not seen", async () => {
    const { report, predictions, model } = await trained((row) => (row % 2 ? "" : shapes[row]!));
    expect(report).toMatchObject({ task: "classification", answers: 45, wanted: 45, lonely: 0 });
    expect(report.figures.trivial).toBeCloseTo(1 / 3, 9);
    expect(report.figures.value).toBeGreaterThan(0.8);
    expect(report.classes!.counts.map(({ rows }) => rows)).toEqual([15, 15, 15]);
    expect(report.plot.kind).toBe("calibration");
    const right = shapes.filter((shape, row) => {
      return row % 2 === 1 && model.labels[predictions.values[row]!] === shape;
    });
    expect(right.length / 45).toBeGreaterThan(0.8);
  });

  test("is no better than the most frequent label where labels say nothing of the pictures", async () => {
    const { report } = await trained((row) => (row % 7 < 3 ? "a" : "b"));
    expect(report.figures.interval[0]).toBeLessThan(report.figures.trivial);
  });

  test("takes numbers that folders are called by for classes", async () => {
    const { model } = await trained((row) => String(CLASSES.indexOf(shapes[row] as "disc")));
    expect([...model.labels].sort()).toEqual(["0", "1", "2"]);
  });

  test("is refused with fewer labels than it could learn from", async () => {
    await expect(trained((row) => (row < 19 ? shapes[row * 4]! : ""))).rejects.toMatchObject({
      code: "no_usable_rows",
      details: { reason: "few_answers" },
    });
  });

  test("says the same of pictures as one ONNX file, which holds no name of a file", async () => {
    const { model, report } = await trained((row) => shapes[row]!);
    const look = readFileSync(
      join(import.meta.dirname, "../../../../src/engine/kinds/image", LOOK.file.name),
    );
    const files = bundlePictures(model, {
      ...{ answers: report.answers, look, sentence: "Tells shapes apart.", language: "en" },
    });
    expect([...files.keys()]).toEqual(["README.md", "model.onnx", "labels.json"]);
    expect(JSON.parse(String(files.get("labels.json")))).toEqual({
      ...{ target: "folder", labels: model.labels },
    });
    expect(files.get("README.md")).toContain("Tells shapes apart.");
    const bytes = files.get("model.onnx") as Uint8Array;
    expect(Buffer.from(bytes).includes("7.png")).toBe(false);
    const here = predictPictures(model, vectors);
    const opened = await openModel(bytes);
    const { data, cols } = await opened.predict([imageInput(rasters, imageForm(rasters[0]!.side))]);
    await opened.dispose();
    const said = shapes.map((_, row) => {
      const scores = data.subarray(row * cols, (row + 1) * cols);
      return scores.indexOf(Math.max(...scores));
    });
    expect(said).toEqual([...here.values]);
    if (here.task !== "classification") throw new Error("classes were asked for");
    said.forEach((code, row) => {
      expect(data[row * cols + code]).toBeCloseTo(here.confidence[row]!, 3);
    });
  });
});
