/**
 * @file Attackers who know nearly everything: all rows but one and all cells of that but one; all rows before one was
 * added, with what was sent before and after; or what was sent of the same rows many times.
 */

import { finish } from "../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import { openBook } from "../../src/engine/specification/book/book";
import { bookForm, type Form, outlineForm } from "../../src/engine/specification/forms";
import { medianGamma } from "../../src/engine/specification/kernel/bandwidth";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { gaussianGram } from "../../src/engine/specification/kernel/gaussian";
import { gaussianGamma, gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import { embeddingAt, squaredMmd } from "../../src/engine/specification/kernel/mmd";
import { ReferenceCompute } from "../../src/engine/specification/kernel/reference-compute";
import { type KeyedHalf, keyedHalf } from "../../src/engine/specification/keyed/keyed-half";
import { solveSimplexQp } from "../../src/engine/specification/reduce/simplex-qp";
import type { Specification } from "../../src/engine/specification/specification";
import { secretOf } from "../fixtures/secret";
import type { Figure } from "./report";
import { madeUpTable } from "./spec-tables";

/** Values that the unknown cell may have. */
const CANDIDATES = 28;
const ORDERS = 20;
/** By which each table is described. */
const SECRETS = 8;
const POINTS = { outline: 5, book: 64 } as const;
type FormName = keyof typeof POINTS;
/** Rows of the table before one is added, and rows that it is told from. */
const [BEFORE, STRANGERS] = [99, 50];

/** Figures with coins, and without them, when all rows are in what is sent, as their baseline. */
export async function reconstruct(
  compute: Compute,
  iris: Matrix<Float32Array> | null,
  quick: boolean,
): Promise<Figure[]> {
  const x = iris ?? rounded(madeUpTable(150, 4));
  const tables = quick ? 2 : 10;
  const figures: Figure[] = [];
  for (const form of ["outline", "book"] as const) {
    const makers = { plain: await maker(form, x, false), coins: await maker(form, x, true) };
    const figure = (metric: string, unit: string, value: number, baseline: number): Figure => ({
      ...{ suite: "spec", case: `reconstruction/iris${iris ? "" : "-like"}/${form}`, metric, unit },
      ...{ value, baseline },
    });
    const [plain, coins] = [
      await cellsFound(makers.plain, compute, x, tables),
      await cellsFound(makers.coins, compute, x, tables),
    ];
    const of = `of ${tables}; chance ${(tables / CANDIDATES).toFixed(1)}`;
    figures.push(
      figure("cells_found_by_repeating", of, coins.repeating, plain.repeating),
      figure("cells_found_by_solving", of, coins.solving, plain.solving),
      figure(
        "added_row_percentile",
        "chance 50",
        await addedRow(makers.coins, compute, x, 2 * tables),
        await addedRow(makers.plain, compute, x, 2 * tables),
      ),
      figure(
        "different_in_20_orders",
        "specifications",
        await differentOrders(makers.coins, compute, x),
        await differentOrders(makers.plain, compute, x),
      ),
    );
  }
  return figures;
}

/** Describes rows by coins of this secret; without one, as an attacker has to, all of them. */
type Maker = (compute: Compute, x: Matrix<Float32Array>, secret?: number) => Promise<Specification>;

async function maker(form: FormName, x: Matrix<Float32Array>, coins: boolean): Promise<Maker> {
  const kernel = gaussianKernel(medianGamma(x));
  const points = madeUpTable(256, x.cols, 11);
  const book = openBook(points, kernel);
  return async (compute, rows, secret) => {
    const half = coins && secret !== undefined ? keyedHalf(rows, secretOf(secret)) : everyRow(rows);
    const made: Form =
      form === "book"
        ? bookForm(compute, book)
        : await finish(outlineForm(compute, half, { kernel }));
    return (await finish(made.describe(half, POINTS[form]))).rkme;
  };
}

function everyRow(x: Matrix<Float32Array>): KeyedHalf {
  const order = Int32Array.from({ length: x.rows }, (_, i) => i);
  return { x: pickRows(x, order), order, secret: secretOf(0) };
}

/**
 * How many unknown cells are found: by describing the table with every value that the cell may have, and taking that which
 * comes nearest; or by asking which weights of its rows explain best what was sent, as who suspects coins would.
 */
async function cellsFound(make: Maker, compute: Compute, x: Matrix<Float32Array>, tables: number) {
  const other = new ReferenceCompute();
  const column = 2 % x.cols;
  const values = [...new Set(x.data.filter((_, at) => at % x.cols === column))];
  const found = { repeating: 0, solving: 0 };
  for (let table = 0; table < tables; table++) {
    const random = seededRandom(table);
    const rows = pickRows(x, sampleIndices(x.rows, x.rows, random));
    const at = (rows.rows - 1) * rows.cols + column;
    const truth = rows.data[at]!;
    const wrong = values.filter((value) => value !== truth);
    const drawn = sampleIndices(wrong.length, CANDIDATES - 1, random);
    const tried = [...Array.from(drawn, (i) => wrong[i]!), truth].map((value) => {
      const data = rows.data.slice();
      data[at] = value;
      return { ...rows, data };
    });
    const repeated = await inTurn(tried, (one) => make(other, one));
    for (let secret = 1; secret <= SECRETS; secret++) {
      const sent = await make(compute, rows, secret);
      found.repeating += shareOfLast(repeated.map((one) => squaredMmd(sent, one))) / SECRETS;
      if (secret > 1) continue; // It takes long.
      found.solving += shareOfLast(tried.map((one) => unexplained(sent, one)));
    }
  }
  return found;
}

async function inTurn<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

/** Whether the last, the true one, is least; where several are level, a guess among them. */
function shareOfLast(distances: readonly number[]): number {
  const least = Math.min(...distances);
  return distances.at(-1) === least ? 1 / distances.filter((one) => one === least).length : 0;
}

/** The squared distance from what was sent to the nearest weighting of the rows, less a constant. */
function unexplained(sent: Specification, rows: Matrix<Float32Array>): number {
  const gram = gaussianGram(rows, rows, gaussianGamma(sent.kernel));
  return 2 * solveSimplexQp(gram, embeddingAt(sent, rows), { ridge: 1e-6 }).objective;
}

/** Of the row that was added, among rows that were not: how much of what changed between two specifications is at it. */
async function addedRow(make: Maker, compute: Compute, x: Matrix<Float32Array>, tables: number) {
  let sum = 0;
  for (let table = 0; table < tables; table++) {
    const order = sampleIndices(x.rows, x.rows, seededRandom(table));
    const before = await make(compute, pickRows(x, order.subarray(0, BEFORE)), 1);
    const after = await make(compute, pickRows(x, order.subarray(0, BEFORE + 1)), 1);
    const asked = pickRows(x, order.subarray(BEFORE, BEFORE + 1 + STRANGERS));
    const [was, is] = [embeddingAt(before, asked), embeddingAt(after, asked)];
    const [own, ...others] = Array.from(is, (value, i) => (BEFORE + 1) * value - BEFORE * was[i]!);
    const below = others.filter((one) => one < own!).length;
    const level = others.filter((one) => one === own!).length;
    sum += (100 * (below + level / 2)) / others.length;
  }
  return sum / tables;
}

/** How many different specifications the same rows get in twenty orders. */
async function differentOrders(make: Maker, compute: Compute, x: Matrix<Float32Array>) {
  const texts = new Set<string>();
  for (let order = 0; order < ORDERS; order++) {
    const rows = pickRows(x, sampleIndices(x.rows, x.rows, seededRandom(order)));
    const { points, weights } = await make(compute, rows, 1);
    texts.add(`${points.data.join()};${weights.join()}`);
  }
  return texts.size;
}

/** To tenths, so that columns have few values, as measurements do. */
function rounded(x: Matrix<Float32Array>): Matrix<Float32Array> {
  return { ...x, data: x.data.map((value) => Math.round(10 * value) / 10) };
}
