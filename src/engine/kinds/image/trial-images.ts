import { seededRandom } from "../../ground/random";
import { matrixInput, type ModelInput } from "../../learnware/model-input";
import type { ModelAbout } from "../kind";
import { imageInput } from "./image-input";
import { LOOK } from "./look";
import type { Raster } from "./pixels/raster";

const SIDE = 8;
const ROWS = 3;

/** Pictures of noise, the first and the last the same, or vectors of noise, as a model takes them. */
export function trialImages({ input, form }: ModelAbout): readonly ModelInput[] {
  const random = seededRandom(1);
  if (form?.type === "image") {
    const rasters = Array.from({ length: ROWS - 1 }, (): Raster => {
      const rgb = Uint8Array.from({ length: 3 * SIDE * SIDE }, () => 256 * random());
      return { side: SIDE, rgb };
    });
    return [imageInput([...rasters, rasters[0]!], form)];
  }
  const cols = LOOK.dimension;
  const data = Float32Array.from({ length: ROWS * cols }, random);
  data.copyWithin((ROWS - 1) * cols, 0, cols);
  return [matrixInput(input, { data, rows: ROWS, cols })];
}
