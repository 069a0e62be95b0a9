import { AppError } from "../../contracts/outcome";
import type { Space } from "../../engine/kinds/space";
import { kindOf } from "../../engine/kinds/index";
import type { Specification } from "../../engine/specification/specification";
import type { ModelRunner } from "./model-runner";
import type { ReadPackage } from "./package-checks";

/** Points of its own specification that a model is run on, twice each. */
const TRIED = 4;

/**
 * Run a learnware's model as clients will: on rows like those that it was trained on.
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
  const few = firstOf(rkme, TRIED);
  const { packaging } = kindOf(space);
  const inputsOf = packaging.probes?.(few, few, space).inputs ?? packaging.trial;
  if (!inputsOf) return;
  const inputs = inputsOf(model);
  const { cols } = await models.run({ zip, inputs });
  const wanted = Math.max(1, model.labels.length);
  if (cols === wanted) return;
  throw new AppError(
    "bad_input",
    `the model gives ${cols} numbers for each row, its manifest ${wanted === 1 ? "tells of 1" : `has ${wanted} classes`}`,
  );
}

function firstOf(rkme: Specification, most: number): Specification {
  const { data, cols } = rkme.points;
  const rows = Math.min(most, rkme.points.rows);
  const points = { data: data.slice(0, rows * cols), rows, cols };
  return { ...rkme, points, weights: rkme.weights.slice(0, rows) };
}
