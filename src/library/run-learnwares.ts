import { entryOf, inspectOnnx } from "../engine/learnware/onnx/onnx-inspect";
import { openLearnware } from "../engine/learnware/package";
import { type RunnableModel, runnableModel } from "../engine/learnware/runnable-model";
import { stackRows } from "../engine/ground/matrix";
import type { ModelPool } from "../runtime/models/model-pool";
import type { OrtModel } from "../runtime/models/ort-session";
import type { ReuseMember } from "../contracts/workers/reuse-plan";
import type { OpenedLearnware } from "../workflows/reuse/ports";
import { type ModelInput, splitInputs } from "../engine/learnware/model-input";

/** Rows below which spreading a model over threads costs more than it gains. */
const LEAST_ROWS_PER_PART = 1000;

/**
 * A learnware whose model runs in the pool, opened when it is first asked.
 *
 * @param parts - Into how many the rows are split, for so many threads.
 * @throws EngineError `bad_package` and others if the zip cannot be read.
 */
export async function openMember(
  { id, zip, share, spec }: ReuseMember,
  pool: ModelPool,
  parts: number,
): Promise<OpenedLearnware> {
  const learnware = await openLearnware(zip);
  const about = runnableModel(learnware.manifest);
  let model: Promise<OrtModel> | null = null;
  return {
    ...{ id, spec, share, about, package: learnware },
    run: async (inputs) => {
      model ??= openModel(pool, about, learnware.model);
      const open = await model;
      const answers = await Promise.all(
        splitInputs(inputs, partsFor(inputs, parts)).map((part) => open.predict(part)),
      );
      return answers.length === 1 ? answers[0]! : stackRows(answers);
    },
  };
}

async function openModel(
  pool: ModelPool,
  about: RunnableModel,
  model: Uint8Array<ArrayBuffer>,
): Promise<OrtModel> {
  const inspected = inspectOnnx(model);
  return pool.open(inspected.bytes, entryOf(inspected, about));
}

function partsFor(inputs: readonly ModelInput[], most: number): number {
  const rows = inputs[0]?.dims[0] ?? 0;
  return Math.max(1, Math.min(most, Math.floor(rows / LEAST_ROWS_PER_PART)));
}
