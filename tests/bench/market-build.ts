/** @file Makes the learnwares of a market and the rows of its users, and lets all models predict them. */

import { join } from "node:path";

import { readTableFile } from "../../src/cli/read-table-file";
import { type Domain, domainsOf } from "../../src/cli/starter/domains";
import type { StarterTable } from "../../src/cli/starter/recipe";
import { finish } from "../../src/engine/ground/finish";
import { EngineError } from "../../src/engine/ground/errors";
import { encodeRows } from "../../src/engine/kinds/table/space/encode";
import { foundIsland } from "../../src/engine/kinds/table/space/found";
import type { FeatureMatch, Island } from "../../src/engine/kinds/table/space/island";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { pickTarget, type Target } from "../../src/engine/learner/target";
import { runnableModel } from "../../src/engine/learnware/runnable-model";
import { openLearnware } from "../../src/engine/learnware/package";
import { trainLearnware } from "../../src/workflows/train/train";
import { trainingTarget } from "../../src/workflows/train/training-target";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import { decodeStat, encodeStat } from "../../src/engine/specification/files/codec";
import type { Specification } from "../../src/engine/specification/specification";
import type { Table } from "../../src/engine/kinds/table/columns/column";
import { selectRows } from "../../src/engine/kinds/table/columns/select-rows";
import { openModel } from "../../src/runtime/models/ort-session";
import type { Cache } from "./market-cache";
import { reduceAsReference } from "./reference-way";
import type { CandidateSpec } from "../../src/engine/specification/candidate-spec";
import { matrixInput } from "../../src/engine/learnware/model-input";

/** A learnware as both sides know it: the same model, described in two ways. */
export interface MarketLearnware {
  readonly id: string;
  readonly candidate: CandidateSpec;
  /** The specification that the reference makes of the same rows. */
  readonly reference: Specification;
  /** Names of the classes in the order of the model's columns; empty for numbers. */
  readonly labels: readonly string[];
  /** Shape [n, outputs]: what the model says of the market's rows. */
  readonly predictions: Matrix<Float32Array>;
}

/** Whose rows they are; they count those of the market. */
interface MarketUser {
  /** Of the domain, and of its learnware if there is one. */
  readonly id: string;
  /** Held back from the learnware of the domain, in random order. */
  readonly heldBack: Int32Array;
  /** What the learnware was trained on, in random order; at most 1000. */
  readonly trained: Int32Array;
}

export interface Market {
  readonly island: Island;
  readonly learnwares: readonly MarketLearnware[];
  readonly users: readonly MarketUser[];
  /** Domains whose rows no safe specification could be made of. */
  readonly refused: readonly string[];
  /** Shape [n, d]: all users' rows, as models take them and as they are described. */
  readonly raw: Matrix<Float32Array>;
  readonly scaled: Matrix<Float32Array>;
  readonly target: Target;
  /** Names of the classes in the order of the target's codes; empty for numbers. */
  readonly labels: readonly string[];
}

export interface MarketSize {
  readonly domains: number;
  readonly users: number;
  /** Which half of the users: those that choices may be made on, or those that are reported. */
  readonly half: "development" | "report";
}

interface Parts {
  readonly plan: StarterTable;
  readonly compute: Compute;
  readonly cache: Cache;
  readonly table: Table;
  readonly island: Island;
  readonly matches: readonly FeatureMatch[];
  readonly raw: Matrix<Float32Array>;
}

/** Rows without a split column that are held back from training. */
const HELD_BACK_SHARE = 0.4;
const MOST_HELD_BACK = 600;
const MOST_TRAINED = 1000;

export async function buildMarket(
  plan: StarterTable,
  data: string,
  compute: Compute,
  cache: Cache,
  size: MarketSize,
): Promise<Market> {
  const whole = (await readTableFile(join(data, plan.file))).table;
  const { rows, target, labels } = trainingTarget(whole, {
    column: plan.target.column,
    task: plan.task,
  });
  const table = selectRows(whole, rows);
  const domains = domainsOf(plan, table).slice(0, size.domains);
  const isHeldBack = heldBackRows(plan, table, domains);
  const trained = domains.flatMap((domain) => [...domain.rows].filter((row) => !isHeldBack[row]));
  const island = foundIsland(plan.island, selectRows(table, trained));
  const matches = island.features.map(({ name }) => ({
    feature: name,
    column: table.columns.findIndex((column) => column.name === name),
  }));
  const raw = encodeRows(table, island, matches, { scaled: false });
  const chosen = pickUsers(domains, isHeldBack, size);
  const asked = chosen.flatMap(({ heldBack, trained }) => [...heldBack, ...trained]);
  const parts = { plan, compute, cache, table, island, matches, raw };
  const learnwares: MarketLearnware[] = [];
  const refused: string[] = [];
  for (const domain of domains) {
    const made = await makeLearnware(parts, domain, isHeldBack, asked);
    if (made) learnwares.push(made);
    else refused.push(domain.id);
  }
  return {
    island,
    learnwares,
    users: renumber(chosen),
    refused,
    raw: pickRows(raw, asked),
    scaled: pickRows(encodeRows(table, island, matches, { scaled: true }), asked),
    target: pickTarget(target, asked),
    labels,
  };
}

/** Users whose rows count what they have one after the other. */
function renumber(users: readonly MarketUser[]): MarketUser[] {
  let next = 0;
  return users.map(({ id, heldBack, trained }) => ({
    id,
    heldBack: heldBack.map(() => next++),
    trained: trained.map(() => next++),
  }));
}

/** Shape [n]: 1 for a row that no model may see, by the table's own split or a seeded one. */
function heldBackRows(plan: StarterTable, table: Table, domains: readonly Domain[]): Uint8Array {
  const held = new Uint8Array(table.rows);
  const split = table.columns.find(({ name }) => name === plan.splitColumn);
  const random = seededRandom(1);
  for (const { rows } of domains) {
    if (split) {
      for (const row of rows) held[row] = Number(split.categories[split.codes![row]!] === "test");
    } else {
      const count = Math.round(HELD_BACK_SHARE * rows.length);
      for (const i of sampleIndices(rows.length, count, random)) held[rows[i]!] = 1;
    }
  }
  return held;
}

function pickUsers(
  domains: readonly Domain[],
  isHeldBack: Uint8Array,
  { users, half }: MarketSize,
): MarketUser[] {
  const random = seededRandom(2);
  const shuffle = (rows: Int32Array) =>
    Int32Array.from(sampleIndices(rows.length, rows.length, random), (i) => rows[i]!);
  const all = domains.map(({ id, rows }) => ({
    id,
    heldBack: shuffle(rows.filter((row) => isHeldBack[row])).slice(0, MOST_HELD_BACK),
    trained: shuffle(rows.filter((row) => !isHeldBack[row])).slice(0, MOST_TRAINED),
  }));
  const remainder = half === "report" ? 0 : 1;
  return [...sampleIndices(all.length, all.length, seededRandom(3))]
    .filter((_, position) => position % 2 === remainder)
    .slice(0, users)
    .map((index) => all[index]!);
}

/** Null if no specification of the domain's rows is safe to publish. */
async function makeLearnware(
  { plan, compute, cache, table, island, matches, raw }: Parts,
  { id, name, rows }: Domain,
  isHeldBack: Uint8Array,
  asked: readonly number[],
): Promise<MarketLearnware | null> {
  const training = rows.filter((row) => !isHeldBack[row]);
  const madeFrom = [
    JSON.stringify([island, plan.target, id]),
    new Uint8Array(pickRows(raw, training).data.buffer),
    JSON.stringify(targetCells(table, plan, training)),
  ];
  const zip = await cache.get(["trees", ...madeFrom], async () => {
    const options = {
      target: { column: plan.target.column, task: plan.task },
      about: {
        name: plan.title.replaceAll("{domain}", name),
        description: plan.about.replaceAll("{domain}", name),
        scenario: plan.scenario,
        licence: plan.licence,
        source: plan.source,
      },
      model: "trees" as const,
      isTestRow: (row: number) => isHeldBack[rows[row]!] === 1,
    };
    const own = selectRows(table, rows);
    try {
      return (await finish(trainLearnware(compute, own, island, matches, options))).zip;
    } catch (error) {
      if (error instanceof EngineError && error.code === "preflight_failed") return NOTHING;
      throw error;
    }
  });
  if (zip.length === 0) return null;
  const reference = await cache.get(["reference", ...madeFrom], () => {
    const extras = { island: island.id, islandVersion: 1, radiusSquared: 0 };
    return new TextEncoder().encode(encodeStat(reduceAsReference(pickRows(raw, training)), extras));
  });
  const { stat, model, manifest } = await openLearnware(zip);
  const { rkme, extras } = decodeStat(stat);
  const { input, output, labels } = runnableModel(manifest);
  return {
    id,
    candidate: { id, rkme, radiusSquared: extras!.radiusSquared },
    reference: decodeStat(new TextDecoder().decode(reference)).rkme,
    labels,
    predictions: await predictRows(model, { input, output }, pickRows(raw, asked)),
  };
}

const NOTHING = new Uint8Array(0);

function targetCells(table: Table, plan: StarterTable, rows: Int32Array): number[] {
  const column = table.columns.find(({ name }) => name === plan.target.column)!;
  const cells = plan.task === "regression" ? column.numbers! : column.codes!;
  return Array.from(rows, (row) => cells[row]!);
}

async function predictRows(
  bytes: Uint8Array,
  names: { readonly input: string; readonly output: string },
  rows: Matrix<Float32Array>,
): Promise<Matrix<Float32Array>> {
  const model = await openModel(bytes, names);
  try {
    return await model.predict([matrixInput(names.input, rows)]);
  } finally {
    await model.dispose();
  }
}
