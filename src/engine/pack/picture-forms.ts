import { EngineError } from "../ground/errors";
import type { ImageForm } from "../kinds/image/image-input";
import { LOOK } from "../kinds/image/look";
import type { InputForm } from "../learnware/model-forms";
import type { OnnxValue } from "../learnware/onnx/onnx-codec";
import type { Portion } from "./adapt-plan";

/** How bright black and white are to a model: nothing in its graph tells. */
const BRIGHTNESS = {
  /** 0 to 1. */
  unit: { range: [0, 1], mean: [0, 0, 0], std: [1, 1, 1] },
  /** 0 to 255, as files have it. */
  bytes: { range: [0, 255], mean: [0, 0, 0], std: [1, 1, 1] },
  /** −1 to 1. */
  signed: { range: [-1, 1], mean: [0, 0, 0], std: [1, 1, 1] },
  /** 0 to 1, less the mean colour of ImageNet and divided by its deviation: as models of PyTorch often take them. */
  imagenet: { range: [0, 1], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
} as const;
export type Brightness = keyof typeof BRIGHTNESS;
export const BRIGHTNESSES = Object.keys(BRIGHTNESS) as readonly Brightness[];

/** How pictures, or the embedder's vectors of them, go into a model. */
export interface PictureForm {
  /** Without the name of the input. */
  readonly form: Extract<InputForm, { type: "image" | "embedding" }>;
  /** Of a row of the new input. */
  readonly shape: readonly number[];
  /** Of what the model is given, if it is another: of a row, or of the example. */
  readonly reshaped: readonly number[] | null;
}

/**
 * @param side - Of the pictures, for a model that leaves it open.
 * @throws EngineError `bad_model` if the input is of no pictures; `bad_parameter` if it leaves open how large they are.
 */
export function pictureForm(
  { name, shape }: OnnxValue,
  portion: Portion,
  brightness: Brightness,
  side: number | null,
): PictureForm {
  const sizes = portion === "example" ? shape : shape?.slice(1);
  const row = sizes && (portion === "example" && sizes.length === 4 ? sizes.slice(1) : sizes);
  const laid = row && layoutOf(row, side);
  if (!laid) {
    const reason = `the input "${name}" [${shape?.map((size) => size ?? "?").join(", ") ?? "?"}] takes no pictures: they are [N, 1, 3 or 4, height, width], [N, height, width, 1, 3 or 4], [N, height, width], or the ${LOOK.dimension} numbers of Berth's embedder`;
    throw new EngineError("bad_model", reason);
  }
  if (laid === "vectors") {
    const { mark, dimension } = LOOK;
    const form = { type: "embedding", name: "", embedder: mark, dimension } as const;
    return { form, shape: [dimension], reshaped: portion === "example" ? [dimension] : null };
  }
  if (laid === "open") {
    const reason = `the input "${name}" takes pictures of any size: say which with --side N`;
    throw new EngineError("bad_parameter", reason);
  }
  const { channels, height, width, layout, given } = laid;
  const { range, mean, std } = BRIGHTNESS[brightness];
  const each = <T>(values: readonly [T, T, T]) =>
    Array.from({ length: channels }, (_, c) => values[channels === 1 ? 1 : Math.min(c, 2)]!);
  const form: ImageForm = {
    ...{ type: "image", name: "", channels, height, width, layout, range: [...range] },
    ...{ mean: each<number>(mean), std: each<number>(std) },
  };
  const own = layout === "NCHW" ? [channels, height, width] : [height, width, channels];
  const asGiven = portion === "example" && sizes.length === 4 ? [1, ...given] : given;
  const isSame = asGiven.length === own.length && asGiven.every((size, i) => size === own[i]);
  return { form, shape: own, reshaped: isSame && portion !== "example" ? null : asGiven };
}

interface Laid extends Pick<ImageForm, "channels" | "height" | "width" | "layout"> {
  readonly given: readonly number[];
}

function layoutOf(row: readonly (number | null)[], side: number | null) {
  const [first, second, third] = row;
  if (row.length === 1) {
    if (first === LOOK.dimension) return "vectors";
    return first ? flatPicture(first) : null;
  }
  const channelsOf = (size: number | null | undefined): ImageForm["channels"] | null =>
    size === 1 || size === 3 || size === 4 ? size : null;
  const laid = (
    channels: ImageForm["channels"],
    [tall, wide]: readonly (number | null | undefined)[],
    layout: ImageForm["layout"],
  ): Laid | "open" => {
    const [height, width] = [tall ?? side, wide ?? side];
    if (height === null || width === null) return "open";
    const all = layout === "NCHW" ? [channels, height, width] : [height, width, channels];
    return { channels, height, width, layout, given: row.length === 2 ? [height, width] : all };
  };
  if (row.length === 2) return laid(1, row, "NCHW");
  if (row.length !== 3) return null;
  const [before, behind] = [channelsOf(first), channelsOf(third)];
  if (before) return laid(before, [second, third], "NCHW");
  return behind ? laid(behind, [first, second], "NHWC") : null;
}

/** Pixels in one line: of a square, grey or in three colours. */
function flatPicture(length: number): Laid | null {
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(length / channels);
    if (Number.isInteger(side) && side > 1) {
      return { channels, height: side, width: side, layout: "NCHW", given: [length] };
    }
  }
  return null;
}
