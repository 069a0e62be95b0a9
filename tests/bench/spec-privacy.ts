/**
 * @file What specifications give away of single rows: what attacks achieve on what would be sent of five tables, by either
 * form, and with all rows in it for comparison. And whether a cell can be found by who knows everything else.
 */

import { EngineError } from "../../src/engine/ground/errors";
import { finish } from "../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import type { Book } from "../../src/engine/specification/book/book";
import { type Described, describeRows } from "../../src/engine/specification/describe";
import { bookForm, type Form, outlineForm } from "../../src/engine/specification/forms";
import { medianGamma } from "../../src/engine/specification/kernel/bandwidth";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { gaussianKernel, type Kernel } from "../../src/engine/specification/kernel/kernel";
import { type KeyedHalf, keyedHalf } from "../../src/engine/specification/keyed/keyed-half";
import { rehearseAttacks, type Rehearsed } from "../../src/engine/specification/publish/rehearse";
import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { secretOf } from "../fixtures/secret";
import type { Figure } from "./report";
import { publicBook } from "./spec-books";
import { reconstruct } from "./spec-reconstruction";
import { madeUpTable, tableOf } from "./spec-tables";

const TABLES = [
  { name: "iris", rows: 150, cols: 4 },
  { name: "wine", rows: 178, cols: 13 },
  { name: "breast-cancer", rows: 569, cols: 30 },
  { name: "diabetes", rows: 442, cols: 10 },
  { name: "digits", rows: 400, cols: 64 },
] as const;
const FORMS = ["outline", "book"] as const;
type FormName = (typeof FORMS)[number];
/** Two-sided, 95 %, of Student's t with one degree of freedom less than there are secrets. */
const T95: Readonly<Record<number, number>> = { 2: 12.7, 10: 2.262 };

/** @param folder - With `<table>.npy` or the shared tables; without, tables of these shapes are made up. */
export async function benchPrivacy(folder: string | undefined, quick: boolean): Promise<Figure[]> {
  const compute = await WasmCompute.create();
  const secrets = Array.from({ length: quick ? 2 : 10 }, (_, i) => i + 1);
  const figures: Figure[] = [];
  for (const { name, rows, cols } of quick ? TABLES.slice(0, 2) : TABLES) {
    const found = folder === undefined ? null : tableOf(folder, name);
    const x = found ? firstRows(found, rows) : madeUpTable(rows, cols);
    const kernel = gaussianKernel(medianGamma(x));
    const book = await publicBook(compute, x, kernel);
    for (const form of FORMS) {
      const told = `attacks/${name}${found ? "" : "-like"}/${form}`;
      figures.push(...(await attacked(compute, x, kernel, { form, book, secrets, told })));
    }
  }
  const iris = folder === undefined ? null : tableOf(folder, "iris");
  figures.push(...(await reconstruct(compute, iris, quick)));
  return figures;
}

interface Attack {
  readonly form: FormName;
  readonly book: Book;
  readonly secrets: readonly number[];
  /** The case that figures are of. */
  readonly told: string;
}

/** Means over the secrets by which something would be sent, beside the same number of points of all rows. */
async function attacked(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  { form, book, secrets, told }: Attack,
): Promise<Figure[]> {
  const sent: Described[] = [];
  const plain: Rehearsed[] = [];
  const took: number[] = [];
  for (const secret of secrets) {
    const options = { kernel, secret: secretOf(secret), ...(form === "book" && { book }) };
    const start = performance.now();
    const described = await describedOrNull(compute, x, options);
    took.push((performance.now() - start) / 1000);
    if (!described) continue;
    sent.push(described);
    const found = await withAllRows(compute, x, kernel, { form, book, described, secret });
    if (found) plain.push(found);
  }
  const figure = (metric: string, unit: string, value: number, baseline?: number): Figure => ({
    ...{ suite: "spec", case: told, metric, unit, value },
    ...(baseline !== undefined && { baseline }),
  });
  const refused = secrets.length - sent.length;
  const figures = [
    figure("refused", `of ${secrets.length}`, refused),
    figure("seconds", "s", mean(took)),
  ];
  if (sent.length === 0) return figures;
  figures.push(figure("points", "points", mean(sent.map(({ preflight }) => preflight.points))));
  for (const [metric, unit, of] of [
    ["attack_auc", "AUC", (one: Rehearsed) => one.attackAuc],
    ["strong_auc", "AUC", (one: Rehearsed) => one.strongAuc],
    ["true_positives", "at 1 % false", (one: Rehearsed) => one.truePositiveRate],
  ] as const) {
    const values = sent.map(({ preflight }) => of(preflight));
    figures.push(
      figure(metric, unit, mean(values), plain.length > 0 ? mean(plain.map(of)) : undefined),
    );
    if (values.length < secrets.length) continue;
    const reach = T95[values.length]! * standardError(values);
    figures.push(figure(`${metric}_low`, unit, mean(values) - reach));
    figures.push(figure(`${metric}_high`, unit, mean(values) + reach));
  }
  return figures;
}

/** The same attacks on as many points without coins: as it was before there were any. */
async function withAllRows(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  {
    form: name,
    book,
    described,
    secret,
  }: Omit<Attack, "secrets" | "told"> & { described: Described; secret: number },
): Promise<Rehearsed | null> {
  const own = keyedHalf(x, secretOf(secret));
  const all: KeyedHalf = { x: pickRows(x, own.order), order: own.order, secret: own.secret };
  const form: Form =
    name === "book" ? bookForm(compute, book) : await finish(outlineForm(compute, all, { kernel }));
  const count = name === "book" ? lastWeight(described) : described.preflight.points;
  return finish(
    rehearseAttacks(
      all.x,
      async function* (train, shadow) {
        const part = Math.max(form.fewest, Math.round((count * train.rows) / x.rows));
        const order = Int32Array.from({ length: train.rows }, (_, i) => i);
        try {
          return (yield* form.describe({ x: pickRows(train, order), order, secret: shadow }, part))
            .rkme;
        } catch (error) {
          if (error instanceof EngineError && error.code === "preflight_failed") return null;
          throw error;
        }
      },
      { secret: own.secret, count },
    ),
  );
}

/** How many points of the book were in use: up to the last that has weight. */
function lastWeight({ bookWeights }: Described): number {
  return bookWeights!.findLastIndex((weight) => weight > 0) + 1;
}

/** Null where nothing would be sent. */
async function describedOrNull(
  ...args: Parameters<typeof describeRows>
): Promise<Described | null> {
  try {
    return await finish(describeRows(...args));
  } catch (error) {
    if (error instanceof EngineError && error.code === "preflight_failed") return null;
    throw error;
  }
}

function firstRows(x: Matrix<Float32Array>, rows: number): Matrix<Float32Array> {
  return x.rows <= rows ? x : { ...x, data: x.data.slice(0, rows * x.cols), rows };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const variance = mean(values.map((value) => (value - middle) ** 2));
  return Math.sqrt(variance / Math.max(1, values.length - 1));
}
