import { AppError } from "../../contracts/outcome";
import type { Space } from "../../engine/kinds/space";
import type { ReadPackage } from "../../engine/verify/read-package";
import { shapeFindings } from "../../engine/verify/run-findings";
import { ownInputs } from "../../engine/verify/trial-inputs";
import type { ModelRunner } from "./model-runner";

/** Points of its own specification that a model is run on, twice each. */
const TRIED = 4;

/**
 * Run a learnware's model as clients will: on rows like those that it was trained on. The first of the checks that somebody
 * else's learnware goes through, for those that the operator lets in.
 *
 * @param space - In the learnware's own terms.
 * @throws AppError `bad_model` and others if it cannot be run or mixes rows, `bad_input` if it gives something else than the
 *   manifest says.
 */
export async function checkRuns(
  models: Pick<ModelRunner, "run">,
  zip: Uint8Array,
  { model, rkme }: Pick<ReadPackage, "model" | "rkme">,
  space: Space,
): Promise<void> {
  const inputs = ownInputs(rkme, space, model, TRIED);
  if (!inputs) return;
  const wrong = shapeFindings(model, inputs, await models.run({ zip, inputs }));
  if (wrong) throw new AppError("bad_input", wrong.message ?? "the model does not fit");
}
