import { EngineError } from "../../engine/ground/errors";
import { type Matrix, pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import { describeOptions } from "../../engine/kinds/describe-options";
import type { Table } from "../../engine/kinds/table/columns/column";
import { selectRows } from "../../engine/kinds/table/columns/select-rows";
import { encodeRows } from "../../engine/kinds/table/space/encode";
import { widthOf } from "../../engine/kinds/table/space/encoded-width";
import type { FeatureMatch, Space } from "../../engine/kinds/table/space/space";
import type { Target } from "../../engine/learner/target";
import type { HeldBackMetric, Manifest } from "../../engine/learnware/manifest";
import { matrixInput } from "../../engine/learnware/model-input";
import type { AdaptedModel } from "../../engine/pack/adapt";
import { type AnswerWish, likelyOutput } from "../../engine/pack/choose-answer";
import type { ForeignModel } from "../../engine/pack/foreign-model";
import { tableFeeds } from "../../engine/pack/table-feeds";
import type { BookPoints } from "../../engine/specification/book/book";
import { describeRows } from "../../engine/specification/describe";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { PreflightReport } from "../../engine/specification/publish/preflight";
import { measure } from "../../engine/verify/measure";
import { packTable } from "../train/pack-table";
import type { LearnwareAbout } from "../train/about";
import { type TargetPlan, trainingTarget } from "../train/training-target";
import { adaptTo, type ModelWish, type Taking } from "./adapt-model";
import type { ColumnPlan } from "./plan-columns";
import { type SampleColumn, sampleCsv } from "./public-sample";

export interface PackOptions extends ModelWish {
  readonly target: TargetPlan & { readonly unit?: string };
  readonly about: LearnwareAbout;
  /** Rows to measure on, with the columns of the table; null for those of the table. */
  readonly test: Table | null;
  /** Rows that are published with the learnware, for everybody to measure it on; null for none. */
  readonly sample: Table | null;
  /** Whether rows of the table may be told of as rows that the model was not trained on. */
  readonly isUnseen: boolean;
  readonly secret: Secret;
  readonly book: BookPoints | null;
}

export interface PackedModel {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
  readonly preflight: PreflightReport;
  /** How good the model is on the rows to measure on; in the manifest only if it was not trained on them. */
  readonly measured: readonly HeldBackMetric[];
  /** What was assumed of the model. */
  readonly notes: readonly string[];
}

/** Rows by which it is told what a model gives. */
const TRIAL_ROWS = 1000;

/**
 * Make a learnware of a model that others trained: what is written around it takes features of the space, and answers as
 * Berth's own models do.
 *
 * @param matches - Which column plays which feature of the space.
 * @throws EngineError `preflight_failed` if no specification of these rows is safe to publish; `bad_model` if the model cannot be
 *   run on them; `bad_parameter` if what it gives is no answer to what is predicted; as `trainingTarget` does.
 */
export async function* packModel(
  compute: Compute,
  model: ForeignModel,
  table: Table,
  space: Space,
  matches: readonly FeatureMatch[],
  plan: ColumnPlan,
  options: PackOptions,
): Steps<PackedModel> {
  const { about, secret, book, test } = options;
  const { column, unit } = options.target;
  const task = options.target.task ?? likelyTask(model, options.wish);
  const wanted = { ...options.target, ...(task && { task }) };
  const { target, labels: known, rows } = trainingTarget(table, wanted);
  const learned = selectRows(table, rows);
  const taken = plan.columns.map((name) => featureOf(name, table, space, matches));
  const features = taken.map(({ feature }) => feature.name);
  const encode = (some: Table, by: readonly FeatureMatch[]) =>
    encodeRows(some, space, by, { features, scaled: false });
  const inputs = encode(learned, matches);
  const adapted = await adaptTo(model, takingsOf(inputs), target.task, known, options);
  const { labels, notes } = adapted.chosen;
  const trained = inOrder(target, known, labels);
  const measured = await measureOn(test);
  const scaled = encodeRows(learned, space, matches, { scaled: true });
  const described = yield* describeRows(compute, scaled, describeOptions(space, book, secret));
  const made = await packTable({
    ...{ space, described, about, carrySpace: true, bytes: adapted.model.bytes },
    model: {
      ...{ format: "onnx", file_name: "model.onnx", task: target.task, target: column },
      input: { type: "features", name: adapted.model.input, features },
      output:
        target.task === "regression"
          ? { type: "numbers", name: adapted.model.output, names: [column] }
          : { type: "scores", name: adapted.model.output, labels: [...labels] },
      ...(unit !== undefined && { unit }),
    },
    metrics: test || options.isUnseen ? measured : [],
    sample: options.sample ? sampleCsv(options.sample, sampleColumns(), column) : undefined,
  });
  return { ...made, preflight: described.preflight, measured, notes };

  function sampleColumns(): SampleColumn[] {
    const ofFeatures = taken.map(({ feature, column: { name } }) => ({ name: feature.name, column: name })); // prettier-ignore
    return [...ofFeatures, { name: column, column }];
  }

  function* takingsOf(all: Matrix<Float32Array>): Generator<Taking> {
    const count = Math.min(TRIAL_ROWS, all.rows);
    const some = pickRows(all, sampleIndices(all.rows, count, seededRandom(0)));
    const width = widthOf({ features: taken.map(({ feature }) => feature) });
    for (const portion of plan.portions) {
      yield {
        takes: { element: "float32", shape: [width] },
        feeds: tableFeeds(plan.chosen.inputs, taken, portion),
        ...{ portion, trial: (input) => matrixInput(input, some) },
      };
    }
  }

  function run({ bytes, input, output }: AdaptedModel, some: Matrix<Float32Array>) {
    return options.run(bytes, { input, output }, matrixInput(input, some));
  }

  async function measureOn(others: Table | null): Promise<HeldBackMetric[]> {
    if (!others) return measure(await run(adapted.model, inputs), trained, trained);
    const truth = trainingTarget(others, { ...wanted, task: target.task });
    const places = matches.map(({ column: place, ...match }) => {
      const name = place === null ? null : table.columns[place]!.name;
      const there = others.columns.findIndex((one) => one.name === name);
      return { ...match, column: there < 0 ? null : there };
    });
    const held = encode(selectRows(others, truth.rows), places);
    return measure(await run(adapted.model, held), inOrder(truth.target, truth.labels, labels), trained); // prettier-ignore
  }
}

/** A model that names classes, or says yes or no, tells them apart. */
export function likelyTask(model: ForeignModel, wish: AnswerWish) {
  const { element } = likelyOutput(model, wish);
  const isSaid = model.classes.length > 1 || element === "string" || element === "bool";
  return isSaid || wish.labels ? "classification" : undefined;
}

function featureOf(
  name: string,
  { columns }: Table,
  space: Space,
  matches: readonly FeatureMatch[],
) {
  const place = columns.findIndex((column) => column.name === name);
  const match = matches.find(({ column }) => column === place);
  const feature = space.features.find((one) => one.name === match?.feature);
  if (feature) return { feature, column: columns[place]! };
  const reason = `the island "${space.name}" has no feature that the column "${name}" is, which the model takes: found an island of your own`;
  throw new EngineError("bad_parameter", reason);
}

/** Codes of classes by their places among others. */
export function inOrder(
  target: Target,
  known: readonly string[],
  labels: readonly string[],
): Target {
  if (target.task === "regression") return target;
  const places = known.map((label) => labels.indexOf(label));
  return { ...target, classes: labels.length, codes: target.codes.map((code) => places[code]!) };
}
