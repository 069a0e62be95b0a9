import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openLook } from "../../../../../src/cli/pictures/open-look";
import { exportImageModel, imageForm } from "../../../../../src/engine/export/graph/image-model";
import { finish } from "../../../../../src/engine/ground/finish";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { imageInput } from "../../../../../src/engine/kinds/image/image-input";
import { LOOK } from "../../../../../src/engine/kinds/image/look";
import type { Raster } from "../../../../../src/engine/kinds/image/pixels/raster";
import {
  type LinearModel,
  predictLinear,
} from "../../../../../src/engine/learner/linear/linear-model";
import { fitStandardiser } from "../../../../../src/engine/learner/linear/standardise";
import { exportOnnx } from "../../../../../src/engine/learnware/onnx/onnx-export";
import { inspectOnnx } from "../../../../../src/engine/learnware/onnx/onnx-inspect";
import type { OpenEmbedder } from "../../../../../src/runtime/embedders/look-embedder";
import { openModel } from "../../../../../src/runtime/models/ort-session";
import { draw, rasterOf } from "../../../../fixtures/pictures/draw";

const file = readFileSync(
  join(import.meta.dirname, "../../../../../src/engine/kinds/image", LOOK.file.name),
);

let look: OpenEmbedder<Raster>;
beforeAll(async () => {
  look = await openLook();
});
afterAll(() => look.dispose());

describe("a model of images", () => {
  it.each([28, 50, 96])("sees what the embedder sees, at %i pixels", async (side) => {
    const rasters = Array.from({ length: 12 }, (_, i) => rasterOf(draw(side, side, 300 + i)));
    const vectors = await finish(look.embed(rasters));
    const random = seededRandom(side);
    const head: LinearModel = {
      task: "classification",
      features: LOOK.dimension,
      standardiser: fitStandardiser(vectors),
      weights: {
        data: Float64Array.from({ length: 3 * LOOK.dimension }, () => 0.1 * normal(random)),
        ...{ rows: 3, cols: LOOK.dimension },
      },
      intercepts: Float64Array.of(0.1, 0, -0.2),
    };
    const expected = predictLinear(head, vectors);

    const bytes = exportImageModel(exportOnnx(head), file, side);
    expect(() => inspectOnnx(bytes)).not.toThrow();
    const model = await openModel(bytes);
    const { data, cols } = await model.predict([imageInput(rasters, imageForm(side))]);
    await model.dispose();
    expect(cols).toBe(3);
    // Single precision in the graph, double in the oracle, over 243 standardised numbers.
    expected.data.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 4));
  });
});
