import { type Matrix, pickRows } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { sampleIndices, seededRandom } from "../ground/random";
import { predictModel, rowLoss } from "./choose-model";
import type { CrossFit } from "./cross-fit";
import { pickTarget, type Target } from "./target";

/** Rows of each fold that are looked at; more tell little more. */
const MOST_ROWS = 1000;

/**
 * How much worse held-out rows are predicted when one column's cells are dealt out anew among them: the mean rise of the
 * loss over the folds.
 *
 * Source: Breiman, "Random Forests", Machine Learning 45 (2001), section 10; Fisher, Rudin, Dominici, "All Models are
 * Wrong, but Many are Useful", JMLR 20 (2019), for models of any kind.
 *
 * @param groups - Which inputs belong to one column: they are dealt out together.
 * @returns Shape [groups]; below 0 where chance made it better.
 */
export async function* permutationImportance(
  { models, folds }: Pick<CrossFit, "models" | "folds">,
  inputs: Matrix<Float32Array>,
  target: Target,
  groups: readonly (readonly number[])[],
  seed: number,
): Steps<Float64Array> {
  const rises = new Float64Array(groups.length);
  const rows = Int32Array.from(folds.keys());
  let looked = 0;
  for (const [fold, model] of models.entries()) {
    const random = seededRandom(seed + fold);
    const held = rows.filter((row) => folds[row] === fold);
    const chosen = sampleIndices(held.length, MOST_ROWS, random).map((i) => held[i]!);
    const own = pickRows(inputs, chosen);
    const truth = pickTarget(target, chosen);
    const lossOf = (of: Matrix<Float32Array>) => {
      const said = predictModel(model, of);
      return chosen.reduce((sum, _, i) => sum + rowLoss(said, truth, i), 0);
    };
    const before = lossOf(own);
    looked += chosen.length;
    for (const [g, group] of groups.entries()) {
      const order = sampleIndices(own.rows, own.rows, random);
      const data = own.data.slice();
      for (const k of group) {
        order.forEach((from, i) => (data[i * own.cols + k] = own.data[from * own.cols + k]!));
      }
      rises[g]! += lossOf({ ...own, data }) - before;
      yield { stage: "check", done: fold * groups.length + g, total: models.length * groups.length }; // prettier-ignore
    }
  }
  return rises.map((rise) => rise / looked);
}
