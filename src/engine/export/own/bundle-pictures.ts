import type { OwnModel } from "../../kinds/table/own/own-model";
import { EngineError } from "../../ground/errors";
import { exportOnnx } from "../../learnware/onnx/onnx-export";
import { exportImageModel } from "../graph/image-model";
import { PICTURE_README } from "../templates/picture-readme";
import type { ReadmeLanguage } from "../templates/readme";
import type { Bundle } from "../bundle-ensemble";

interface PictureBundle {
  /** Pictures that it learned from. */
  readonly answers: number;
  /** The file of the embedder. */
  readonly look: Uint8Array;
  /** What it is and how good, in a sentence of this language. */
  readonly sentence: string;
  readonly language: ReadmeLanguage;
}

/**
 * A model of the user's own pictures as one ONNX file, with the embedder in its graph, its classes and how to run it.
 *
 * @throws EngineError `bad_parameter` if the model takes no pictures.
 */
export function bundlePictures(
  { pictures, fitted, labels, target }: OwnModel,
  { answers, look, sentence, language }: PictureBundle,
): Bundle {
  if (!pictures) throw new EngineError("bad_parameter", "the model takes no pictures");
  const { side } = pictures;
  return new Map<string, string | Uint8Array>([
    ["README.md", PICTURE_README[language]({ sentence, side, answers })],
    ["model.onnx", exportImageModel(exportOnnx(fitted.model), look, side)],
    ["labels.json", `${JSON.stringify({ target, labels }, null, 2)}\n`],
  ]);
}
