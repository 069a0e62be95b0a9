/** @file Makes the learnwares of a market and the rows of its users, and lets all models predict them. */

import { createHash } from "node:crypto";
import { join } from "node:path";

import { type Domain, domainsOf } from "../../src/cli/starter/domains";
import { finish } from "../../src/engine/ground/finish";
import { EngineError } from "../../src/engine/ground/errors";
import { encodeRows } from "../../src/engine/kinds/table/space/encode";
import { foundSpace } from "../../src/engine/kinds/table/space/found";
import type { FeatureMatch, Space } from "../../src/engine/kinds/table/space/space";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { pickTarget, type Target } from "../../src/engine/learner/target";
import { type RunnableModel, runnableModel } from "../../src/engine/learnware/runnable-model";
import { openLearnware } from "../../src/engine/learnware/package";
import { trainLearnware } from "../../src/workflows/train/train";
import { trainingTarget } from "../../src/workflows/train/training-target";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import type { CandidateSpec } from "../../src/engine/specification/candidate-spec";
import { type BookPoints, openBook } from "../../src/engine/specification/book/book";
import { makeBook } from "../../src/engine/specification/book/make-book";
import { describeRows } from "../../src/engine/specification/describe";
import { encodeBook } from "../../src/engine/specification/files/book-file";
import { decodeStat, encodeStat } from "../../src/engine/specification/files/codec";
import type { Specification } from "../../src/engine/specification/specification";
import type { Column, Table } from "../../src/engine/kinds/table/columns/column";
import { selectRows } from "../../src/engine/kinds/table/columns/select-rows";
import { matrixInput, type ModelInput } from "../../src/engine/learnware/model-input";
import { openModel } from "../../src/runtime/models/ort-session";
import type { Cache } from "./market-cache";
import { type MarketTable, readMarket } from "./market-plans";
import { reduceAsReference } from "./reference-way";
import { secretOf } from "../fixtures/secret";

/** A learnware as both sides know it: the same model, described in two ways. */
export interface MarketLearnware {
  readonly id: string;
  readonly candidate: CandidateSpec;
  /** The specification that the reference makes of the same rows. */
  readonly reference: Specification;
  /** Names of the classes in the order of the model's columns; empty for numbers. */
  readonly labels: readonly string[];
  readonly about: RunnableModel;
  /** Runs the model; the same rows are answered from memory. */
  readonly run: (inputs: readonly ModelInput[]) => Promise<Matrix<Float32Array>>;
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

/** How learnwares are described: by points of their own, or as weights on the points of the space. */
export type FormName = "outline" | "book";

/** A market in one form; models, users and rows are the same in the other. */
export interface Market {
  readonly form: FormName;
  readonly island: Space;
  /** Null where specifications have points of their own. */
  readonly book: BookPoints | null;
  readonly learnwares: readonly MarketLearnware[];
  readonly users: readonly MarketUser[];
  /** Domains whose rows no safe specification could be made of in one of the forms. */
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
  readonly plan: MarketTable;
  readonly compute: Compute;
  readonly cache: Cache;
  readonly table: Table;
  readonly island: Space;
  readonly matches: readonly FeatureMatch[];
  readonly raw: Matrix<Float32Array>;
}

/** Of rows without a split column so many are held back from training: the latest, where there is a time. */
const HELD_BACK_SHARE = 0.4;
const MOST_HELD_BACK = 600;
const MOST_TRAINED = 1000;

/** @returns In both forms, the one that is the default last. */
export async function buildMarket(
  plan: MarketTable,
  data: string,
  compute: Compute,
  cache: Cache,
  size: MarketSize,
): Promise<Market[]> {
  const whole = await readMarket(join(data, plan.file), plan);
  const { rows, target, labels } = trainingTarget(whole, {
    column: plan.target.column,
    task: plan.task,
  });
  const table = selectRows(whole, rows);
  const domains = domainsOf(plan, table).slice(0, size.domains);
  const isHeldBack = heldBackRows(plan, table, domains);
  const trained = domains.flatMap((domain) => [...domain.rows].filter((row) => !isHeldBack[row]));
  const island = foundSpace(plan.island, selectRows(table, trained));
  const matches = island.features.map(({ name }) => ({
    feature: name,
    column: table.columns.findIndex((column) => column.name === name),
  }));
  const raw = encodeRows(table, island, matches, { scaled: false });
  const chosen = pickUsers(domains, isHeldBack, size);
  const asked = chosen.flatMap(({ heldBack, trained }) => [...heldBack, ...trained]);
  const parts = { plan, compute, cache, table, island, matches, raw };
  const outlined: MarketLearnware[] = [];
  for (const domain of domains) {
    const made = await makeLearnware(parts, domain, isHeldBack, asked);
    if (made) outlined.push(made);
  }
  const scaled = encodeRows(table, island, matches, { scaled: true });
  const shelf = await makeShelf(parts, outlined);
  const booked: MarketLearnware[] = [];
  for (const learnware of outlined) {
    const { rows } = domains.find(({ id }) => id === learnware.id)!;
    const own = pickRows(scaled, rows.filter((row) => !isHeldBack[row])); // prettier-ignore
    const candidate = await describeOnBook(parts, shelf, learnware.id, own);
    if (candidate) booked.push({ ...learnware, candidate });
  }
  const kept = new Set(booked.map(({ id }) => id));
  const common = {
    users: renumber(chosen),
    refused: domains.flatMap(({ id }) => (kept.has(id) ? [] : id)),
    raw: pickRows(raw, asked),
    scaled: pickRows(scaled, asked),
    target: pickTarget(target, asked),
    labels,
  };
  const learnwares = outlined.filter(({ id }) => kept.has(id));
  return [
    { ...common, form: "outline", island, book: null, learnwares },
    { ...common, form: "book", ...shelf, learnwares: booked },
  ];
}

/** A space with its book, as a dock has it once the space has enough learnwares. */
interface Shelf {
  readonly island: Space;
  readonly book: BookPoints;
}

async function makeShelf({ island }: Parts, outlined: readonly MarketLearnware[]): Promise<Shelf> {
  const published = outlined.map(({ candidate }) => candidate.rkme);
  const book = await makeBook(published, `${island.id}@${island.version}`);
  if (!book) throw new Error("no learnware of the market could be described");
  const sha256 = createHash("sha256").update(encodeBook(book)).digest("hex");
  return { island: { ...island, book: { sha256, points: book.rows } }, book };
}

/** Null if no weights of these rows are safe to publish. */
async function describeOnBook(
  { compute, cache }: Parts,
  { island, book }: Shelf,
  id: string,
  x: Matrix<Float32Array>,
): Promise<CandidateSpec | null> {
  const { kernel, book: mark } = island;
  const madeFrom = ["book", mark!.sha256, JSON.stringify(kernel), new Uint8Array(x.data.buffer)];
  const stat = await cache.get(madeFrom, async () => {
    const options = { kernel, secret: secretOf(1), book: openBook(book, kernel) };
    try {
      const { rkme, radiusSquared } = await finish(describeRows(compute, x, options));
      const extras = { space: island.id, spaceVersion: island.version, radiusSquared };
      return new TextEncoder().encode(encodeStat(rkme, extras));
    } catch (error) {
      if (error instanceof EngineError && error.code === "preflight_failed") return NOTHING;
      throw error;
    }
  });
  if (stat.length === 0) return null;
  const { rkme, extras } = decodeStat(new TextDecoder().decode(stat));
  return { id, rkme, radiusSquared: extras!.radiusSquared };
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
function heldBackRows(plan: MarketTable, table: Table, domains: readonly Domain[]): Uint8Array {
  const held = new Uint8Array(table.rows);
  const split = table.columns.find(({ name }) => name === plan.splitColumn);
  const time = table.columns.find(({ name }) => name === plan.timeColumn);
  const random = seededRandom(1);
  for (const { rows } of domains) {
    if (split) {
      for (const row of rows) held[row] = Number(split.categories[split.codes![row]!] === "test");
    } else {
      const count = Math.round(HELD_BACK_SHARE * rows.length);
      const latest = time && inOrder(time, rows).slice(rows.length - count);
      const chosen = latest ?? [...sampleIndices(rows.length, count, random)].map((i) => rows[i]!);
      for (const row of chosen) held[row] = 1;
    }
  }
  return held;
}

/** Rows by a column, the least first; texts as dictionaries have them. */
function inOrder({ numbers, codes, categories }: Column, rows: Int32Array): number[] {
  const places = categories.map((_, code) => code);
  places.sort((a, b) => (categories[a]! < categories[b]! ? -1 : 1));
  const rank = new Map(places.map((code, place) => [code, place]));
  const valueOf = (row: number) => numbers?.[row] ?? rank.get(codes?.[row] ?? -1) ?? -1;
  return [...rows].sort((a, b) => valueOf(a) - valueOf(b));
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
      secret: secretOf(1),
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
    const extras = { space: island.id, spaceVersion: 1, radiusSquared: 0 };
    return new TextEncoder().encode(encodeStat(reduceAsReference(pickRows(raw, training)), extras));
  });
  const { stat, model, manifest } = await openLearnware(zip);
  const { rkme, extras } = decodeStat(stat);
  const about = runnableModel(manifest);
  const run = remembering(model, about);
  return {
    id,
    candidate: { id, rkme, radiusSquared: extras!.radiusSquared },
    reference: decodeStat(new TextDecoder().decode(reference)).rkme,
    ...{ labels: about.labels, about, run },
    predictions: await run([matrixInput(about.input, pickRows(raw, asked))]),
  };
}

const NOTHING = new Uint8Array(0);

function targetCells(table: Table, plan: MarketTable, rows: Int32Array): number[] {
  const column = table.columns.find(({ name }) => name === plan.target.column)!;
  const cells = plan.task === "regression" ? column.numbers! : column.codes!;
  return Array.from(rows, (row) => cells[row]!);
}

/** A model that answers rows it has seen before from memory; it is open only while it is asked something new. */
function remembering(
  bytes: Uint8Array,
  names: { readonly input: string; readonly output: string },
): MarketLearnware["run"] {
  const answers = new Map<string, Matrix<Float32Array>>();
  return async (inputs) => {
    const hash = createHash("sha1");
    for (const { data } of inputs) hash.update(data as Float32Array);
    const key = hash.digest("base64");
    const known = answers.get(key);
    if (known) return known;
    const model = await openModel(bytes, names);
    try {
      const answer = await model.predict(inputs);
      answers.set(key, answer);
      return answer;
    } finally {
      await model.dispose();
    }
  };
}
