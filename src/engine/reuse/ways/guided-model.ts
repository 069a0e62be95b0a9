import { type LinearModel, predictLinear } from "../../learner/linear/linear-model";
import { fitRidge } from "../../learner/linear/ridge";
import { zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { CORRECTION_ALPHAS, fitClassCorrection } from "./augmenting";
import { guidedStandardiser } from "./guided-standardiser";
import { knownRows, type LabelledRows, type Reuser, required, type ReuseTask } from "../reuser";
import type { RowBlock } from "../rows/row-block";

/**
 * A linear model on the user's columns alone, in which those count more that the learnwares make more of, as
 * `guidedStandardiser` does it: what it learns of the labels is where the learnwares' own answers may be wrong, which
 * columns matter it takes from them. Penalties are chosen as in `augmentingLinear`.
 */
export const guidedModel: Reuser = {
  name: "guided_model",
  tasks: ["regression", "classification"],
  needs: ["labels", "features"],
  leastLabels: 10,
  async *fit(task) {
    const known = knownRows(task);
    const model = yield* fitGuided(known, task);
    const { cols } = required(known.features, "features");
    const [learnwares, labels] = [known.outputs.values.length, known.outputs.rows];
    return {
      formula: { kind: "own", model: { kind: "linear", model } },
      predict: ({ features }) => ({
        values: predictLinear(model, required(features, "features")),
        account: { code: "guided", columns: cols, learnwares, labels },
      }),
    };
  },
};

async function* fitGuided(known: LabelledRows, task: ReuseTask): Steps<LinearModel> {
  const featuresOf = ({ features }: RowBlock) => required(features, "features");
  const inputs = featuresOf(known);
  const { target } = known;
  const standardiser = yield* guidedStandardiser(task, featuresOf);
  if (target.task === "regression") {
    return yield* fitRidge(inputs, target, { alphas: CORRECTION_ALPHAS, standardiser });
  }
  // Of an even estimate nothing is left once all scores are compared.
  const estimate = zeros(inputs.rows, target.classes);
  return yield* fitClassCorrection(inputs, target, estimate, standardiser);
}
