import { type FittedModel, fitModel, predictModel } from "../../learner/choose-model";
import type { Steps } from "../../ground/progress";
import { knownRows, type LabelledRows, type Reuser, required } from "../reuser";

/** Labelled rows below which trees are not tried; nor with fewer than there are columns. */
const LEAST_ROWS_FOR_TREES = 100;

/**
 * What the user could do without any learnware: ridge or logistic regression on the labelled rows, and from 100 on
 * boosted trees where these are better on a fifth of the rows set aside, unless there are more columns than rows.
 */
export const ownModel: Reuser = {
  name: "own_model",
  tasks: ["regression", "classification"],
  needs: ["labels", "features"],
  leastLabels: 10,
  async *fit(task) {
    const known = knownRows(task);
    const model = yield* fitOwn(known);
    const columns = required(known.features, "features").cols;
    return {
      formula: { kind: "own", model },
      predict: ({ features }) => ({
        values: predictModel(model, required(features, "features")),
        account: { code: "own_model", learner: model.kind, columns, labels: known.outputs.rows },
      }),
    };
  },
};

function fitOwn({ features, target, outputs }: LabelledRows): Steps<FittedModel> {
  const inputs = required(features, "features");
  const forTrees = Math.max(LEAST_ROWS_FOR_TREES, inputs.cols);
  return fitModel(inputs, target, outputs.rows < forTrees ? "linear" : "auto");
}
