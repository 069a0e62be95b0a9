import { EngineError } from "../../ground/errors";
import type { Compute, LoadedRows } from "../../specification/kernel/compute";
import { type Matrix, pickRows, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import type { Specification } from "../../specification/specification";
import { rankScale } from "./rank-scale";
import { sameKernel } from "../../specification/kernel/kernel";
import type { CandidateSpec } from "../../specification/candidate-spec";

/** How much each of n rows looks like the training data of each of m learnwares. */
export interface Evidence {
  /** Shape [n, m], ≥ 0: each learnware's kernel mean at the row, to be compared within a row only. */
  readonly values: Matrix<Float64Array>;
  /** Shape [n]: 1 where the row lies beyond every learnware's radius. */
  readonly far: Uint8Array;
}

/** Rows asked about at a time: some tens of milliseconds, and a few megabytes. */
const BLOCK_ROWS = 16_384;
/** The learnware, by nearness to a row, that the row's kernel reaches to. */
export const REACH = 3;
/** Where points lie on top of each other, no kernel is narrower. */
export const LEAST_WIDTH = 1e-6;
/** Rows whose widths differ by less than a factor of 2^(1 / 2) share one. */
export const WIDTHS_PER_OCTAVE = 2;

/**
 * Kernel evidence of rows: eₘ(x) = Σⱼ βₘⱼ exp(−‖x − zₘⱼ‖² / h(x)), and which rows are far from every learnware.
 *
 * Distances are those on `rankScale`, and h(x) is the squared distance to the third nearest learnware's nearest point: a
 * kernel of the row's own width tells learnwares apart where they crowd as well as where they are few.
 *
 * Compute sums over loaded rows with equal weights, so the points are loaded with one coordinate more, whose
 * square is −ln(β / βmax) · h: the kernel with a row, which has 0 there, is then β / βmax · k(x, z).
 * Cost is O(n · Σ points · d), three times.
 *
 * Sources: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023 (the job
 * selector, which there is a classifier on samples drawn from the embeddings); Terrell, Scott, "Variable Kernel Density
 * Estimation", Annals of Statistics 20 (1992), for widths taken from neighbours.
 *
 * @param x - Shape [n, d], on the scale of the island.
 * @param specs - m of them, all of one kernel.
 * @throws EngineError `shape_mismatch` if a specification has other than d columns, or the rows are none.
 * @throws EngineError `bad_parameter` if the kernels differ.
 */
export async function* measureEvidence(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Steps<Evidence> {
  checkSpecs(x, specs);
  const values = zeros(x.rows, specs.length);
  const far = new Uint8Array(x.rows);
  const { embeddings, bring } = rankScale(specs);
  for (let from = 0; from < x.rows; from += BLOCK_ROWS) {
    const to = Math.min(x.rows, from + BLOCK_ROWS);
    const block = x.data.subarray(from * x.cols, to * x.cols);
    const rows = { data: block, rows: to - from, cols: x.cols };
    far.set(await farRows(compute, rows, specs), from);
    const found = await kernelMeans(compute, bring(rows), embeddings);
    values.data.set(found.data, from * specs.length);
    yield { stage: "match", done: to, total: x.rows };
  }
  return { values, far };
}

/** Shape [n, m]: each row's evidence, by a kernel of its own width. */
async function kernelMeans(
  compute: Compute,
  x: Matrix<Float32Array>,
  embeddings: readonly Specification[],
): Promise<Matrix<Float64Array>> {
  const means = zeros(x.rows, embeddings.length);
  for (const [width, rows] of rowsByWidth(await squaredDistances(compute, x, embeddings))) {
    const raised = raise(pickRows(x, rows), null);
    for (const [m, embedding] of embeddings.entries()) {
      const parts = await load(compute, embedding, 1 / width);
      try {
        const sums = await embeddingAt(parts, raised);
        rows.forEach((row, i) => (means.data[row * means.cols + m] = sums[i]!));
      } finally {
        parts.forEach((part) => part.rows.dispose());
      }
    }
  }
  return means;
}

/** Shape [n, m]: from each row to the nearest point of each embedding. */
async function squaredDistances(
  compute: Compute,
  x: Matrix<Float32Array>,
  embeddings: readonly Specification[],
): Promise<Matrix<Float64Array>> {
  const squared = zeros(x.rows, embeddings.length);
  const rows = await compute.load(x);
  try {
    for (const [m, { points }] of embeddings.entries()) {
      const { squaredDistance } = await rows.nearest(points);
      squaredDistance.forEach((one, i) => (squared.data[i * squared.cols + m] = one));
    }
  } finally {
    rows.dispose();
  }
  return squared;
}

/** Rows of about the same width together, by that width. */
function rowsByWidth({ data, rows, cols }: Matrix<Float64Array>): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < rows; i++) {
    const sorted = data.slice(i * cols, (i + 1) * cols).sort();
    const width = Math.max(LEAST_WIDTH, sorted[Math.min(REACH, cols) - 1]!);
    const step = Math.round(WIDTHS_PER_OCTAVE * Math.log2(width));
    const shared = 2 ** (step / WIDTHS_PER_OCTAVE);
    const group = groups.get(shared);
    if (group) group.push(i);
    else groups.set(shared, [i]);
  }
  return groups;
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
async function load(
  compute: Compute,
  { points, weights }: Specification,
  gamma: number,
): Promise<LoadedPart[]> {
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
