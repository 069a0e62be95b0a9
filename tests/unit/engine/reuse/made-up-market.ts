import type { Target } from "../../../../src/engine/learner/target";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { alignOutputs } from "../../../../src/engine/reuse/outputs/outputs";
import type { LabelledRows } from "../../../../src/engine/reuse/reuser";
import type { RowBlock } from "../../../../src/engine/reuse/rows/row-block";

export interface MadeUpMarket {
  readonly block: RowBlock;
  readonly target: Target;
}

export interface MarketOptions {
  readonly rows: number;
  readonly seed: number;
  /** Spread of each learnware's own error, which grows with its place: the first is the best. */
  readonly error?: number;
  /** Added to what every learnware says. */
  readonly bias?: number;
  readonly learnwares?: number;
}

/**
 * Rows of four columns, y = 2x₀ + x₁x₂, and learnwares that know y up to errors of their own: each a fixed
 * slope on the columns, and noise.
 */
export function numberMarket(options: MarketOptions): MadeUpMarket {
  const { rows, bias = 0 } = options;
  const { random, data, truth, slips } = makeUp(options);
  const raw = slips.map((slip, m) => {
    const said = Float64Array.from(truth, (y, i) => y + bias + slip(i) + 0.3 * normal(random));
    return { id: String(m), labels: null, values: { data: said, rows, cols: 1 } };
  });
  return {
    block: { outputs: alignOutputs(raw), evidence: null, features: { data, rows, cols: 4 } },
    target: { task: "regression", values: truth },
  };
}

/** As `numberMarket`, cut into classes: learnwares give logits of the classes. */
export function classMarket(options: MarketOptions & { readonly classes?: number }): MadeUpMarket {
  const { rows, classes = 3 } = options;
  const { random, data, truth, slips } = makeUp(options);
  const cut = (y: number) => Math.max(0, Math.min(classes - 1, Math.floor(y + classes / 2)));
  const labels = Array.from({ length: classes }, (_, k) => `class ${k}`);
  const raw = slips.map((slip, m) => {
    const said = Float64Array.from({ length: rows * classes }, (_, at) => {
      const i = Math.floor(at / classes);
      const centre = (at % classes) + 0.5 - classes / 2;
      return -((truth[i]! + slip(i) - centre) ** 2) + 0.3 * normal(random);
    });
    return { id: String(m), labels, values: { data: said, rows, cols: classes } };
  });
  const codes = Int32Array.from(truth, cut);
  return {
    block: {
      outputs: alignOutputs(raw, labels),
      evidence: null,
      features: { data, rows, cols: 4 },
    },
    target: { task: "classification", codes, classes },
  };
}

/** The first `count` rows with their labels. */
export function labelled({ block, target }: MadeUpMarket): LabelledRows {
  return { ...block, target };
}

function makeUp({ rows, seed, error = 1, learnwares = 8 }: MarketOptions) {
  // What the learnwares are does not depend on the rows.
  const fixed = seededRandom(17);
  const slopes = Array.from({ length: learnwares }, (_, m) =>
    [0, 0, 0, 0].map(() => (error * normal(fixed) * (m + 1)) / learnwares),
  );
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: rows * 4 }, () => normal(random));
  const truth = Float64Array.from({ length: rows }, (_, i) => {
    const [a, b, c] = data.subarray(i * 4) as unknown as [number, number, number];
    return 2 * a + b * c + 0.2 * normal(random);
  });
  const slips = slopes.map(
    (slope) => (i: number) => slope.reduce((sum, s, j) => sum + s * data[i * 4 + j]!, 0),
  );
  return { random, data, truth, slips };
}
