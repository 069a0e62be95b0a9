import type { BundleWords } from "../../contracts/workers/reuse-plan";
import type { Bundle } from "../../engine/export/bundle-ensemble";
import { TEXT_README } from "../../engine/export/templates/text-readme";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";
import { exportTextModel } from "../../engine/kinds/text/train/text-graph";
import { wordsModelOf } from "./train-on-texts";

/**
 * A model of the user's own texts as one ONNX file, its classes and how to run it.
 *
 * @param answers - Texts that it learned from.
 * @throws EngineError `no_usable_rows` if the model takes no texts.
 */
export function bundleTexts(
  model: OwnModel,
  answers: number,
  { sentence, language }: BundleWords,
): Bundle {
  const { target, labels } = model;
  const words = wordsModelOf(model);
  return new Map<string, string | Uint8Array>([
    ["README.md", TEXT_README[language]({ sentence, answers, words: words.words.length })],
    ["model.onnx", exportTextModel(words)],
    ["labels.json", `${JSON.stringify({ target, labels }, null, 2)}\n`],
  ]);
}
