import { expose, type Remote, transfer, wrap } from "comlink";

import type { RowSource } from "../src/contracts/data-api";
import { AppError, failure, type Outcome, unwrap } from "../src/contracts/outcome";
import type { Predictions, ReuseApi, ReuseMember, ReusePlan } from "../src/contracts/reuse-api";
import { EngineError } from "../src/engine/errors";
import { inspectOnnx } from "../src/engine/learnware/onnx-inspect";
import type { Manifest } from "../src/engine/learnware/manifest";
import { openLearnware } from "../src/engine/learnware/package";
import type { Matrix } from "../src/engine/matrix";
import { averageClasses, averageNumbers, largestColumns } from "../src/engine/reuse/average";
import { openModel, type OrtModel, startRuntime } from "../src/runtime/ort-session";
import { breathe, type JobContext, Jobs, stopIfAborted } from "./jobs";

const BATCH_ROWS = 10_000;

const jobs = new Jobs();
let rowSource: Remote<RowSource> | null = null;

const api: ReuseApi = {
  async connectRows(port) {
    rowSource = wrap<RowSource>(port);
  },

  async start(ortWasm) {
    try {
      await startRuntime(ortWasm);
      return { ok: true, value: undefined };
    } catch (error) {
      return failure(error);
    }
  },

  async predict(plan, ...job) {
    return handOver(await jobs.run(job, (context) => predict(plan, context)));
  },

  cancel: (jobId) => jobs.cancel(jobId),
};

interface OpenMember {
  readonly member: ReuseMember;
  readonly about: Manifest["model"];
  readonly model: OrtModel;
}

async function predict(plan: ReusePlan, context: JobContext): Promise<Predictions> {
  const first = plan.members[0];
  if (!first) throw new AppError("bad_input", "no learnware was chosen");
  const total = plan.rows * plan.members.length;
  const answers: { about: Manifest["model"]; weight: number; predicted: Matrix<Float32Array> }[] =
    [];
  for (const [m, member] of plan.members.entries()) {
    // One model in memory at a time: the runtime's heap grows and never shrinks.
    const open = await openMember(member);
    try {
      const predicted = await predictAll(plan, open, context, (done) =>
        context.report({ stage: "predict", done: m * plan.rows + done, total }),
      );
      answers.push({ about: open.about, weight: member.weight, predicted });
    } finally {
      await open.model.dispose();
    }
  }
  return combine(answers);
}

async function openMember(member: ReuseMember): Promise<OpenMember> {
  const { manifest, model: bytes } = await openLearnware(member.zip);
  const about = manifest.model;
  const inspected = inspectOnnx(bytes);
  const model = await openModel(inspected.bytes, {
    input: about.input,
    output: inspected.renamedOutputs.get(about.output) ?? about.output,
  });
  return { member, about, model };
}

/** Predictions of one learnware for all rows, in row order. */
async function predictAll(
  { island, matches, rows }: ReusePlan,
  { member, about, model }: OpenMember,
  { signal }: JobContext,
  report: (done: number) => void,
): Promise<Matrix<Float32Array>> {
  if (!rowSource) throw new AppError("bad_input", "no table is connected");
  const cols = about.task === "regression" ? 1 : about.labels.length;
  const data = new Float32Array(rows * cols);
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const to = Math.min(rows, from + BATCH_ROWS);
    const block = unwrap(await rowSource.modelRows(island, matches, about.features, from, to));
    if (block.rows !== to - from) {
      throw new EngineError(
        "shape_mismatch",
        `the table gave ${block.rows} rows, ${to - from} were asked for`,
      );
    }
    const answer = await model.predict(block);
    if (answer.cols !== cols) {
      throw new EngineError(
        "bad_model",
        `learnware ${member.id} answers ${answer.cols} columns, its manifest says ${cols}`,
        { learnware: member.id },
      );
    }
    data.set(answer.data, from * cols);
    report(to);
    await breathe();
    stopIfAborted(signal);
  }
  return { data, rows, cols };
}

function combine(
  answers: readonly {
    readonly about: Manifest["model"];
    readonly weight: number;
    readonly predicted: Matrix<Float32Array>;
  }[],
): Predictions {
  const [{ about }] = answers as readonly [(typeof answers)[number]];
  if (answers.some((answer) => answer.about.task !== about.task)) {
    throw new AppError("bad_input", "learnwares that predict numbers and classes cannot be mixed");
  }
  if (about.task === "regression") {
    const { target, unit } = about;
    const values = averageNumbers(
      answers.map(({ weight, predicted }) => ({ weight, values: predicted.data })),
    );
    return { task: "regression", target, ...(unit === undefined ? {} : { unit }), values };
  }
  const { labels, probabilities } = averageClasses(
    answers.map(({ weight, predicted, about: { labels: own } }) => ({
      weight,
      labels: own,
      probabilities: predicted,
    })),
  );
  return {
    task: "classification",
    target: about.target,
    labels,
    values: largestColumns(probabilities),
    probabilities: Float32Array.from(probabilities.data),
  };
}

/** Move the numbers to the page instead of copying them. */
function handOver(outcome: Outcome<Predictions>): Outcome<Predictions> {
  if (!outcome.ok) return outcome;
  const { value } = outcome;
  const arrays = value.task === "regression" ? [value.values] : [value.values, value.probabilities];
  return transfer(
    outcome,
    arrays.map((array) => array.buffer as ArrayBuffer),
  );
}

expose(api);
