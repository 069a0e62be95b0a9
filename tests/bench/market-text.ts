/** @file `bench -- market --kind text`: texts that others' models tell the class of, found by the product's own way. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { basisOf, placeHere } from "../../src/cli/texts/place-texts";
import { finish } from "../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { canonical } from "../../src/engine/kinds/text/embed/canonical";
import { TEXT_SPACES } from "../../src/engine/kinds/text/spaces";
import type { TextData } from "../../src/engine/kinds/text/text-data";
import { textKind } from "../../src/engine/kinds/text/text-kind";
import { predictTextModel, trainTextModel } from "../../src/engine/kinds/text/train/text-model";
import type { ModelInput } from "../../src/engine/learnware/model-input";
import type { Predictions } from "../../src/engine/reuse/predict/predictions";
import { openBook } from "../../src/engine/specification/book/book";
import { describeRows } from "../../src/engine/specification/describe";
import { decodeBook } from "../../src/engine/specification/files/book-file";
import type { EmbeddingSpace } from "../../src/engine/specification/embedding/embedding-space";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { advisedOffer } from "../../src/workflows/find/advised-offer";
import { reuse } from "../../src/workflows/reuse/reuse";
import { ReuseHost } from "../../src/workflows/reuse/reuse-host";
import { secretOf } from "../fixtures/secret";
import { type Desk, type DeskLearnware, findAtDesk, openAtDesk } from "./market-desk";
import { marketOfFile, textMarkets, type TextMarket } from "./market-text-build";
import { type Figure, printTable } from "./report";
import { rankAsReference, reduceAsReference } from "./reference-way";

export interface TextMarketOptions {
  readonly data: string | undefined;
  readonly file: string | undefined;
  readonly textColumn: string;
  readonly labelColumn: string;
  readonly groupColumn: string | undefined;
  readonly quick: boolean;
}

const SEEDS = [0, 1];
const LABELS = [10, 50, 200] as const;
/** Rows that must be left to be asked about. */
const FEWEST_ASKED = 30;
/** With fewer of a user's texts nothing is learned by folds. */
const NEAREST = 1;

type Accuracies = Record<string, number>;

export async function benchTextMarkets(options: TextMarketOptions): Promise<Figure[]> {
  const compute = await WasmCompute.create();
  const byName = new Map<string, Accuracies[]>();
  for (const seed of options.quick ? SEEDS.slice(0, 1) : SEEDS) {
    for (const market of await marketsOf(options, seed)) {
      const cut = options.quick ? { ...market, users: market.users.slice(0, 4) } : market;
      const measured = await measure(compute, cut);
      byName.set(market.name, [...(byName.get(market.name) ?? []), ...measured]);
    }
  }
  return [...byName].flatMap(([name, users]) => told(name, users));
}

function marketsOf({ data, file, ...options }: TextMarketOptions, seed: number) {
  if (file === undefined) return textMarkets(data ?? "../shared/data", seed);
  const { textColumn: text, labelColumn: label, groupColumn: group = label } = options;
  return marketOfFile(file, { text, label, group }, seed).then((market) => [market]);
}

function told(name: string, users: readonly Accuracies[]): Figure[] {
  const methods = [...new Set(users.flatMap((user) => Object.keys(user)))];
  const figures = methods.map((metric): Figure => {
    const known = users.flatMap((user) => user[metric] ?? []);
    const value = known.reduce((sum, one) => sum + one, 0) / known.length;
    return { suite: "market", case: `text/${name}`, metric, unit: "share", value };
  });
  console.log(`\n${name}: ${users.length} users`);
  printTable(figures.map(({ metric, value }) => [metric, value.toFixed(3)]));
  return figures;
}

async function measure(compute: Compute, market: TextMarket): Promise<Accuracies[]> {
  const { set, learnwares, users, isOwn } = market;
  const basis = basisOf(set.texts);
  const space = TEXT_SPACES[basis];
  const path = join(import.meta.dirname, `../../public/embedders/${space.id}.book.npy`);
  const book = decodeBook(new Uint8Array(readFileSync(path)), space.dimension);
  const data = await placeHere(set.texts, [basis]);
  const points = textKind.points(data, { space, placed: [] });
  const { vectors } = data.places.get(basis)!;
  const made: (DeskLearnware & { readonly task: readonly string[] })[] = [];
  const references = new Map<string, ReturnType<typeof reduceAsReference>>();
  const answers: Matrix[] = [];
  for (const [i, { rows, task }] of learnwares.entries()) {
    const id = `l${i}`;
    const labels = [...new Set(rows.map((row) => set.labels[row]!))].sort();
    const codes = Int32Array.from(rows, (row) => labels.indexOf(set.labels[row]!));
    const texts = rows.map((row) => set.texts[row]!);
    const model = await finish(trainTextModel(texts, { task: "classification", codes, classes: labels.length })); // prettier-ignore
    const options = { kernel: space.kernel, secret: secretOf(i), book: openBook(book, space.kernel) }; // prettier-ignore
    const described = await finish(describeRows(compute, pickRows(points, rows), options)).catch(() => null); // prettier-ignore
    if (!described) continue;
    const { rkme, radiusSquared } = described;
    references.set(id, reduceAsReference(pickRows(vectors, rows)));
    const about = { task: "classification", target: "label", features: [], labels, input: "text", output: "probabilities" } as const; // prettier-ignore
    const run = async ([input]: readonly ModelInput[]) =>
      predictTextModel(model, input!.data as readonly string[]);
    made.push({ id, task, about, run, candidate: { id, rkme, radiusSquared } });
    answers.push(predictTextModel(model, set.texts.map(canonical)));
  }
  const desk = { compute, island: { ...space }, book, learnwares: made, matches: [] };
  const results: Accuracies[] = [];
  for (const user of users) {
    const accuracies = made.map(({ about: { labels } }, m) =>
      share(user.rows, (row) => labels[largest(answers[m]!, row)] === set.labels[row]),
    );
    const ask = await asked(desk, space, data, points, user.rows);
    const [nearest] = ask.members.slice(0, NEAREST).map(({ card }) => made.findIndex(({ id }) => id === card.id)); // prettier-ignore
    const own = made.map(({ task }) => isOwn(task, user.task));
    const reference = referenceOf(pickRows(vectors, user.rows), made.map(({ id }) => ({ id, rkme: references.get(id)! }))); // prettier-ignore
    const result: Accuracies = {
      random: accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length,
      best: Math.max(...accuracies),
      "package-top1": accuracies[made.findIndex(({ id }) => id === reference.best)]!,
      "package-average": averaged(reference.mixture.map((id) => made.findIndex((one) => one.id === id)), made, answers, user.rows, set.labels), // prettier-ignore
      top1: accuracies[nearest!]!,
      all: averaged([...made.keys()], made, answers, user.rows, set.labels),
      row: await right(ask, user.rows, set.labels, 0),
    };
    if (own.includes(true)) result["own"] = Number(own[nearest!]);
    for (const labels of LABELS) {
      if (user.rows.length - labels < FEWEST_ASKED) continue;
      result[`row-${labels}`] = await right(ask, user.rows, set.labels, labels);
      result[`own-model-${labels}`] = await ownModel(user.rows, set, labels);
    }
    results.push(result);
  }
  return results;
}

/** What the product finds for some rows, and how it predicts them. */
async function asked(
  desk: Desk,
  space: EmbeddingSpace,
  data: TextData,
  points: Matrix<Float32Array>,
  rows: readonly number[],
) {
  const finding = await findAtDesk(desk, pickRows(points, rows));
  const offer = advisedOffer(finding.offers.slice(0, 1), true)!;
  const predict = async (labels: readonly string[], known: number): Promise<Predictions> => {
    const order = Int32Array.from([...rows.slice(known), ...rows.slice(0, known)]);
    const codes = [...new Set(labels)].sort();
    const host = new ReuseHost({
      rows: {
        read: async (_, choice, withOwn) => {
          const wanted = choice instanceof Int32Array ? choice.map((row) => order[row]!) : order.subarray(choice.from, choice.to); // prettier-ignore
          return textKind.rows(data, { space, placed: [] }, wanted, withOwn ? null : undefined); // prettier-ignore
        },
        answers: async () => ({
          task: "classification",
          rows: Int32Array.from({ length: known }, (_, i) => rows.length - known + i),
          codes: Int32Array.from(rows.slice(0, known), (row) => codes.indexOf(labels[row]!)),
          labels: codes,
        }),
        scriptTable: () => Promise.reject(new Error("nothing is written down here")),
      },
      compute: async () => desk.compute,
      open: openAtDesk(desk),
      // eslint-disable-next-line require-yield -- Texts lack nothing that could be filled in.
      async *learnAlignments() {
        return new Map();
      },
    });
    const run = { plan: 1, offer, island: desk.island, matches: [], rows: rows.length - known } as const; // prettier-ignore
    const asks = { ...run, answersColumn: known > 0 ? 0 : null, filling: "lines" as const };
    const ports = { fetchPackage: async () => new Uint8Array(), predictor: host };
    return (await finish(reuse(ports, asks))).reuse.predictions;
  };
  return { members: offer.members, predict };
}

async function right(
  { predict }: Awaited<ReturnType<typeof asked>>,
  rows: readonly number[],
  labels: readonly string[],
  known: number,
): Promise<number> {
  const predictions = await predict(labels, known);
  if (predictions.task !== "classification") throw new Error("texts have classes");
  const wanted = rows.slice(known);
  return share(wanted, (row, i) => predictions.labels[predictions.values[i]!] === labels[row]);
}

async function ownModel(
  rows: readonly number[],
  set: TextMarket["set"],
  known: number,
): Promise<number> {
  const labels = [...new Set(rows.slice(0, known).map((row) => set.labels[row]!))].sort();
  if (labels.length < 2) return share(rows.slice(known), (row) => set.labels[row] === labels[0]);
  const codes = Int32Array.from(rows.slice(0, known), (row) => labels.indexOf(set.labels[row]!));
  const texts = (some: readonly number[]) => some.map((row) => set.texts[row]!);
  const model = await finish(trainTextModel(texts(rows.slice(0, known)), { task: "classification", codes, classes: labels.length })); // prettier-ignore
  const answers = predictTextModel(model, texts(rows.slice(known)));
  return share(rows.slice(known), (row, i) => labels[largest(answers, i)] === set.labels[row]);
}

function referenceOf(raw: Matrix<Float32Array>, specs: Parameters<typeof rankAsReference>[1]) {
  return rankAsReference(reduceAsReference(raw), specs);
}

/** Right answers of the plain average of models, a class that one lacks counting as 0. */
function averaged(
  members: readonly number[],
  made: readonly DeskLearnware[],
  answers: readonly Matrix[],
  rows: readonly number[],
  truth: readonly string[],
): number {
  return share(rows, (row) => {
    const sums = new Map<string, number>();
    for (const m of members) {
      const { data, cols } = answers[m]!;
      made[m]!.about.labels.forEach((label, k) => {
        sums.set(label, (sums.get(label) ?? 0) + data[row * cols + k]!);
      });
    }
    return [...sums].sort(([, a], [, b]) => b - a)[0]?.[0] === truth[row];
  });
}

function largest({ data, cols }: Matrix, row: number): number {
  const scores = data.subarray(row * cols, (row + 1) * cols);
  return scores.indexOf(Math.max(...scores));
}

function share(rows: readonly number[], is: (row: number, i: number) => boolean): number {
  return rows.filter(is).length / rows.length;
}
