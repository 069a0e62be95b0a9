/** @file How close reduced sets are to their rows, and what they give away of them, next to the Python package's. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { EngineError } from "../../src/engine/ground/errors";
import { squaredDistance } from "../../src/engine/specification/kernel/gaussian";
import { innerProduct } from "../../src/engine/specification/kernel/mmd";
import { ReferenceCompute } from "../../src/engine/specification/kernel/reference-compute";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import type { Book } from "../../src/engine/specification/book/book";
import { type Described, describeRows } from "../../src/engine/specification/describe";
import { membershipAuc } from "../../src/engine/specification/publish/membership-attack";
import { medianNeighbourDistance } from "../../src/engine/specification/publish/neighbour-distance";
import { reduceRows } from "../../src/engine/specification/reduce/reduce";
import { reduceSafely } from "../../src/engine/specification/publish/reduce-safely";
import type { Specification } from "../../src/engine/specification/specification";
import { finish } from "../../src/engine/ground/finish";
import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { reduceAsReference } from "./reference-way";
import { type Figure, median } from "./report";
import { publicBook } from "./spec-books";
import { madeUpTable, tableOf } from "./spec-tables";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import { secretOf } from "../fixtures/secret";

const GAMMA = 0.1;
const MOST_POINTS = 100;
const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);
const ATTACK_SEEDS = [0, 1, 2, 3, 4];
const NAMES = [
  "synthetic-d4",
  "synthetic-d20",
  "synthetic-d100",
  "wine",
  "breast-cancer",
  "digits",
] as const;

/**
 * Figures of every table there is; without a folder only the synthetic ones, made up here. Medians
 * over ten seeds, but the most of leaked rows; the described set is that of one seed.
 */
export async function benchQuality(folder: string | undefined): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const name of NAMES) {
    const x = (folder ? tableOf(folder, name) : null) ?? madeUp(name);
    if (!x) continue;
    const published = folder ? publishedMmd2(folder, name) : undefined;
    const made = await makeSets(x);
    figures.push(...(await quality(name, x, made, published)), ...privacy(name, x, made));
  }
  return figures;
}

function madeUp(name: string): Matrix<Float32Array> | null {
  const cols = /^synthetic-d(\d+)$/.exec(name)?.[1];
  return cols ? madeUpTable(2000, Number(cols)) : null;
}

/** What the Python package itself reached on the table. */
function publishedMmd2(folder: string, name: string): number | undefined {
  const file = join(folder, "reference.json");
  if (!existsSync(file)) return undefined;
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
    cases: Record<string, { reference: number }>;
  };
  return cases[name]?.reference;
}

/** Reduced sets of one table; one of each kind for every seed. */
interface MadeSets {
  /** 100 points, with no rule of privacy. */
  readonly free: readonly Specification[];
  /** By default, within the rules that every point has to keep. */
  readonly guarded: readonly Specification[];
  readonly compat: readonly Specification[];
  /** What would be sent, null where nothing would. */
  readonly described: Described | null;
  /** The same of every second row, by either form; the others are the rows of those who published for the book. */
  readonly halves: Readonly<Record<"outline" | "book", Described | null>> & {
    readonly rows: Matrix<Float32Array>;
  };
}

async function makeSets(x: Matrix<Float32Array>): Promise<MadeSets> {
  const compute = await WasmCompute.create();
  const rows = await compute.load(x);
  const free: Specification[] = [];
  const guarded: Specification[] = [];
  const compat: Specification[] = [];
  for (const seed of SEEDS) {
    const options = { kernel: gaussianKernel(GAMMA), count: MOST_POINTS, seed };
    free.push(await finish(reduceRows(compute, rows, x, options)));
    const checked = await finish(
      reduceSafely(compute, rows, x, { kernel: gaussianKernel(GAMMA), seed }),
    );
    guarded.push(checked.rkme);
    compat.push(reduceAsReference(x, seed));
  }
  const every = (first: number) =>
    pickRows(
      x,
      Int32Array.from({ length: (x.rows - first + 1) >> 1 }, (_, i) => first + 2 * i),
    );
  const own = every(0);
  const book = await publicBook(compute, every(1), gaussianKernel(GAMMA));
  const halves = {
    rows: own,
    outline: await describeOrNull(own),
    book: await describeOrNull(own, book),
  };
  return { free, guarded, compat, described: await describeOrNull(x), halves };
}

async function quality(
  name: string,
  x: Matrix<Float32Array>,
  { free, guarded, compat, described, halves }: MadeSets,
  published: number | undefined,
): Promise<Figure[]> {
  const score = await scorer(x);
  const middle = async (sets: readonly Specification[]) =>
    median(await Promise.all(sets.map(score)));
  const ours = await middle(free);
  const baseline = await middle(compat);
  const figure = figuresOf(`quality/${name}`);
  const scoreHalf = await scorer(halves.rows);
  const [onBook, outlined] = [halves.book, halves.outline];
  return [
    ...(onBook
      ? [
          figure(
            "mmd2_on_book",
            "squared distance",
            await scoreHalf(onBook.rkme),
            outlined ? await scoreHalf(outlined.rkme) : undefined,
          ),
          figure("points_on_book", "points", onBook.rkme.points.rows, outlined?.rkme.points.rows),
        ]
      : []),
    figure("mmd2", "squared distance", ours, baseline),
    figure("ratio_to_compat", "ratio", ours / baseline),
    ...(published ? [figure("ratio_to_published", "ratio", ours / published)] : []),
    figure("mmd2_within_rules", "squared distance", await middle(guarded), baseline),
    ...(described
      ? [
          figure("mmd2_private", "squared distance", await score(described.rkme), baseline),
          figure(
            "points_private",
            "points",
            described.rkme.points.rows,
            median(compat.map(({ points }) => points.rows)),
          ),
        ]
      : []),
  ];
}

function privacy(
  name: string,
  x: Matrix<Float32Array>,
  { guarded, compat, described }: MadeSets,
): Figure[] {
  const limit = 0.01 * (medianNeighbourDistance(x, seededRandom(0)) ?? 0);
  const onRows = (sets: readonly Specification[]) => sets.map((rkme) => leaked(x, rkme, limit));
  const attackAuc = described?.preflight.attackAuc ?? null;
  const attacked = ATTACK_SEEDS.map((seed) => attackReference(x, seed));
  const figure = figuresOf(`privacy/${name}`);
  return [
    figure("leaked_rows", "points on rows", Math.max(...onRows(guarded)), median(onRows(compat))),
    ...(attackAuc === null ? [] : [figure("attack_auc", "AUC", attackAuc, median(attacked))]),
  ];
}

/** How well points made of one half of the rows by the package's way tell it from the other half. */
function attackReference(x: Matrix<Float32Array>, seed: number): number {
  const order = sampleIndices(x.rows, x.rows, seededRandom(seed));
  const half = x.rows >> 1;
  const train = pickRows(x, order.subarray(0, half));
  return membershipAuc(reduceAsReference(train, seed), train, pickRows(x, order.subarray(half)));
}

/** The set that would be sent, with everything by default; null where nothing would be. */
async function describeOrNull(x: Matrix<Float32Array>, book?: Book): Promise<Described | null> {
  try {
    const compute = await WasmCompute.create();
    const options = { kernel: gaussianKernel(GAMMA), secret: secretOf(1), book };
    return await finish(describeRows(compute, x, options));
  } catch (error) {
    if (error instanceof EngineError && error.code === "preflight_failed") return null;
    throw error;
  }
}

/** Squared MMD between all rows and reduced sets, in double precision. */
async function scorer(x: Matrix<Float32Array>): Promise<(rkme: Specification) => Promise<number>> {
  const rows = await new ReferenceCompute().load(x);
  const means = await rows.kernelMeans(x, GAMMA);
  const meanKernel = means.reduce((sum, mean) => sum + mean, 0) / x.rows;
  return async (rkme) => {
    const cross = await rows.kernelMeans(rkme.points, GAMMA);
    const product = cross.reduce((sum, mean, j) => sum + mean * rkme.weights[j]!, 0);
    return meanKernel - 2 * product + innerProduct(rkme, rkme);
  };
}

/** Points closer to a row than the limit. */
function leaked(x: Matrix, { points }: Specification, limit: number): number {
  let count = 0;
  for (let j = 0; j < points.rows; j++) {
    for (let i = 0; i < x.rows; i++) {
      if (squaredDistance(x, i, points, j) < limit * limit) {
        count++;
        break;
      }
    }
  }
  return count;
}

function figuresOf(name: string) {
  return (metric: string, unit: string, value: number, baseline?: number): Figure => ({
    suite: "spec",
    case: name,
    metric,
    unit,
    value,
    ...(baseline !== undefined && { baseline }),
  });
}
