/** @file The losses of all ways of a user whose columns are not those of the learnwares. */

import { acrossSpaces } from "../../src/engine/kinds/table/fill/across";
import { finish } from "../../src/engine/ground/finish";
import { knownColumns } from "../../src/engine/kinds/table/fill/fill-in";
import { type Alignment, alignRows } from "../../src/engine/kinds/table/fill/alignment";
import { encodeRows } from "../../src/engine/kinds/table/space/encode";
import type { FeatureMatch, Island } from "../../src/engine/kinds/table/space/island";
import { rankIslands } from "../../src/engine/kinds/table/match/related";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { pickTarget, type Target } from "../../src/engine/learner/target";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { fitWay, predictRows } from "../../src/engine/reuse/predict/predict-rows";
import {
  type PreparedReuse,
  prepareReuse,
  type ReuseRequest,
} from "../../src/engine/reuse/predict/prepare-reuse";
import type { ReuserName } from "../../src/engine/reuse/reuser";
import { shortlist } from "../../src/engine/reuse/predict/shortlist";
import { ownColumns, readRows } from "../../src/engine/kinds/table/rows/table-rows";
import { trainAlignments } from "../../src/runtime/tensors/align-learnwares";
import { openTensorsInNode } from "../../src/runtime/tensors/tfjs-in-node";
import { PACKAGE_ALIGNMENT, trainAlignment } from "../../src/runtime/tensors/train-alignment";
import type { HeteroLearnware, HeteroMarket, HeteroUser } from "./market-hetero-build";
import { lossOf } from "./market-loss";
import { augmentAsReference, reduceAsReference } from "./reference-way";
import type { Losses } from "./market-ways";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import type { Answers } from "../../src/engine/learner/answers";
import type { RunnableLearnware } from "../../src/engine/learnware/runnable-learnware";
import { type RowReader, userRows } from "../../src/engine/kinds/rows";
import { rankKnown } from "../../src/engine/search/rank-known";
import { matrixInput } from "../../src/engine/learnware/model-input";
import { tableKind } from "../../src/engine/kinds/table/table-kind";

const LABELS = [50, 200];

/** Losses by number of labels. */
export type HeteroLosses = Readonly<Record<number, Losses>>;

/** Null if the page would not have offered the market to the user. */
export async function heteroLosses(
  compute: Compute,
  market: HeteroMarket,
  user: HeteroUser,
): Promise<HeteroLosses | null> {
  const [match] = rankIslands([market.island], user.columns);
  if (!match?.isRelated) return null;
  const others = market.learnwares.filter(({ id }) => id !== user.id);
  const asked = Int32Array.from(
    { length: user.table.rows - user.labelled },
    (_, i) => user.labelled + i,
  );
  const target = pickTarget(user.target, asked);
  const bounds = await boundsOf(market.island, others, user, asked, target);
  const nearest = await nearestOf(compute, market.island, others, user, match.matches, asked);
  const reference = await alignAsReference(nearest[0]!, user, asked);
  const learned = await learnFilling(compute, market.island, user, nearest, match.matches);
  const losses: Record<number, Losses> = {};
  for (const labels of [0, ...LABELS]) {
    if (labels > user.labelled) continue;
    const known = Int32Array.from({ length: labels }, (_, i) => i);
    const given = { nearest, matches: match.matches, known, asked };
    losses[labels] = {
      ...bounds,
      ...(await referenceLosses(reference, user.target, known, asked)),
      ...(await measureWays(compute, market, user, { ...given, filling: "centre" })),
      ...(await measureWays(compute, market, user, { ...given, filling: new Map() })),
      ...(await measureWays(compute, market, user, { ...given, filling: learned })),
    };
  }
  return losses;
}

/** With all columns that the learnwares know, which the user does not have. */
async function boundsOf(
  island: Island,
  learnwares: readonly HeteroLearnware[],
  { whole }: HeteroUser,
  asked: Int32Array,
  target: Target,
) {
  const matches = island.features.map(({ name }) => ({
    feature: name,
    column: whole.columns.findIndex((column) => column.name === name),
  }));
  const rows = pickRows(encodeRows(whole, island, matches, { scaled: false }), asked);
  const losses = await Promise.all(
    learnwares.map(async ({ model, about }) =>
      lossOf(target, await model.predict([matrixInput(about.input, rows)])),
    ),
  );
  const random = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return { random, oracle: Math.min(...losses), guess: guessLoss(target) };
}

/** Always the mean, or the most frequent class. */
function guessLoss(target: Target): number {
  if (target.task === "regression") return 1;
  const counts = new Int32Array(target.classes);
  for (const code of target.codes) counts[code]!++;
  return 1 - Math.max(...counts) / target.codes.length;
}

/** The nearest learnwares in the columns that both have. */
async function nearestOf(
  compute: Compute,
  island: Island,
  learnwares: readonly HeteroLearnware[],
  { table }: HeteroUser,
  matches: readonly FeatureMatch[],
  asked: Int32Array,
): Promise<HeteroLearnware[]> {
  const known = knownColumns(island, matches);
  const scaled = pickRows(encodeRows(table, island, matches, { scaled: true }), asked);
  const specs = learnwares.map(({ spec }) => spec);
  const ranked = await finish(
    rankKnown(compute, scaled, gaussianKernel(island.gamma), specs, known),
  );
  const nearest = shortlist(ranked.singles, () => 0);
  return nearest.map((single) => learnwares.find(({ id }) => id === single.id)!);
}

interface Ways {
  readonly nearest: readonly HeteroLearnware[];
  readonly matches: readonly FeatureMatch[];
  readonly known: Int32Array;
  readonly asked: Int32Array;
  /** What is missing: the island's centre, or what each learnware's specification suggests; by networks where there are. */
  readonly filling: "centre" | ReadonlyMap<string, Alignment>;
}

function requestOf(
  compute: Compute,
  island: Island,
  { table }: HeteroUser,
  nearest: readonly HeteroLearnware[],
  matches: readonly FeatureMatch[],
): ReuseRequest {
  const learnwares = nearest.map(({ id, about, spec, model }): RunnableLearnware => ({
    ...{ id, about, spec, share: null },
    run: (inputs) => model.predict(inputs),
  }));
  const own = ownColumns(table, null);
  const rows: RowReader = {
    count: table.rows,
    read: (chosen, withOwn) =>
      Promise.resolve(
        userRows(tableKind, island, readRows(table, island, matches, withOwn ? own : null, chosen)),
      ),
  };
  return { learnwares, rows, answers: null, compute };
}

async function learnFilling(
  compute: Compute,
  island: Island,
  user: HeteroUser,
  nearest: readonly HeteroLearnware[],
  matches: readonly FeatureMatch[],
): Promise<ReadonlyMap<string, Alignment>> {
  const request = requestOf(compute, island, user, nearest, matches);
  return finish(trainAlignments(await openTensorsInNode(), request, island, matches));
}

/** What the page would predict. */
async function measureWays(
  compute: Compute,
  market: HeteroMarket,
  user: HeteroUser,
  { nearest, matches, known, asked, filling }: Ways,
): Promise<Losses> {
  const answers = known.length > 0 ? answersOf(market, user.target, known) : null;
  const request = { ...requestOf(compute, market.island, user, nearest, matches), answers };
  const prepared = await finish(
    prepareReuse(
      filling === "centre" ? request : acrossSpaces(request, market.island, matches, filling),
    ),
  );
  const loss = (name: ReuserName) => lossOfWay(prepared, name, market, user, asked);
  const recommended = await loss(prepared.choice.recommended.name);
  if (filling === "centre") return { "filled-recommended": recommended };
  if (filling.size > 0) return { "network-recommended": recommended };
  if (!answers) return { average: await loss("average"), recommended };
  return { "own-model": await loss("own_model"), stack: await loss("stack"), recommended };
}

async function lossOfWay(
  prepared: PreparedReuse,
  name: ReuserName,
  { labels }: HeteroMarket,
  user: HeteroUser,
  asked: Int32Array,
): Promise<number> {
  const way = await finish(fitWay(prepared, name));
  let values: Matrix<Float64Array> | null = null;
  await finish(predictRows(way, user.table.rows, (block) => (values = block.values)));
  const { data, cols } = values as unknown as Matrix<Float64Array>;
  const order = labels.length > 0 ? labels.map((label) => prepared.classes.codeOf(label)) : [0];
  const said = Float64Array.from({ length: asked.length * order.length }, (_, at) => {
    const row = asked[Math.floor(at / order.length)]!;
    return data[row * cols + order[at % order.length]!]!;
  });
  const target = pickTarget(user.target, asked);
  return lossOf(target, { data: said, rows: asked.length, cols: order.length });
}

function answersOf({ labels }: HeteroMarket, target: Target, rows: Int32Array): Answers {
  const known = pickTarget(target, rows);
  return known.task === "regression"
    ? { task: "regression", rows, values: known.values }
    : { task: "classification", rows, codes: known.codes, labels };
}

/**
 * The package's way, for the learnware that our search finds nearest: its own search needs a transformer of 4 million
 * parameters. A network maps the user's raw columns to the learnware's by MMD, with its defaults; with labels, its
 * augmentation follows.
 */
async function alignAsReference(learnware: HeteroLearnware, user: HeteroUser, asked: Int32Array) {
  const own = ownColumns(user.table, null);
  const all = Int32Array.from({ length: user.table.rows }, (_, i) => i);
  const empty = { id: "none", version: 1, name: "", description: "", gamma: 1 };
  const island = { ...empty, profile: "beimingwu" as const, features: [] };
  const raw = readRows(user.table, island, [], own, all).own!;
  const spec = reduceAsReference(pickRows(raw, asked));
  const tf = await openTensorsInNode();
  const trained = await finish(trainAlignment(tf, spec, learnware.reference, PACKAGE_ALIGNMENT));
  const clean = { ...raw, data: raw.data.map((value) => (Number.isNaN(value) ? 0 : value)) };
  const mapped = alignRows(trained.alignment, clean);
  const said = await learnware.model.predict([
    matrixInput(learnware.about.input, { ...mapped, data: Float32Array.from(mapped.data) }),
  ]);
  const beside = { rows: raw.rows, cols: raw.cols + said.cols };
  const wide = new Float32Array(beside.rows * beside.cols);
  for (let i = 0; i < raw.rows; i++) {
    wide.set(clean.data.subarray(i * raw.cols, (i + 1) * raw.cols), i * beside.cols);
    wide.set(said.data.subarray(i * said.cols, (i + 1) * said.cols), i * beside.cols + raw.cols);
  }
  return { said, wide: { ...beside, data: wide } };
}

async function referenceLosses(
  { said, wide }: Awaited<ReturnType<typeof alignAsReference>>,
  target: Target,
  known: Int32Array,
  asked: Int32Array,
): Promise<Losses> {
  const truth = pickTarget(target, asked);
  const losses = { "reference-align": lossOf(truth, pickRows(said, asked)) };
  if (known.length === 0) return losses;
  const labels = pickTarget(target, known);
  const augmented = await augmentAsReference(pickRows(wide, known), labels, pickRows(wide, asked));
  return { ...losses, "reference-align-augment": lossOf(truth, augmented) };
}
