import type { InputForm } from "../../learnware/model-forms";
import type { ModelInput } from "../../learnware/model-input";
import { writePlanes } from "./pixels/planes";
import type { Raster } from "./pixels/raster";

/** Pictures as a model takes them. */
export type ImageForm = Extract<InputForm, { type: "image" }>;

/** How bright red, green and blue are to the eye: ITU-R BT.601, as Pillow makes grey of colours. */
const BRIGHTNESS = [0.299, 0.587, 0.114] as const;
/** Where a model takes a fourth channel, pictures are opaque. */
const OPAQUE = 255;

/**
 * Pictures resized, scaled and laid out as a manifest says: (low + (high − low) · v / 255 − mean) / std for v from 0 to 255.
 *
 * @param form - One channel is grey; three are red, green and blue; a fourth is opacity.
 * @returns Shape [n, channels, height, width] or [n, height, width, channels].
 */
export function imageInput(rasters: readonly Raster[], form: ImageForm): ModelInput {
  const { name, channels, height, width, layout } = form;
  const area = height * width;
  const planes = new Float32Array(3 * area);
  const data = new Float32Array(rasters.length * channels * area);
  const [channelStep, pixelStep] = layout === "NCHW" ? [area, 1] : [1, channels];
  rasters.forEach((raster, n) => {
    writePlanes(raster, width, height, planes);
    for (let c = 0; c < channels; c++) {
      const { factor, offset } = scaleOf(form, c);
      let at = n * channels * area + c * channelStep;
      for (let i = 0; i < area; i++, at += pixelStep) {
        data[at] = factor * valueOf(planes, area, channels, c, i) + offset;
      }
    }
  });
  const shape = layout === "NCHW" ? [channels, height, width] : [height, width, channels];
  return { name, dims: [rasters.length, ...shape], data };
}

function scaleOf({ range: [low, high], mean, std }: ImageForm, channel: number) {
  const deviation = std[channel]!;
  return { factor: (high - low) / 255 / deviation, offset: (low - mean[channel]!) / deviation };
}

/** One pixel of a channel, 0 to 255. */
function valueOf(
  planes: Float32Array,
  area: number,
  channels: number,
  channel: number,
  pixel: number,
): number {
  if (channel === 3) return OPAQUE;
  if (channels > 1) return planes[channel * area + pixel]!;
  return BRIGHTNESS.reduce((sum, share, c) => sum + share * planes[c * area + pixel]!, 0);
}
