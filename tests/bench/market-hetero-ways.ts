/** @file The losses of all ways of a user whose columns are not those of the learnwares. */

import { tableSpace } from "../../src/engine/kinds/space";
import { finish } from "../../src/engine/ground/finish";
import { type Alignment, alignRows } from "../../src/engine/kinds/table/fill/alignment";
import { encodeRows } from "../../src/engine/kinds/table/space/encode";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { rankIslands } from "../../src/engine/kinds/table/match/related";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { pickTarget, type Target } from "../../src/engine/learner/target";
import { pickRows } from "../../src/engine/ground/matrix";
import type { Answers } from "../../src/engine/learner/answers";
import type { ReuserName } from "../../src/engine/reuse/reuser";
import { ownColumns, readRows } from "../../src/engine/kinds/table/rows/table-rows";
import { trainAlignments } from "../../src/runtime/tensors/align-learnwares";
import { openWholeTensors } from "../../src/runtime/tensors/whole-tfjs";
import { PACKAGE_ALIGNMENT, trainAlignment } from "../../src/runtime/tensors/train-alignment";
import type { HeteroLearnware, HeteroMarket, HeteroUser } from "./market-hetero-build";
import { matrixInput } from "../../src/engine/learnware/model-input";
import { lossOf } from "./market-loss";
import { advisedOffer } from "../../src/workflows/find/advised-offer";
import type { Offer } from "../../src/workflows/find/offers";
import type { ReuseHostPorts } from "../../src/workflows/reuse/ports";
import { reuse } from "../../src/workflows/reuse/reuse";
import { ReuseHost } from "../../src/workflows/reuse/reuse-host";
import type { Predictions } from "../../src/engine/reuse/predict/predictions";
import type { Filling } from "../../src/engine/kinds/table/fill/fill-in";
import { type Desk, type DeskLearnware, findAtDesk, openAtDesk } from "./market-desk";
import { lossOfPredictions } from "./market-ways";
import { augmentAsReference, reduceAsReference } from "./reference-way";
import type { Losses } from "./market-ways";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

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
  const { island } = market;
  const { matches } = match;
  const desk = { compute, island, book: null, learnwares: others.map(atDesk), matches };
  const offer = await findFor(desk, user, asked);
  const nearest = others.find(({ id }) => id === offer.members[0]!.card.id)!;
  const reference = await alignAsReference(nearest, user, asked);
  let learned: Promise<ReadonlyMap<string, Alignment>> | null = null;
  const learn: Ways["learn"] = async function* (request, space, columns) {
    yield { stage: "train", done: 0, total: 1 };
    const tensors = await openWholeTensors();
    return await (learned ??= finish(trainAlignments(tensors, request, space, columns)));
  };
  const losses: Record<number, Losses> = {};
  for (const labels of [0, ...LABELS]) {
    if (labels > user.labelled) continue;
    const known = Int32Array.from({ length: labels }, (_, i) => i);
    const given = { offer, known, asked, learn };
    losses[labels] = {
      ...bounds,
      ...(await referenceLosses(reference, user.target, known, asked)),
      ...(await measureWays(desk, market, user, { ...given, filling: "centre" })),
      ...(await measureWays(desk, market, user, { ...given, filling: "lines" })),
      ...(await measureWays(desk, market, user, { ...given, filling: "network" })),
    };
  }
  return losses;
}

function atDesk({ id, about, spec, model }: HeteroLearnware): DeskLearnware {
  return { id, about, candidate: spec, run: (inputs) => model.predict(inputs) };
}

/** With all columns that the learnwares know, which the user does not have. */
async function boundsOf(
  island: Space,
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

/** What the page would find: the nearest learnwares in the columns that both have. */
async function findFor(desk: Desk, { table }: HeteroUser, asked: Int32Array): Promise<Offer> {
  const { island, matches } = desk;
  const scaled = pickRows(encodeRows(table, tableSpace(island), matches, { scaled: true }), asked);
  const { offers } = await findAtDesk(desk, scaled);
  return advisedOffer(offers.slice(0, 1), true)!;
}

interface Ways {
  readonly offer: Offer;
  readonly known: Int32Array;
  readonly asked: Int32Array;
  /** What is missing: the island's centre, or as the page has it. */
  readonly filling: "centre" | Filling;
  /** Networks are trained once for a user. */
  readonly learn: ReuseHostPorts["learnAlignments"];
}

/** What the page would predict. */
async function measureWays(
  desk: Desk,
  market: HeteroMarket,
  user: HeteroUser,
  { offer, known, asked, filling, learn }: Ways,
): Promise<Losses> {
  const { island, matches } = desk;
  const { table } = user;
  const own = ownColumns(table, null);
  const host = new ReuseHost({
    rows: {
      read: async (_plan, choice, withOwn) =>
        readRows(table, tableSpace(island), matches, withOwn ? own : null, choice),
      answers: async () => answersOf(market, user.target, known),
      scriptTable: () => Promise.reject(new Error("nothing is written down here")),
    },
    compute: async () => desk.compute,
    open: openAtDesk(desk),
    learnAlignments: learn,
  });
  // As if the table had all features, the missing ones without a value: nothing is filled in then.
  const allMatched = matches.map(({ feature }) => ({ feature, column: 0 }));
  const run = {
    ...{ plan: 1, offer, island, rows: table.rows },
    ...{ answersColumn: known.length > 0 ? 0 : null },
    matches: filling === "centre" ? allMatched : matches,
    filling: filling === "centre" ? ("lines" as const) : filling,
  };
  const ports = { fetchPackage: async () => new Uint8Array(), predictor: host };
  const made = await finish(reuse(ports, run));
  const lossOf = (predictions: Predictions) => lossOfAsked(predictions, market, user, asked);
  const recommended = lossOf(made.reuse.predictions);
  const loss = async (name: ReuserName) =>
    lossOf((await finish(host.predict(1, name, table.rows))).predictions);
  if (filling === "centre") return { "filled-recommended": recommended };
  if (filling === "network") return { "network-recommended": recommended };
  if (known.length === 0) return { average: await loss("average"), recommended };
  return { "own-model": await loss("own_model"), stack: await loss("stack"), recommended };
}

function lossOfAsked(
  predictions: Predictions,
  { labels }: HeteroMarket,
  user: HeteroUser,
  asked: Int32Array,
): number {
  const values = Float64Array.from(asked, (row) => predictions.values[row]!);
  return lossOfPredictions(pickTarget(user.target, asked), labels, { ...predictions, values });
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
  const empty = { id: "none", version: 1, name: "", description: "", kernel: gaussianKernel(1) };
  const island = { ...empty, profile: "beimingwu" as const, features: [] };
  const raw = readRows(user.table, island, [], own, all).own!;
  const spec = reduceAsReference(pickRows(raw, asked));
  const tf = await openWholeTensors();
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
