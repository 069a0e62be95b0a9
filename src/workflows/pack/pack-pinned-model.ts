/** @file Models of texts and of pictures that were trained elsewhere. */

import { EngineError } from "../../engine/ground/errors";
import { type Matrix, pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import { describeOptions } from "../../engine/kinds/describe-options";
import { type ImageData } from "../../engine/kinds/image/image-data";
import { imageKind } from "../../engine/kinds/image/image-kind";
import type { Table } from "../../engine/kinds/table/columns/column";
import type { TextData } from "../../engine/kinds/text/text-data";
import { textKind } from "../../engine/kinds/text/text-kind";
import type { Target } from "../../engine/learner/target";
import type { HeldBackMetric } from "../../engine/learnware/manifest";
import type { InputForm } from "../../engine/learnware/model-forms";
import type { ModelInput } from "../../engine/learnware/model-input";
import type { AdaptedModel } from "../../engine/pack/adapt";
import type { Portion } from "../../engine/pack/adapt-plan";
import type { ForeignModel } from "../../engine/pack/foreign-model";
import { BRIGHTNESSES, type Brightness, pictureForm } from "../../engine/pack/picture-forms";
import { elementOf, portionsOf } from "../../engine/pack/portions";
import { textFeed } from "../../engine/pack/text-feed";
import { describeRows } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import type { BookPoints } from "../../engine/specification/book/book";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { LearnwareAbout } from "../train/about";
import { measure } from "../../engine/verify/measure";
import { packPinned } from "../train/pack-pinned";
import { type TargetPlan, trainingTarget } from "../train/training-target";
import { adaptTo, type ModelWish, type Taking } from "./adapt-model";
import { inOrder, likelyTask, type PackedModel } from "./pack-model";

/** Things with answers: the rows of a table tell what each is. */
export interface Answered<Data> {
  readonly data: Data;
  /** As many rows as there are things. */
  readonly table: Table;
}

interface PinnedOptions<Data> extends ModelWish {
  readonly target: TargetPlan & { readonly unit?: string };
  readonly about: LearnwareAbout;
  /** Things to measure on; null for those that it was trained on. */
  readonly test: Answered<Data> | null;
  /** Whether those that describe the model may be told of as ones that it was not trained on. */
  readonly isUnseen: boolean;
  readonly secret: Secret;
  /** The points of the space. */
  readonly book: BookPoints;
}

interface PictureOptions extends PinnedOptions<ImageData> {
  /** How bright the pictures are that the model takes; null to find out by its answers. */
  readonly brightness: Brightness | null;
  /** How high and wide they are, where the model leaves that open. */
  readonly side: number | null;
}

/** Things by which it is told what the model gives. */
const TRIAL = 1000;
/** Pictures by which it is told how bright the model takes them. */
const TRIAL_PICTURES = 200;
/** Numbers of one run: 64 MB. */
const MOST_NUMBERS = 2 ** 24;

/** One way to give things to a model. */
interface Way<Data> extends Pick<Taking, "takes" | "feeds" | "portion"> {
  /** What a manifest says of the input; the name comes later. */
  readonly form: InputForm;
  readonly input: (name: string, data: Data, rows: Int32Array) => ModelInput;
}

interface PinnedKind<Data> {
  readonly points: (data: Data) => Matrix<Float32Array<ArrayBuffer>>;
  readonly described: (data: Data) => Int32Array | null;
  /** Alternatives that the answers decide between, each with words that say what was taken. */
  readonly ways: readonly { readonly note: string | null; readonly ways: () => Generator<Way<Data>> }[]; // prettier-ignore
  /** Things on which the alternatives are compared. */
  readonly trial: number;
}

/**
 * Make a learnware of a model of texts that others trained. It takes texts as Berth feeds them: words in lower case, joined by
 * one space each.
 *
 * @throws EngineError `bad_model` if the model takes something else; as `packModel` does.
 */
export function packTexts(
  compute: Compute,
  model: ForeignModel,
  rows: Answered<TextData>,
  space: EmbeddingSpace,
  options: PinnedOptions<TextData>,
): Steps<PackedModel> {
  const only = onlyInput(model, options);
  const ways = function* (): Generator<Way<TextData>> {
    for (const portion of portionsOf([only])) {
      yield {
        takes: { element: "string", shape: [] },
        feeds: [textFeed(only, portion)],
        portion,
        form: { type: "text", name: only.name, form: "strings" },
        input: (name, data, some) => {
          const { fed } = textKind.rows(data, { space, placed: [] }, some, undefined);
          return textKind.inputs(fed, space, { input: name, features: [] })[0]!;
        },
      };
    }
  };
  return pack(compute, model, rows, space, options, {
    points: (data) => textKind.points(data, { space, placed: [] }),
    described: (data) => textKind.described(data, space),
    ways: [{ note: null, ways }],
    trial: TRIAL,
  });
}

/** The same of pictures, or of the embedder's vectors of them. */
export function packPictures(
  compute: Compute,
  model: ForeignModel,
  rows: Answered<ImageData>,
  space: EmbeddingSpace,
  options: PictureOptions,
): Steps<PackedModel> {
  const only = onlyInput(model, options);
  const element = elementOf(only);
  const waysOf = (brightness: Brightness) =>
    function* (): Generator<Way<ImageData>> {
      for (const portion of portionsOf([only])) {
        const { form, shape, reshaped } = pictureForm(only, portion, brightness, options.side);
        yield {
          takes: { element: "float32", shape },
          feeds: [{ input: only.name, element, shape: reshaped, parts: null }],
          ...{ portion, form },
          input: (name, data, some) => {
            const plan = { space, placed: [] };
            const { fed } = imageKind.rows(data, plan, some, undefined);
            const about = { input: name, features: [], form: { ...form, name } };
            return imageKind.inputs(fed, space, about)[0]!;
          },
        };
      }
    };
  const [portion] = portionsOf([only]) as [Portion | undefined];
  const { type } = pictureForm(only, portion ?? "any", "unit", options.side).form;
  const tried = options.brightness ? [options.brightness] : BRIGHTNESSES;
  return pack(compute, model, rows, space, options, {
    points: (data) => imageKind.points(data, { space, placed: [] }),
    described: (data) => imageKind.described(data, space),
    ways:
      type === "embedding"
        ? [{ note: "it takes the vectors of Berth's embedder", ways: waysOf("unit") }]
        : tried.map((brightness) => ({
            note: options.brightness ? null : `pictures are taken to be as bright as "${brightness}" has it, with which its answers are the best; if not: --pixels ${BRIGHTNESSES.join(", ")}`, // prettier-ignore
            ways: waysOf(brightness),
          })),
    trial: TRIAL_PICTURES,
  });
}

async function* pack<Data>(
  compute: Compute,
  model: ForeignModel,
  { data, table }: Answered<Data>,
  space: EmbeddingSpace,
  options: PinnedOptions<Data>,
  kind: PinnedKind<Data>,
): Steps<PackedModel> {
  const { about, secret, book, test } = options;
  const { column, unit } = options.target;
  const task = options.target.task ?? likelyTask(model, options.wish);
  const wanted = { ...options.target, ...(task && { task }) };
  const { target, labels: known, rows } = trainingTarget(table, wanted);
  const { adapted, note } = await bestWay();
  const { labels, notes } = adapted.chosen;
  const trained = inOrder(target, known, labels);
  const measured = await measureOn();
  const told = kind.described(data);
  const saying = told && new Set(told);
  const described = yield* describeRows(
    compute,
    pickRows(kind.points(data), saying ? rows.filter((row) => saying.has(row)) : rows),
    describeOptions(space, book, secret),
  );
  const made = await packPinned({
    ...{ space, described, about, target: column, labels, unit },
    ...{ model: adapted.model.bytes, output: adapted.model.output },
    input: { ...adapted.taking.form, name: adapted.model.input },
    metrics: test || options.isUnseen ? measured : [],
  });
  const all = note === null ? notes : [note, ...notes];
  return { ...made, preflight: described.preflight, measured, notes: all };

  /** Of several that can be run, the one whose answers are the best on some of the rows. */
  async function bestWay() {
    const places = sampleIndices(rows.length, Math.min(kind.trial, rows.length), seededRandom(0));
    const some = Int32Array.from(places, (place) => rows[place]!);
    const truth = targetAt(target, places);
    let best: { adapted: Awaited<ReturnType<typeof adaptBy>>; note: string | null } | null = null;
    let least = Infinity;
    for (const { ways, note } of kind.ways) {
      const adapted = await adaptBy(ways(), some);
      if (kind.ways.length === 1) return { adapted, note };
      const by = inOrder(truth, known, adapted.chosen.labels);
      const [metric] = measure(await run(adapted, data, some), by, by);
      const loss = metric ? (metric.name === "accuracy" ? -metric.value : metric.value) : Infinity;
      if (best !== null && loss >= least) continue;
      best = { adapted, note };
      least = loss;
    }
    if (best) return best;
    throw new EngineError("bad_model", "nothing can be put into the model");
  }

  function adaptBy(ways: Generator<Way<Data>>, some: Int32Array) {
    const takings = function* (): Generator<Taking & Way<Data>> {
      for (const way of ways) {
        const size = way.takes.shape.reduce((product, length) => product * length, 1);
        const few = some.subarray(0, Math.max(1, Math.floor(MOST_NUMBERS / size)));
        yield { ...way, trial: (name) => way.input(name, data, few) };
      }
    };
    return adaptTo(model, takings(), target.task, known, options);
  }

  /** In parts that memory holds. */
  async function run(
    {
      model: { bytes, input, output },
      taking,
    }: { readonly model: AdaptedModel; readonly taking: Way<Data> },
    of: Data,
    some: Int32Array,
  ): Promise<Matrix<Float32Array>> {
    const size = taking.takes.shape.reduce((product, length) => product * length, 1);
    const most = Math.max(1, Math.floor(MOST_NUMBERS / size));
    const parts: Matrix<Float32Array>[] = [];
    for (let from = 0; from < some.length; from += most) {
      const part = taking.input(input, of, some.subarray(from, from + most));
      parts.push(await options.run(bytes, { input, output }, part));
    }
    const cols = parts[0]?.cols ?? 0;
    const said = new Float32Array(some.length * cols);
    parts.reduce((at, part) => (said.set(part.data, at), at + part.data.length), 0);
    return { data: said, rows: some.length, cols };
  }

  async function measureOn(): Promise<HeldBackMetric[]> {
    if (!test) return measure(await run(adapted, data, rows), trained, trained);
    const truth = trainingTarget(test.table, { ...wanted, task: target.task });
    const said = await run(adapted, test.data, truth.rows);
    return measure(said, inOrder(truth.target, truth.labels, labels), trained);
  }
}

function onlyInput(model: ForeignModel, { fixed }: Pick<ModelWish, "fixed">) {
  const open = model.inputs.filter(({ name }) => !fixed.has(name));
  const [only] = open;
  if (only && open.length === 1) return only;
  const names = open.map(({ name }) => `"${name}"`).join(", ");
  const reason = `the model takes ${names}: texts and pictures go into one input. Say what stays the same for all with --fix INPUT=VALUE`;
  throw new EngineError("bad_parameter", reason);
}

function targetAt(target: Target, places: Iterable<number>): Target {
  return target.task === "regression"
    ? { ...target, values: Float64Array.from(places, (place) => target.values[place]!) }
    : { ...target, codes: Int32Array.from(places, (place) => target.codes[place]!) };
}
