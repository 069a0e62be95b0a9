import { encodeRows } from "../../engine/kinds/table/space/encode";
import type { Space } from "../../engine/kinds/table/space/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import { describeOptions } from "../../engine/kinds/describe-options";
import type { Compute } from "../../engine/specification/kernel/compute";
import { fitModel, type ModelKind, predictModel } from "../../engine/learner/choose-model";
import { EngineError } from "../../engine/ground/errors";
import { pickTarget, type Target } from "../../engine/learner/target";
import { pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { BookPoints } from "../../engine/specification/book/book";
import { describeRows } from "../../engine/specification/describe";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { PreflightReport } from "../../engine/specification/publish/preflight";
import { selectRows } from "../../engine/kinds/table/columns/select-rows";
import type { Table } from "../../engine/kinds/table/columns/column";
import type { Manifest } from "../../engine/learnware/manifest";
import { exportOnnx } from "../../engine/learnware/onnx/onnx-export";
import { tableModel } from "../../engine/learnware/table-model";
import type { LearnwareAbout } from "./about";
import { measure } from "../../engine/verify/measure";
import { packTable } from "./pack-table";
import { LARGEST_ANSWER, type TargetPlan, trainingTarget } from "./training-target";

export interface TrainOptions {
  readonly target: TargetPlan & { readonly unit?: string };
  readonly about: LearnwareAbout;
  readonly model?: ModelKind | "auto";
  /** True for a row to measure on instead of training; a seeded fifth when left out. */
  readonly isTestRow?: (row: number) => boolean;
  readonly seed?: number;
  /** Of this browser or machine: what is published of the rows depends on it. */
  readonly secret: Secret;
  /** The points of the island's book, where it has one: the specification is then weights on them. */
  readonly book?: BookPoints | null;
  /** Whether the zip carries its space, so that a dock which does not know it can found it. */
  readonly carrySpace?: boolean;
}

export interface TrainedLearnware {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
  readonly preflight: PreflightReport;
  readonly kind: ModelKind;
}

const TEST_SHARE = 0.2;

/**
 * Make a learnware from a table: train on four fifths of the rows, measure on the rest, describe
 * the rows it was trained on by a specification that passes the preflight, and pack the zip.
 *
 * @param matches - Which column plays which feature of the island.
 * @throws EngineError `preflight_failed` if no specification of these rows is safe to publish.
 * @throws EngineError `bad_parameter` if answers are too large for models, which calculate in single precision.
 * @throws EngineError as `trainingTarget` and the learners do.
 */
export async function* trainLearnware(
  compute: Compute,
  table: Table,
  island: Space,
  matches: readonly FeatureMatch[],
  {
    target: plan,
    about,
    model: kind = "auto",
    isTestRow,
    seed = 0,
    secret,
    book = null,
    carrySpace = false,
  }: TrainOptions,
): Steps<TrainedLearnware> {
  const { target, labels, rows } = trainingTarget(table, plan);
  requireSize(target, plan.column);
  const known = selectRows(table, rows);
  const { training, test } = splitRows(rows, isTestRow, seed);
  const inputs = encodeRows(known, island, matches, { scaled: false });
  const fitted = yield* fitModel(
    pickRows(inputs, training),
    pickTarget(target, training),
    kind,
    seed,
  );
  const scaled = encodeRows(selectRows(known, training), island, matches, { scaled: true });
  const described = yield* describeRows(compute, scaled, describeOptions(island, book, secret));
  const made = await packTable({
    ...{ space: island, described, about, carrySpace },
    model: tableModel(
      island.features.map(({ name }) => name),
      { task: target.task, target: plan.column, unit: plan.unit, labels },
    ),
    metrics: measure(
      predictModel(fitted, pickRows(inputs, test)),
      pickTarget(target, test),
      pickTarget(target, training),
    ),
    bytes: exportOnnx(fitted.model),
  });
  return { ...made, preflight: described.preflight, kind: fitted.kind };
}

/** Positions in `rows` to train on and to measure on. */
function splitRows(
  rows: Int32Array,
  isTestRow: TrainOptions["isTestRow"],
  seed: number,
): { training: number[]; test: number[] } {
  const drawn = sampleIndices(
    rows.length,
    Math.max(1, Math.round(rows.length * TEST_SHARE)),
    seededRandom(seed),
  );
  const drawnSet = new Set(drawn);
  const training: number[] = [];
  const test: number[] = [];
  rows.forEach((row, position) => {
    const measured = isTestRow ? isTestRow(row) : drawnSet.has(position);
    (measured ? test : training).push(position);
  });
  return { training, test };
}

function requireSize(target: Target, column: string): void {
  if (target.task === "classification") return;
  const largest = target.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest <= LARGEST_ANSWER) return;
  throw new EngineError(
    "bad_parameter",
    `numbers in "${column}" are too large to be calculated with: up to ${largest.toExponential(1)}, at most ` +
      `${LARGEST_ANSWER} can be learned. Write them in a larger unit.`,
  );
}
