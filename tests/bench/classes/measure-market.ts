/** @file A market of classes, measured: what others' models tell rows to be, found and put together by the product's own way. */

import { finish } from "../../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../../src/engine/ground/matrix";
import { describeOptions } from "../../../src/engine/kinds/describe-options";
import type { RunnableLearnware } from "../../../src/engine/learnware/runnable-learnware";
import type { Predictions } from "../../../src/engine/reuse/predict/predictions";
import type { ReuserName } from "../../../src/engine/reuse/reuser";
import type { BookPoints } from "../../../src/engine/specification/book/book";
import { describeRows } from "../../../src/engine/specification/describe";
import type { EmbeddingSpace } from "../../../src/engine/specification/embedding/embedding-space";
import type { Compute } from "../../../src/engine/specification/kernel/compute";
import { advisedOffer } from "../../../src/workflows/find/advised-offer";
import type { ReuseHostPorts } from "../../../src/workflows/reuse/ports";
import { reuse } from "../../../src/workflows/reuse/reuse";
import { ReuseHost } from "../../../src/workflows/reuse/reuse-host";
import { secretOf } from "../../fixtures/secret";
import { type Desk, type DeskLearnware, findAtDesk, openAtDesk } from "../market-desk";
import type { ClassMarket, Part } from "./plans";

/** Answers of a model, for any rows of the set. */
interface Learnt extends Pick<RunnableLearnware, "about" | "run"> {
  /** Shape [n, labels of `about`]. */
  readonly answer: (rows: readonly number[]) => Matrix;
}

/** The rows of a set, as one kind of data has them. */
export interface ClassRows<Spec> {
  readonly space: EmbeddingSpace;
  readonly book: BookPoints;
  /** Shape [n, d]: of all rows, in the space. */
  readonly points: Matrix<Float32Array>;
  readonly read: (rows: Int32Array, withOwn: boolean) => ReturnType<ReuseHostPorts["rows"]["read"]>;
  readonly learn: (rows: readonly number[], labels: readonly string[]) => Promise<Learnt>;
  /** The Python package's way of describing rows, and of finding. */
  readonly package: {
    readonly describe: (rows: readonly number[]) => Spec;
    readonly rank: (user: Spec, of: readonly { readonly id: string; readonly rkme: Spec }[]) => { readonly best: string; readonly mixture: readonly string[] }; // prettier-ignore
  };
}

/** Shares of a user's rows, by `<labels known>/<way>`; `own-first` tells whether the nearest learnware is of the user's own task. */
export type Figures = Record<string, number>;

const LABELS = [10, 50, 200] as const;
/** Rows that must be left to be asked about. */
const FEWEST_ASKED = 30;

/**
 * One record of figures for each user with rows enough.
 *
 * @throws Error in one sentence, if there are no two classes, no learnware or no user.
 */
export async function measureMarket<Spec>(
  compute: Compute,
  kind: ClassRows<Spec>,
  { labels, learnwares, users, isOwn }: ClassMarket,
): Promise<Figures[]> {
  const classes = new Set(labels).size;
  if (classes < 2) throw new Error(`a market needs rows of two classes or more: these ${labels.length} have ${classes}`); // prettier-ignore
  const asking = users.filter(({ rows }) => rows.length >= FEWEST_ASKED);
  if (asking.length === 0) {
    throw new Error(`too few rows for a market: of ${labels.length} with ${classes} classes no user gets ${FEWEST_ASKED} to ask about`); // prettier-ignore
  }
  const { space, book, points } = kind;
  const made: Made<Spec>[] = [];
  for (const [i, { rows, task }] of learnwares.entries()) {
    if (new Set(rows.map((row) => labels[row])).size < 2) continue;
    const options = describeOptions(space, book, secretOf(i));
    const described = await finish(describeRows(compute, pickRows(points, rows), options)).catch(() => null); // prettier-ignore
    if (!described) continue;
    const { rkme, radiusSquared } = described;
    const learnt = await kind.learn(rows, labels);
    const id = `l${i}`;
    const candidate = { id, rkme, radiusSquared };
    made.push({ id, task, ...learnt, candidate, package: kind.package.describe(rows) });
  }
  const refused = learnwares.length - made.length;
  if (made.length === 0) {
    throw new Error(`too few rows for a market: of ${labels.length} with ${classes} classes none of ${learnwares.length} learnwares gets enough to be described without telling of single rows`); // prettier-ignore
  }
  if (refused > 0) console.log(`${refused} learnwares refused: of one class, or not private enough`); // prettier-ignore
  const desk = { compute, island: space, book, learnwares: made, matches: [] };
  const figures: Figures[] = [];
  for (const user of asking) {
    const of = { kind, labels, made, desk, own: made.map(({ task }) => isOwn(task, user.task)) };
    figures.push(await measureUser(of, user));
  }
  return figures;
}

interface Made<Spec> extends DeskLearnware {
  readonly task: readonly string[];
  readonly answer: Learnt["answer"];
  readonly package: Spec;
}

interface OfUser<Spec> {
  readonly kind: ClassRows<Spec>;
  readonly labels: readonly string[];
  readonly made: readonly Made<Spec>[];
  readonly desk: Desk;
  /** Shape [learnwares]. */
  readonly own: readonly boolean[];
}

async function measureUser<Spec>(
  { kind, labels, made, desk, own }: OfUser<Spec>,
  { rows }: Part,
): Promise<Figures> {
  const answers = made.map(({ answer }) => answer(rows));
  const rightOf = (m: number) =>
    share(rows, (row, i) => made[m]!.about.labels[largest(answers[m]!, i)] === labels[row]);
  const averaged = (members: readonly number[]) =>
    share(rows, (row, i) => mostOf(members.map((m) => [made[m]!.about.labels, answers[m]!]), i) === labels[row]); // prettier-ignore
  const at = (id: string) => made.findIndex((one) => one.id === id);
  const accuracies = made.map((_, m) => rightOf(m));
  const ask = await asked(kind, desk, rows, labels);
  const nearest = at(ask.members[0]!.card.id);
  const found = kind.package.rank(kind.package.describe(rows), made.map(({ id, package: rkme }) => ({ id, rkme }))); // prettier-ignore
  const figures: Figures = {
    "0/mean": accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length,
    "0/best": Math.max(...accuracies),
    "0/package-top1": accuracies[at(found.best)]!,
    "0/package-average": averaged(found.mixture.map(at)),
    "0/top1": accuracies[nearest]!,
    "0/all": averaged([...made.keys()]),
    "0/row": await ask.right(0, () => "weigh_by_row"),
    "0/recommended": await ask.right(0),
  };
  if (own.includes(true)) {
    figures["0/own-first"] = Number(own[nearest]);
    figures["0/package-own-first"] = Number(own[at(found.best)]);
  }
  for (const known of LABELS) {
    if (rows.length - known < FEWEST_ASKED) continue;
    figures[`${known}/recommended`] = await ask.right(known);
    figures[`${known}/own-model`] = await ownModel(kind, rows, labels, known);
  }
  return figures;
}

/** What the product finds for some rows, and how often what it recommends is right of them. */
async function asked<Spec>(
  { points, space, read }: ClassRows<Spec>,
  desk: Desk,
  rows: readonly number[],
  labels: readonly string[],
) {
  const finding = await findAtDesk(desk, pickRows(points, rows));
  const offer = advisedOffer(finding.offers.slice(0, 1), true)!;
  const predict = async (known: number, wayOf?: () => ReuserName): Promise<Predictions> => {
    const order = Int32Array.from([...rows.slice(known), ...rows.slice(0, known)]);
    const codes = [...new Set(rows.map((row) => labels[row]!))].sort();
    const host = new ReuseHost({
      rows: {
        read: async (_, choice, withOwn) => {
          const wanted = choice instanceof Int32Array ? choice.map((row) => order[row]!) : order.subarray(choice.from, choice.to); // prettier-ignore
          return read(wanted, withOwn);
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
      // eslint-disable-next-line require-yield -- Such rows lack nothing that could be filled in.
      async *learnAlignments() {
        return new Map();
      },
    });
    const run = { plan: 1, offer, island: space, matches: [], rows: rows.length - known } as const;
    const asks = { ...run, answersColumn: known > 0 ? 0 : null, filling: "lines" as const };
    const ports = { fetchPackage: async () => new Uint8Array(), predictor: host };
    return (await finish(reuse(ports, asks, wayOf))).reuse.predictions;
  };
  const right = async (known: number, wayOf?: () => ReuserName): Promise<number> => {
    const predictions = await predict(known, wayOf);
    if (predictions.task !== "classification") throw new Error("the rows have classes");
    return share(rows.slice(known), (row, i) => predictions.labels[predictions.values[i]!] === labels[row]); // prettier-ignore
  };
  return { members: offer.members, right };
}

/** How often a model of the labelled rows alone is right of the others. */
async function ownModel<Spec>(
  { learn }: Pick<ClassRows<Spec>, "learn">,
  rows: readonly number[],
  labels: readonly string[],
  known: number,
): Promise<number> {
  const [learned, others] = [rows.slice(0, known), rows.slice(known)];
  const [only, ...more] = new Set(learned.map((row) => labels[row]!));
  if (more.length === 0) return share(others, (row) => labels[row] === only);
  const { about, answer } = await learn(learned, labels);
  const answers = answer(others);
  return share(others, (row, i) => about.labels[largest(answers, i)] === labels[row]);
}

/** What the plain average of models tells a row to be, a class that one lacks counting as 0. */
function mostOf(
  models: readonly (readonly [labels: readonly string[], answers: Matrix])[],
  row: number,
): string | undefined {
  const sums = new Map<string, number>();
  for (const [labels, { data, cols }] of models) {
    labels.forEach((label, k) => sums.set(label, (sums.get(label) ?? 0) + data[row * cols + k]!));
  }
  return [...sums].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function largest({ data, cols }: Matrix, row: number): number {
  const scores = data.subarray(row * cols, (row + 1) * cols);
  return scores.indexOf(Math.max(...scores));
}

function share(rows: readonly number[], is: (row: number, i: number) => boolean): number {
  return rows.filter(is).length / rows.length;
}

/** The classes of some rows, and the code of each row's. */
export function targetOf(rows: readonly number[], all: readonly string[]) {
  const labels = [...new Set(rows.map((row) => all[row]!))].sort();
  const codes = Int32Array.from(rows, (row) => labels.indexOf(all[row]!));
  return { labels, target: { task: "classification", codes, classes: labels.length } as const };
}
