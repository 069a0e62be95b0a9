import { pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { exportImageModel, imageForm } from "../../engine/export/graph/image-model";
import type { ImageData } from "../../engine/kinds/image/image-data";
import { imageKind } from "../../engine/kinds/image/image-kind";
import { predictLinear } from "../../engine/learner/linear/linear-model";
import { fitLogistic } from "../../engine/learner/linear/logistic";
import { exportOnnx } from "../../engine/learnware/onnx/onnx-export";
import { openBook } from "../../engine/specification/book/book";
import { describeRows } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import type { Compute } from "../../engine/specification/kernel/compute";
import { accuracyOf, packClasses, splitClasses } from "./pack-classes";
import type { TrainClassesOptions, TrainedClasses } from "./train-texts";

/** What the weights of a head are held back by: vectors have many numbers, and people few pictures. */
const PENALTY = 30;

/**
 * Make a learnware of pictures: a head on what the embedder sees, with the embedder in its graph. Otherwise as `trainTexts`.
 *
 * @param data - Pictures, placed in the space.
 * @param look - The file of the embedder.
 */
export async function* trainImages(
  compute: Compute,
  data: ImageData,
  look: Uint8Array,
  space: EmbeddingSpace,
  { target, about, answers, book, secret, seed = 0 }: TrainClassesOptions,
): Steps<TrainedClasses> {
  const { labels, learned, tested, targetOf } = splitClasses(answers, target, seed);
  const head = yield* fitLogistic(pickRows(data.vectors, learned), targetOf(learned), {
    l2: PENALTY,
  });
  const points = imageKind.points(data, { space, placed: [] });
  const described = yield* describeRows(
    compute,
    pickRows(points, learned.filter((row) => data.known[row] === 1)), // prettier-ignore
    { kernel: space.kernel, secret, book: openBook(book, space.kernel) },
  );
  const side = Math.max(...data.rasters.map((raster) => raster.side));
  const made = await packClasses({
    ...{ space, described, about, target, labels },
    input: imageForm(side),
    metrics: accuracyOf(
      predictLinear(head, pickRows(data.vectors, tested)),
      targetOf(tested),
      targetOf(learned),
    ),
    model: exportImageModel(exportOnnx(head), look, side),
  });
  return { ...made, preflight: described.preflight };
}
