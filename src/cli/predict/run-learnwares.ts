import { inspectOnnx } from "../../engine/learnware/onnx/onnx-inspect";
import { type LearnwarePackage, openLearnware } from "../../engine/learnware/package";
import { type RunnableModel, runnableModel } from "../../engine/learnware/runnable-model";
import { type Matrix, stackRows } from "../../engine/ground/matrix";
import type { RunnableLearnware } from "../../engine/reuse/predict/learnware-run";
import type { ModelPool } from "../../runtime/models/model-pool";
import type { OrtModel } from "../../runtime/models/ort-session";
import type { Candidate } from "./find-learnwares";

export interface OpenedLearnware extends RunnableLearnware {
  readonly name: string;
  readonly package: LearnwarePackage;
}

/** Rows below which spreading a model over threads costs more than it gains. */
const LEAST_ROWS_PER_PART = 1000;

/**
 * A learnware whose model runs in the pool, opened when it is first asked.
 *
 * @param parts - Into how many the rows are split, for so many threads.
 * @throws EngineError `bad_package` and others if the zip cannot be read.
 * @throws AppError if it cannot be fetched.
 */
export async function openCandidate(
  { id, name, spec, fetchZip }: Candidate,
  pool: ModelPool,
  parts: number,
): Promise<OpenedLearnware> {
  const learnware = await openLearnware(await fetchZip());
  const about = runnableModel(learnware.manifest);
  let model: Promise<OrtModel> | null = null;
  return {
    ...{ id, name, spec, share: null, about, package: learnware },
    run: async (rows) => {
      model ??= openModel(pool, about, learnware.model);
      const open = await model;
      const answers = await Promise.all(split(rows, parts).map((part) => open.predict(part)));
      return answers.length === 1 ? answers[0]! : stackRows(answers);
    },
  };
}

async function openModel(
  pool: ModelPool,
  { input, output }: RunnableModel,
  model: Uint8Array<ArrayBuffer>,
): Promise<OrtModel> {
  const { bytes, renamedOutputs } = inspectOnnx(model);
  return pool.open(bytes, { input, output: renamedOutputs.get(output) ?? output });
}

function split({ data, rows, cols }: Matrix<Float32Array>, most: number): Matrix<Float32Array>[] {
  const count = Math.max(1, Math.min(most, Math.floor(rows / LEAST_ROWS_PER_PART)));
  return Array.from({ length: count }, (_, p) => {
    const [from, to] = [Math.floor((p * rows) / count), Math.floor(((p + 1) * rows) / count)];
    return { data: data.slice(from * cols, to * cols), rows: to - from, cols };
  });
}
