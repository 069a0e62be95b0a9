import type { OwnShared, OwnTrained, PinnedPoints } from "../../contracts/workers/own-plan";
import { vectorForm } from "../../engine/export/graph/image-model";
import type { Steps } from "../../engine/ground/progress";
import { describeOptions } from "../../engine/kinds/describe-options";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";
import { exportTextModel, TEXTS } from "../../engine/kinds/text/train/text-graph";
import type { Manifest } from "../../engine/learnware/manifest";
import { exportOnnx } from "../../engine/learnware/onnx/onnx-export";
import { describeRows } from "../../engine/specification/describe";
import { packPinned } from "../train/pack-pinned";
import type { BundleTools } from "./bundle-trained";
import { ownMetric } from "./own-metric";
import { wordsModelOf } from "./train-on-texts";

const LONGEST_NAME = 120;

/**
 * A model of the user's own pictures or texts as a learnware to be shared: a head that takes the embedder's vectors, or one that
 * takes texts and holds words of them.
 *
 * @param sentence - What it is and how good.
 * @throws EngineError `preflight_failed` and others if no outline of what it learned from is safe to publish; as `packPinned` does.
 */
export async function* shareClasses(
  { model, report }: OwnTrained,
  { space, book, points }: PinnedPoints,
  sentence: string,
  { compute, secret }: Pick<BundleTools, "compute" | "secret">,
): Steps<OwnShared> {
  const { target, labels } = model;
  const described = yield* describeRows(compute, points, describeOptions(space, book, secret));
  const { what, ...taking } = model.texts ? ofTexts(model) : ofPictures(model);
  const { zip } = await packPinned({
    ...{ space, described, target, labels, ...taking },
    about: {
      name: `${target} of ${what}: ${labels.join(", ")}`.slice(0, LONGEST_NAME),
      description: sentence,
      ...{ scenario: ["Others"], licence: "Others" },
      source: `Trained on ${what} of its maker's own.`,
    },
    metrics: [ownMetric(report.figures)],
  });
  return { zip, preflight: described.preflight };
}

interface Taking {
  readonly what: string;
  readonly input: Manifest["model"]["input"];
  readonly model: Uint8Array;
}

function ofPictures({ fitted }: OwnModel): Taking {
  return { what: "pictures", input: vectorForm, model: exportOnnx(fitted.model) };
}

function ofTexts(model: OwnModel): Taking {
  const input = { type: "text", name: TEXTS, form: "strings" } as const;
  return { what: "texts", input, model: exportTextModel(wordsModelOf(model)) };
}
