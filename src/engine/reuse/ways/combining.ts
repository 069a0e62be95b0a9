import type { Target } from "../../learner/target";
import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { solveSimplexQp } from "../../specification/reduce/simplex-qp";
import { blend } from "./blend";
import { rowLosses } from "../choose/losses";
import { type FittedReuser, knownRows, type Need, type Reuser } from "../reuser";

interface Part {
  readonly reuser: Reuser;
  /** > 0; those of all parts sum to 1. */
  readonly share: number;
}

/** Leaning on few ways costs as if each had so many more rows, its errors there its own and of the least mean loss. */
const RESTRAINT_ROWS = 30;
/** A way with less has no part. */
const LEAST_SHARE = 0.1;

/** Several ways of reuse, each learning from all labels, averaged by their shares. */
export function combining(parts: readonly Part[]): Reuser {
  const reusers = parts.map(({ reuser }) => reuser);
  const needs = new Set<Need>(["labels", ...reusers.flatMap(({ needs }) => needs)]);
  return {
    name: "combine",
    tasks: ["regression", "classification"],
    needs: [...needs],
    leastLabels: Math.max(...reusers.map(({ leastLabels }) => leastLabels)),
    async *fit(task): Steps<FittedReuser> {
      const labels = knownRows(task).outputs.rows;
      const fitted: FittedReuser[] = [];
      for (const reuser of reusers) fitted.push(yield* reuser.fit(task));
      const shares = Float64Array.from(parts, ({ share }) => share);
      const ways = parts.map(({ reuser, share }) => ({ way: reuser.name, share }));
      return {
        formula: {
          kind: "blend",
          parts: fitted.map(({ formula }, k) => ({ formula, share: shares[k]! })),
        },
        predict: (block) => ({
          values: blend(
            fitted.map((model) => model.predict(block).values),
            shares,
          ),
          account: { code: "combined", ways, labels },
        }),
      };
    },
  };
}

/**
 * Shares of several ways whose average answers labelled rows best: the w ≥ 0, Σ w = 1 of least summed loss of Σ wₖ fₖ plus
 * 30 · (least mean loss of one) · Σ wₖ² / cₖ, where c says how much each is believed in before there are answers: many rows
 * may tell more than few. Those below a tenth are left out.
 *
 * Sources: Wolpert, "Stacked Generalization", Neural Networks 5 (1992); van der Laan, Polley, Hubbard, "Super
 * Learner", Statistical Applications in Genetics and Molecular Biology 6 (2007), for weights on the simplex.
 *
 * @param heldOut - Per way: shape [n, c], predictions of rows by what learned without them.
 * @param target - n values or codes.
 * @param beliefs - Shape [ways], > 0: c. Without any rows shares are in proportion to them.
 * @returns Shape [ways]; each is 0 or at least about a tenth.
 */
export function combinationShares(
  heldOut: readonly Matrix<Float64Array>[],
  target: Target,
  beliefs: readonly number[],
): Float64Array {
  const size = heldOut.length;
  const errors = heldOut.map((values) => errorsOf(values, target));
  const gram = zeros(size, size);
  errors.forEach((a, k) =>
    errors.forEach((b, l) => {
      gram.data[k * size + l] = a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    }),
  );
  const mean = (losses: Float64Array) => total(losses) / losses.length;
  const least = Math.min(...heldOut.map((values) => mean(rowLosses(values, target))));
  beliefs.forEach((belief, k) => {
    gram.data[k * size + k]! += (RESTRAINT_ROWS * least) / belief;
  });
  const { weights } = solveSimplexQp(scaled(gram), new Float64Array(size));
  const kept = weights.map((weight) => (weight < LEAST_SHARE ? 0 : weight));
  const sum = total(kept);
  return sum > 0 ? kept.map((weight) => weight / sum) : weights;
}

/** Shape [n · c]: predictions less the truth, 1 at a row's class. */
function errorsOf({ data, cols }: Matrix<Float64Array>, target: Target): Float64Array {
  if (target.task === "regression") return data.map((value, i) => value - target.values[i]!);
  return data.map((p, at) => p - Number(target.codes[Math.floor(at / cols)] === at % cols));
}

/** With a diagonal of mean 1: the solver's own ridge is absolute. */
function scaled(gram: Matrix<Float64Array>): Matrix<Float64Array> {
  let trace = 0;
  for (let at = 0; at < gram.data.length; at += gram.cols + 1) trace += gram.data[at]!;
  const unit = trace > 0 ? trace / gram.cols : 1;
  return { ...gram, data: gram.data.map((value) => value / unit) };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
