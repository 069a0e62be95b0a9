import type { LearnwarePackage } from "../learnware/package";
import type { FittedWay } from "../reuse/predict/predict-rows";
import type { Bundle } from "./bundle-ensemble";
import { exportTextEnsemble } from "./graph/export-ensemble";
import type { ReadmeLanguage } from "./templates/readme";
import { TEXT_WAY_README } from "./templates/text-readme";

interface TextWay {
  /** From `fitWay` or `predictRows`, of learnwares that take texts. */
  readonly way: FittedWay;
  /** The package of a learnware, by id. */
  readonly packageOf: (id: string) => LearnwarePackage;
  /** How it predicts, in a sentence of this language. */
  readonly sentence: string;
  readonly language: ReadmeLanguage;
}

/**
 * What predicts texts in this way, as one ONNX file that takes strings, its classes and how to run it.
 *
 * @throws EngineError as `exportTextEnsemble`.
 */
export function bundleTextWay({ way, packageOf, sentence, language }: TextWay): Bundle {
  const { prepared, isUsed } = way;
  const { model, labels } = exportTextEnsemble(way, (id) => packageOf(id).model);
  const parts = prepared.learnwares
    .filter((_, m) => isUsed[m])
    .map(({ id }) => {
      const { manifest, semantic } = packageOf(id);
      return { name: manifest.name, description: semantic.Description.Values };
    });
  const { target } = prepared.learnwares[0]!.about;
  return new Map<string, string | Uint8Array>([
    ["README.md", TEXT_WAY_README[language]({ sentence, parts, labels: prepared.task.known?.outputs.rows ?? 0 })], // prettier-ignore
    ["model.onnx", model],
    ["labels.json", `${JSON.stringify({ target, labels }, null, 2)}\n`],
  ]);
}
