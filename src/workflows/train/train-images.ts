import { pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { exportImageModel, imageForm, vectorForm } from "../../engine/export/graph/image-model";
import type { ImageData } from "../../engine/kinds/image/image-data";
import { describeOptions } from "../../engine/kinds/describe-options";
import { imageKind } from "../../engine/kinds/image/image-kind";
import { predictLinear } from "../../engine/learner/linear/linear-model";
import { accuracyOf } from "../../engine/verify/measure";
import { exportOnnx } from "../../engine/learnware/onnx/onnx-export";
import { describeRows } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import type { Compute } from "../../engine/specification/kernel/compute";
import { fitImageHead } from "./image-head";
import { packPinned, splitClasses } from "./pack-pinned";
import type { TrainClassesOptions, TrainedClasses } from "./train-texts";

/**
 * Make a learnware of pictures: a head on what the embedder sees, with the embedder in its graph. Otherwise as `trainTexts`.
 *
 * @param data - Pictures, placed in the space.
 * @param look - The file of the embedder; null if the model is to take the embedder's vectors, of which Berth has its own.
 */
export async function* trainImages(
  compute: Compute,
  data: ImageData,
  look: Uint8Array | null,
  space: EmbeddingSpace,
  { target, about, answers, book, secret, seed = 0 }: TrainClassesOptions,
): Steps<TrainedClasses> {
  const { labels, learned, tested, targetOf } = splitClasses(answers, target, seed);
  const head = yield* fitImageHead(pickRows(data.vectors, learned), targetOf(learned));
  const points = imageKind.points(data, { space, placed: [] });
  const described = yield* describeRows(
    compute,
    pickRows(points, learned.filter((row) => data.known[row] === 1)), // prettier-ignore
    describeOptions(space, book, secret),
  );
  const side = Math.max(...data.rasters.map((raster) => raster.side));
  const model = exportOnnx(head);
  const made = await packPinned({
    ...{ space, described, about, target, labels },
    input: look ? imageForm(side) : vectorForm,
    metrics: accuracyOf(
      predictLinear(head, pickRows(data.vectors, tested)),
      targetOf(tested),
      targetOf(learned),
    ),
    model: look ? exportImageModel(model, look, side) : model,
  });
  return { ...made, preflight: described.preflight };
}
