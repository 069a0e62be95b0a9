import { describe, expect, test } from "vitest";

import { stratifiedFolds } from "../../../../src/engine/learner/folds";
import { minimiseLogLoss } from "../../../../src/engine/learner/linear/logistic";
import { ridgeByLeaveOneOut } from "../../../../src/engine/learner/linear/ridge";
import { fromRows } from "../../../../src/engine/ground/matrix";
import { readGolden } from "../../../fixtures/golden/read-golden";
import { finish } from "../../../../src/engine/ground/finish";

/** What scikit-learn 1.2.1 makes of [X | outputs]. */
interface Case {
  readonly name: string;
  readonly X_train: number[][];
  readonly y_train: number[];
  readonly preds_train: readonly (readonly (number | number[])[])[];
}

interface RidgeCase extends Case {
  readonly mode: "regression";
  readonly alphas: number[];
  readonly alpha: number;
  readonly coef: number[];
  readonly intercept: number;
  readonly loo_mse_per_alpha: number[];
}

interface LogisticCase extends Case {
  readonly mode: "classification";
  readonly coef: number[][];
  readonly intercept: number[];
  readonly Cs: number[];
  readonly C: [number];
  readonly classes: number[];
  readonly fold_scores: Readonly<Record<string, number[][]>>;
}

const { cases } = readGolden("feature_augment") as {
  readonly cases: readonly (RidgeCase | LogisticCase)[];
};

function augmented({ X_train, preds_train }: Case): number[][] {
  return X_train.map((row, i) => [...row, ...preds_train.flatMap((rows) => rows[i]!)]);
}

describe("ridgeByLeaveOneOut", () => {
  test.for(cases.filter((one) => one.mode === "regression"))("agrees on $name", async (golden) => {
    const y = Float64Array.from(golden.y_train);
    const x = fromRows(augmented(golden));
    const fit = await finish(ridgeByLeaveOneOut(x, y, golden.alphas));
    expect(fit.alpha).toBe(golden.alpha);
    expect(Math.abs(fit.intercept - golden.intercept)).toBeLessThan(1e-8);
    golden.coef.forEach((weight, j) => {
      expect(Math.abs(fit.weights[j]! - weight)).toBeLessThan(1e-8);
    });
    golden.loo_mse_per_alpha.forEach((error, a) => {
      expect(Math.abs(fit.errors[a]! - error)).toBeLessThan(1e-8);
    });
  });
});

/** Two classes are one sigmoid there, whose weight is the difference of two here: half the penalty on each. */
const penalty = (c: number, classes: number) => (classes === 2 ? 2 : 1) / c;

describe("minimiseLogLoss", () => {
  const found = cases.filter((one) => one.mode === "classification");

  test.for(found)("agrees on $name at the penalty chosen there", async (golden) => {
    const classes = golden.classes.length;
    const target = {
      task: "classification",
      codes: Int32Array.from(golden.y_train),
      classes,
    } as const;
    const x = fromRows(augmented(golden));
    const { weights, intercepts } = await finish(
      minimiseLogLoss(x, target, { l2: penalty(golden.C[0], classes), maxSteps: 1000 }),
    );
    const of = (row: number, j: number) => weights.data[row * x.cols + j]!;
    golden.coef.forEach((row, k) => {
      const [shift, ...differences] =
        classes === 2
          ? [intercepts[1]! - intercepts[0]!, ...row.map((_, j) => of(1, j) - of(0, j))]
          : [intercepts[k]!, ...row.map((_, j) => of(k, j))];
      // The reference's own solver stops at a gradient of 1e-4.
      expect(Math.abs(shift - golden.intercept[k]!)).toBeLessThan(5e-3);
      differences.forEach((weight, j) => {
        expect(Math.abs(weight - row[j]!)).toBeLessThan(5e-3);
      });
    });
  });

  test.for(found)("scores the same folds of $name as there", async (golden) => {
    const classes = golden.classes.length;
    const codes = Int32Array.from(golden.y_train);
    const folds = stratifiedFolds(codes, 5);
    const x = augmented(golden);
    for (const [c, strength] of golden.Cs.entries()) {
      for (let fold = 0; fold < 5; fold++) {
        const fitted = x.filter((_, i) => folds[i] !== fold);
        const target = {
          task: "classification",
          codes: codes.filter((_, i) => folds[i] !== fold),
          classes,
        } as const;
        const { weights, intercepts } = await finish(
          minimiseLogLoss(fromRows(fitted), target, { l2: penalty(strength, classes) }),
        );
        const score = (row: number[], k: number) =>
          row.reduce(
            (sum, value, j) => sum + value * weights.data[k * row.length + j]!,
            intercepts[k]!,
          );
        const right = x.map((row, i) => {
          const scores = golden.classes.map((_, k) => score(row, k));
          return scores.indexOf(Math.max(...scores)) === codes[i] ? 1 : 0;
        });
        const judged = right.filter((_, i) => folds[i] === fold);
        const accuracy = judged.reduce<number>((sum, one) => sum + one, 0) / judged.length;
        const expected = Object.values(golden.fold_scores)[0]![fold]![c]!;
        // At most one row, whose classes are next to equally probable, falls to the other side.
        expect(Math.abs(accuracy - expected)).toBeLessThan(1.5 / judged.length);
      }
    }
  });
});

test("stratified folds hold as many of each class as can be, in the order of the rows", () => {
  const codes = Int32Array.of(1, 1, 0, 1, 0, 1, 0, 1);
  expect([...stratifiedFolds(codes, 2)]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
});
