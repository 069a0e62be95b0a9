/**
 * @file How good are the predictions of a person whose place no learnware was trained for? The
 * shipped learnwares, and every held-back domain as a user: random choice, the reference's way
 * (raw data, gamma 0.1) and ours, on the same models and the same rows.
 */

import { join } from "node:path";

import { censusIncome, flightDelays, houseSales } from "../../src/cli/starter/markets";
import { domainsOf, heldOutDomains } from "../../src/cli/starter/domains";
import type { StarterTable } from "../../src/cli/starter/recipe";
import { readTableFile } from "../../src/cli/read-table-file";
import { finish } from "../../src/cli/steps";
import { encodeRows } from "../../src/engine/island/encode";
import type { FeatureMatch, Island } from "../../src/engine/island/island";
import type { Target } from "../../src/engine/learner/target";
import { openLearnware } from "../../src/engine/learnware/package";
import { trainingTarget } from "../../src/engine/learnware/training-target";
import { type Matrix, pickRows } from "../../src/engine/matrix";
import { type CandidateSpec, rankCandidates } from "../../src/engine/search/rank";
import { decodeStat } from "../../src/engine/spec/codec";
import type { Rkme } from "../../src/engine/spec/rkme";
import type { Table } from "../../src/engine/table/column";
import { selectRows } from "../../src/engine/table/select-rows";
import { WasmCompute } from "../../src/runtime/wasm-compute";
import { openModel, type OrtModel } from "../../src/runtime/ort-session";
import { readStarter, readZip } from "../fixtures/read-starter";
import { rankAsReference, reduceAsReference } from "./reference-way";
import { type Figure, median } from "./report";

interface Shipped {
  readonly candidate: CandidateSpec;
  readonly model: OrtModel;
  /** The same learnware's specification as the reference makes it. */
  readonly reference: Rkme;
}

/** Losses of one user by method; relative to the variance of the user's target, or a share of errors. */
type Losses = Record<
  | "random"
  | "oracle"
  | "reference top-1"
  | "reference mixture"
  | "single best"
  | "mean of five"
  | "mixture",
  number
>;

export async function benchMarket(data: string | undefined): Promise<Figure[]> {
  if (!data) throw new Error("the market benchmark needs --data DIR (the folder with markets/)");
  const figures: Figure[] = [];
  for (const plan of [houseSales, flightDelays, censusIncome]) {
    figures.push(...(await benchOne(plan, data)));
  }
  return figures;
}

async function benchOne(plan: StarterTable, data: string): Promise<Figure[]> {
  const { table } = await readTableFile(join(data, plan.file));
  const { island, learnwares } = readStarter().find(({ island: { id } }) => id === plan.island.id)!;
  const matches = island.features.map(({ name }) => ({
    feature: name,
    column: table.columns.findIndex((column) => column.name === name),
  }));
  const shipped: Shipped[] = [];
  for (const { id, rows } of domainsOf(plan, table)) {
    const listed = learnwares.find((one) => one.id === id);
    if (!listed) continue;
    const raw = encodeRows(selectRows(table, rows), island, matches, { scaled: false });
    shipped.push({ ...(await open(id, readZip(listed))), reference: reduceAsReference(raw) });
  }
  const losses: Losses[] = [];
  for (const { name, rows } of heldOutDomains(plan, table)) {
    const user = await lossesOf(selectRows(table, rows), plan, island, matches, shipped);
    losses.push(user);
    console.log(`${plan.island.id} ${name} (${rows.length} rows): ${line(user)}`);
  }
  await Promise.all(shipped.map(({ model }) => model.dispose()));
  const baseline = median(losses.map((user) => user["reference top-1"]));
  const market = plan.file.replace(/^.*\//, "").replace(/\.csv\.gz$/, "");
  return (Object.keys(losses[0]!) as (keyof Losses)[]).map((method) => ({
    suite: "market",
    case: `${market}/own-absent/0/${method.replaceAll(" ", "-")}`,
    metric: plan.task === "regression" ? "median_relative_loss" : "median_error_rate",
    unit: plan.task === "regression" ? "MSE / variance" : "share",
    value: median(losses.map((user) => user[method])),
    baseline,
  }));
}

async function open(id: string, zip: Uint8Array): Promise<Omit<Shipped, "reference">> {
  const { stat, model, manifest } = await openLearnware(zip);
  const { rkme, extras } = decodeStat(stat);
  return {
    candidate: { id, rkme, radiusSquared: extras!.radiusSquared },
    model: await openModel(model, { input: manifest.model.input, output: manifest.model.output }),
  };
}

async function lossesOf(
  table: Table,
  plan: StarterTable,
  island: Island,
  matches: readonly FeatureMatch[],
  shipped: readonly Shipped[],
): Promise<Losses> {
  const { target, rows } = trainingTarget(table, { column: plan.target.column, task: plan.task });
  const known = selectRows(table, rows);
  const raw = encodeRows(known, island, matches, { scaled: false });
  const scaled = encodeRows(known, island, matches, { scaled: true });
  const predictions = new Map<string, Matrix>();
  for (const { candidate, model } of shipped)
    predictions.set(candidate.id, await model.predict(raw));
  const loss = (weights: ReadonlyMap<string, number>) =>
    lossOf(target, average(predictions, weights));
  const only = (id: string) => loss(new Map([[id, 1]]));
  const equal = (ids: readonly string[]) => loss(new Map(ids.map((id) => [id, 1 / ids.length])));

  const compute = await WasmCompute.create();
  const candidates = shipped.map(({ candidate }) => candidate);
  const ranking = await finish(rankCandidates(compute, scaled, island.gamma, candidates));
  compute.dispose();
  const sizes = Math.min(raw.rows, 20_000);
  const user = reduceAsReference(
    pickRows(
      raw,
      Array.from({ length: sizes }, (_, i) => i),
    ),
  );
  const reference = rankAsReference(
    user,
    shipped.map((one) => ({ id: one.candidate.id, rkme: one.reference })),
  );
  const all = candidates.map(({ id }) => only(id));
  const best = ranking.singles[0]!.id;
  return {
    random: all.reduce((sum, value) => sum + value, 0) / all.length,
    oracle: Math.min(...all),
    "reference top-1": only(reference.best),
    "reference mixture": equal(reference.mixture),
    "single best": only(best),
    "mean of five": equal(ranking.singles.slice(0, 5).map(({ id }) => id)),
    mixture: ranking.mixture
      ? loss(new Map(ranking.mixture.members.map(({ id, weight }) => [id, weight])))
      : only(best),
  };
}

function average(
  predictions: ReadonlyMap<string, Matrix>,
  weights: ReadonlyMap<string, number>,
): Matrix<Float64Array> {
  const [first] = predictions.values();
  const data = new Float64Array(first!.data.length);
  for (const [id, weight] of weights) {
    predictions.get(id)!.data.forEach((value, i) => (data[i]! += weight * value));
  }
  return { ...first!, data };
}

/** Squared error over variance, or the share of rows whose most probable class is wrong. */
function lossOf(target: Target, { data, cols }: Matrix<Float64Array>): number {
  if (target.task === "regression") {
    const { values } = target;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return values.reduce((sum, value, i) => sum + (value - data[i]!) ** 2, 0) / variance;
  }
  let wrong = 0;
  target.codes.forEach((code, i) => {
    const row = data.subarray(i * cols, (i + 1) * cols);
    if (row.indexOf(Math.max(...row)) !== code) wrong++;
  });
  return wrong / target.codes.length;
}

function line(losses: Losses): string {
  return Object.entries(losses)
    .map(([method, value]) => `${method} ${value.toFixed(3)}`)
    .join(", ");
}
