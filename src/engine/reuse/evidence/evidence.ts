import { EngineError } from "../../ground/errors";
import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { coverRows, farthestColumns, MOST_COLUMNS } from "../../search/covered-rows";
import type { CandidateSpec } from "../../specification/candidate-spec";
import type { Compute, LoadedRows } from "../../specification/kernel/compute";
import { gaussianGamma, sameKernel } from "../../specification/kernel/kernel";
import type { Specification } from "../../specification/specification";

/** How much each of n rows looks like the training data of each of m learnwares. */
export interface Evidence {
  /** Shape [n, m], in [0, 1], to be compared within a row only: the most is 1, or all are 0. */
  readonly values: Matrix<Float64Array>;
  /** Shape [n]: 1 where the row lies beyond every learnware's radius. */
  readonly far: Uint8Array;
  /** Shape [n, `MOST_COLUMNS`]: in which columns a row that is far lies farthest from what was learnt, then −1. Not of picked rows. */
  readonly farIn?: Int32Array;
}

/** Kernel means smooth: as densities they tell learnwares apart too little. Measured: 2 to 4 do about as well. */
export const SHARPNESS = 3;
/** Of a kernel mean, below which no learnware was seen to be near: single precision ends not far below. */
export const LEAST_MEAN = 1e-30;
/** Rows asked about at a time: some tens of milliseconds, and a few megabytes. */
const BLOCK_ROWS = 16_384;

/**
 * Evidence of rows: (eₘ(x) / ēₘ)³, in a pinned space to the power of 12, over the row's largest, with eₘ(x) = Σⱼ βₘⱼ k(x, zₘⱼ) a learnware's kernel mean and
 * ēₘ what it usually is; and which rows are far from every learnware.
 *
 * How near a learnware is to all the rows is for its share to say; evidence only says in which of them it is nearer than
 * usual. Cost is O(n · Σ points · d), twice.
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023 (the job
 * selector, which there is a classifier on samples drawn from the embeddings).
 *
 * @param x - Shape [n, d], on the scale of the island.
 * @param specs - m of them, all of one kernel.
 * @param usual - Shape [m]: `usualMeans` of rows that stand for all; a learnware with 0 has no evidence.
 * @throws EngineError `shape_mismatch` if a specification has other than d columns, or the rows are none.
 * @throws EngineError `bad_parameter` if the kernels differ.
 */
export async function* measureEvidence(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
  usual: Float64Array,
  sharpness = SHARPNESS,
): Steps<Evidence> {
  const values = yield* kernelMeans(compute, x, specs);
  for (let from = 0; from < values.data.length; from += values.cols) {
    const row = values.data.subarray(from, from + values.cols);
    row.forEach((mean, m) => (row[m] = usual[m]! > 0 ? mean / usual[m]! : 0));
    const most = Math.max(...row);
    if (most > 0) row.forEach((ratio, m) => (row[m] = (ratio / most) ** sharpness));
  }
  return { values, ...(await farRows(compute, x, specs)) };
}

async function farRows(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Promise<Pick<Evidence, "far" | "farIn">> {
  const { covered, spec, point } = await coverRows(compute, x, specs);
  const farIn = new Int32Array(x.rows * MOST_COLUMNS).fill(-1);
  covered.forEach((isCovered, i) => {
    if (isCovered) return;
    const { points } = specs[spec[i]!]!.rkme;
    const row = x.data.subarray(i * x.cols, (i + 1) * x.cols);
    const nearest = points.data.subarray(point[i]! * x.cols, (point[i]! + 1) * x.cols);
    farIn.set(farthestColumns(row, nearest), i * MOST_COLUMNS);
  });
  return { far: covered.map((one) => 1 - one), farIn };
}

/**
 * Each learnware's kernel mean, averaged over rows.
 *
 * @returns Shape [m], ≥ 0.
 * @throws EngineError as `measureEvidence`.
 */
export async function* usualMeans(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Steps<Float64Array> {
  const means = yield* kernelMeans(compute, x, specs);
  const usual = new Float64Array(specs.length);
  means.data.forEach((mean, at) => (usual[at % specs.length]! += mean / x.rows));
  return usual;
}

/** Shape [n, m]: 0 or at least `LEAST_MEAN`. */
async function* kernelMeans(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Steps<Matrix<Float64Array>> {
  checkSpecs(x, specs);
  const means = zeros(x.rows, specs.length);
  for (const [m, { rkme }] of specs.entries()) {
    const parts = await load(compute, rkme);
    try {
      for (let from = 0; from < x.rows; from += BLOCK_ROWS) {
        yield { stage: "match", done: m, total: specs.length };
        const to = Math.min(x.rows, from + BLOCK_ROWS);
        const block = x.data.subarray(from * x.cols, to * x.cols);
        const raised = raise({ data: block, rows: to - from, cols: x.cols }, null);
        const found = await embeddingAt(parts, raised, gaussianGamma(rkme.kernel));
        found.forEach((mean, i) => {
          means.data[(from + i) * means.cols + m] = mean >= LEAST_MEAN ? mean : 0;
        });
      }
    } finally {
      parts.forEach((part) => part.rows.dispose());
    }
  }
  return means;
}

/** Points of one sign. */
interface LoadedPart {
  readonly rows: LoadedRows;
  /** What a mean over the raised points is to be multiplied by. */
  readonly factor: number;
}

/**
 * Compute sums over loaded rows with equal weights, so points are loaded with one coordinate more, whose square is
 * −ln(β / βmax) / γ: the kernel with a row, which has 0 there, is then β / βmax · k(x, z). Weights of reduced sets
 * from elsewhere may be negative; those points are loaded apart.
 */
async function load(
  compute: Compute,
  { points, weights, kernel }: Specification,
): Promise<LoadedPart[]> {
  const parts: LoadedPart[] = [];
  for (const sign of [1, -1]) {
    const chosen = [...weights.keys()].filter((j) => sign * weights[j]! > 0);
    if (chosen.length === 0) continue;
    const largest = Math.max(...chosen.map((j) => Math.abs(weights[j]!)));
    const heights = chosen.map((j) =>
      Math.sqrt(-Math.log(Math.abs(weights[j]!) / largest) / gaussianGamma(kernel)),
    );
    const part = zeros(chosen.length, points.cols);
    chosen.forEach((j, i) => {
      part.data.set(points.data.subarray(j * points.cols, (j + 1) * points.cols), i * points.cols);
    });
    const rows = await compute.load(raise(part, heights));
    parts.push({ rows, factor: sign * largest * chosen.length });
  }
  return parts;
}

/** The kernel mean at raised rows. */
async function embeddingAt(
  parts: readonly LoadedPart[],
  rows: Matrix,
  gamma: number,
): Promise<Float64Array> {
  const sum = new Float64Array(rows.rows);
  for (const part of parts) {
    const means = await part.rows.kernelMeans(rows, gamma);
    means.forEach((mean, i) => (sum[i]! += part.factor * mean));
  }
  return sum;
}

/** Rows with one coordinate more: the given heights, or 0. */
function raise({ data, rows, cols }: Matrix, heights: readonly number[] | null) {
  const raised = new Float32Array(rows * (cols + 1));
  for (let i = 0; i < rows; i++) {
    raised.set(data.subarray(i * cols, (i + 1) * cols), i * (cols + 1));
    if (heights) raised[i * (cols + 1) + cols] = heights[i]!;
  }
  return { data: raised, rows, cols: cols + 1 };
}

/**
 * That specifications can be compared with rows, and with each other.
 *
 * @throws EngineError `shape_mismatch` or `bad_parameter`, as `measureEvidence` says.
 */
export function checkSpecs(x: Matrix, specs: readonly CandidateSpec[]): void {
  const kernel = specs[0]?.rkme.kernel;
  for (const { id, rkme } of specs) {
    if (rkme.points.cols !== x.cols) {
      throw new EngineError(
        "shape_mismatch",
        `learnware ${id} is described in ${rkme.points.cols} columns, the rows have ${x.cols}`,
      );
    }
    if (kernel !== undefined && !sameKernel(rkme.kernel, kernel)) {
      throw new EngineError("bad_parameter", `learnware ${id} is described under another kernel`);
    }
  }
}
