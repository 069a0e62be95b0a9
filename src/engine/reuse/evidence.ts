import { EngineError } from "../errors";
import type { Compute, LoadedRows } from "../kernel/compute";
import { type Matrix, zeros } from "../matrix";
import type { Steps } from "../progress";
import type { CandidateSpec } from "../search/rank";
import type { Rkme } from "../spec/rkme";

/** How much each of n rows looks like the training data of each of m learnwares. */
export interface Evidence {
  /** Shape [n, m], ≥ 0: the learnware's kernel mean at the row, in proportion to a density there. */
  readonly values: Matrix<Float64Array>;
  /** Shape [n]: 1 where the row lies beyond every learnware's radius. */
  readonly far: Uint8Array;
}

/** Rows asked about at a time: some tens of milliseconds, and a few megabytes. */
const BLOCK_ROWS = 16_384;

/**
 * Kernel evidence of rows: fₘ(x) = Σⱼ βₘⱼ k(x, zₘⱼ), and which rows are far from every learnware.
 *
 * Compute sums over loaded rows with equal weights, so the points are loaded with one coordinate more, whose
 * square is −ln(β / βmax) / gamma: the kernel with a row, which has 0 there, is then β / βmax · k(x, z).
 * Cost is O(n · Σ points · d), twice.
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023 (the job
 * selector, which there is a classifier on samples drawn from the embeddings).
 *
 * @param x - Shape [n, d], on the scale of the island.
 * @param specs - m of them, all of one gamma.
 * @throws EngineError `shape_mismatch` if a specification has other than d columns, or the rows are none.
 * @throws EngineError `bad_parameter` if the kernel widths differ.
 */
export async function* measureEvidence(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Steps<Evidence> {
  checkSpecs(x, specs);
  const values = zeros(x.rows, specs.length);
  const far = new Uint8Array(x.rows);
  const loaded: LoadedEmbedding[] = [];
  try {
    for (const { rkme } of specs) loaded.push(await load(compute, rkme));
    for (let from = 0; from < x.rows; from += BLOCK_ROWS) {
      const to = Math.min(x.rows, from + BLOCK_ROWS);
      const block = x.data.subarray(from * x.cols, to * x.cols);
      const rows = { data: block, rows: to - from, cols: x.cols };
      far.set(await farRows(compute, rows, specs), from);
      const raised = raise(rows, null);
      for (const [m, embedding] of loaded.entries()) {
        const sums = await embeddingAt(embedding, raised);
        sums.forEach((sum, i) => (values.data[(from + i) * specs.length + m] = sum));
      }
      yield { stage: "match", done: to, total: x.rows };
    }
  } finally {
    loaded.flat().forEach(({ rows }) => rows.dispose());
  }
  return { values, far };
}

/** Points of one sign. */
interface LoadedPart {
  readonly rows: LoadedRows;
  readonly gamma: number;
  /** What a mean over the raised points is to be multiplied by. */
  readonly factor: number;
}

type LoadedEmbedding = readonly LoadedPart[];

/** Weights of reduced sets from elsewhere may be negative; those points are loaded apart. */
async function load(compute: Compute, rkme: Rkme): Promise<LoadedPart[]> {
  const { points, weights, gamma } = rkme;
  const parts: LoadedPart[] = [];
  for (const sign of [1, -1]) {
    const chosen = [...weights.keys()].filter((j) => sign * weights[j]! > 0);
    if (chosen.length === 0) continue;
    const largest = Math.max(...chosen.map((j) => Math.abs(weights[j]!)));
    const heights = chosen.map((j) =>
      Math.sqrt(-Math.log(Math.abs(weights[j]!) / largest) / gamma),
    );
    const part = zeros(chosen.length, points.cols);
    chosen.forEach((j, i) => {
      part.data.set(points.data.subarray(j * points.cols, (j + 1) * points.cols), i * points.cols);
    });
    const rows = await compute.load(raise(part, heights));
    parts.push({ rows, gamma, factor: sign * largest * chosen.length });
  }
  return parts;
}

/** The kernel mean at raised rows, ≥ 0. */
async function embeddingAt(parts: LoadedEmbedding, rows: Matrix): Promise<Float64Array> {
  const sum = new Float64Array(rows.rows);
  for (const part of parts) {
    const means = await part.rows.kernelMeans(rows, part.gamma);
    means.forEach((mean, i) => (sum[i]! += part.factor * mean));
  }
  return sum.map((value) => Math.max(0, value));
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

async function farRows(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Promise<Uint8Array> {
  const far = new Uint8Array(x.rows).fill(1);
  const rows = await compute.load(x);
  try {
    for (const { rkme, radiusSquared } of specs) {
      const { squaredDistance } = await rows.nearest(rkme.points);
      squaredDistance.forEach((squared, i) => {
        if (squared <= radiusSquared) far[i] = 0;
      });
    }
  } finally {
    rows.dispose();
  }
  return far;
}

function checkSpecs(x: Matrix, specs: readonly CandidateSpec[]): void {
  const gamma = specs[0]?.rkme.gamma;
  for (const { id, rkme } of specs) {
    if (rkme.points.cols !== x.cols) {
      throw new EngineError(
        "shape_mismatch",
        `learnware ${id} is described in ${rkme.points.cols} columns, the rows have ${x.cols}`,
      );
    }
    if (rkme.gamma !== gamma) {
      throw new EngineError("bad_parameter", `kernel widths differ: ${gamma} and ${rkme.gamma}`);
    }
  }
}
