/** @file `berth/engine`: what Berth does with rows, models and learnwares, without any network. For Node and browsers. */

import type { BookPoints } from "../engine/specification/book/book";
import { describeRows } from "../engine/specification/describe";
import { encodeStat } from "../engine/specification/files/codec";
import { SECRET_BYTES, type Secret } from "../engine/specification/keyed/secret";
import type { PreflightReport } from "../engine/specification/publish/preflight";
import { EngineError } from "../engine/ground/errors";
import { finish } from "../engine/ground/finish";
import type { Task } from "../engine/ground/task";
import type { AddedColumn } from "../engine/kinds/added-column";
import { describeOptions } from "../engine/kinds/describe-options";
import { type Space, type TableSpace, tableSpace } from "../engine/kinds/space";
import { rankIslands } from "../engine/kinds/table/match/related";
import { otherReaders } from "../engine/kinds/table/read/formats";
import { openTable } from "../engine/kinds/table/read/index";
import type { ReadOptions } from "../engine/kinds/table/read/reader";
import { sourceOfBytes } from "../engine/kinds/table/read/source";
import { matchesWithout } from "../engine/kinds/table/rows/table-rows";
import type { HeldBackMetric } from "../engine/learnware/manifest";
import { readForeign } from "../engine/pack/foreign-model";
import type { Check } from "../engine/verify/check";
import type { VerifyPorts } from "../engine/verify/verify-package";
import { byteTools } from "../runtime/byte-tools";
import { WasmCompute } from "../runtime/compute/wasm/wasm-compute";
import { packModel } from "../workflows/pack/pack-model";
import { readAsTaken, typesLike, valuesOf } from "../workflows/pack/read-as-taken";
import type { LearnwareAbout } from "../workflows/train/about";
import { foundIsland } from "../workflows/train/found-island";
import { specificationExtras } from "../workflows/train/specification-extras";
import { modelsHere } from "./models-here";
import { runForeign } from "../workflows/pack/run-foreign";
import { holdTable, type Mapping, type UserTable } from "./user-table";
import { verifyZip } from "./verify-zip";

export { AppError } from "../contracts/outcome";
export { dimensionOf } from "../engine/kinds/dimension-of";
export { openLearnware, type LearnwarePackage } from "../engine/learnware/package";
export { EngineError };
export type { Check, HeldBackMetric, Mapping, PreflightReport, Secret, Space, UserTable };

/** A file of a table: its bytes, and its name, whose ending helps where the bytes leave it open. */
export interface TableFile {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/**
 * Decides which rows have a part in what leaves. To be kept, and never sent: the same rows are then described by the same bytes,
 * and asking again tells nothing more.
 */
export function newSecret(): Secret {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
}

/**
 * Read a table: CSV and its relatives, Excel, Parquet, Arrow, JSON, ARFF, NumPy; packed by gzip or zip. (Not SQLite.)
 *
 * @param options - How it is read, where it should not be told from the bytes; and which column holds answers, if one does.
 * @throws EngineError with a code if it is no table; `bad_parameter` if there is no such column.
 */
export async function readTable(
  file: TableFile,
  { answers, ...options }: ReadOptions & { readonly answers?: string } = {},
): Promise<UserTable> {
  return holdTable(await openFile(file, options), answers);
}

/**
 * The table again, in its own format and its own order, with columns at the right.
 *
 * @throws EngineError `shape_mismatch` if a column is not as long as the table.
 */
export async function writeTable(
  table: UserTable,
  columns: readonly AddedColumn[],
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
  const whole = { format: null, onlyEmpty: null };
  await finish(table.write(columns, (piece) => void parts.push(piece), whole));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/**
 * Which columns of the table play which features of a space, told by names and values.
 *
 * @throws EngineError `bad_parameter` if none does.
 */
export function placeTable({ profile, answersColumn }: UserTable, space: TableSpace): Mapping {
  const match = rankIslands([space], profile.columns)[0]!;
  if (match.matched === 0) {
    const message = `the table has no column of the island "${space.name}"`;
    throw new EngineError("bad_parameter", message);
  }
  return { island: space, matches: matchesWithout(match.matches, answersColumn) };
}

export interface DescribedTable {
  /** The text of a `stat.json`. */
  readonly stat: string;
  /** What attacks on it were rehearsed, and what came of them. */
  readonly preflight: PreflightReport;
}

/**
 * The specification of a table's rows, as `berth spec` writes it: safe to be sent or published.
 *
 * @param book - Of the space, where it has one: `(await dock.book(space.book, …))`.
 * @throws EngineError `preflight_failed` if no specification of these rows is safe; `details.reason` says why.
 */
export async function describe(
  table: UserTable,
  mapping: Mapping,
  { secret, book = null }: { readonly secret: Secret; readonly book?: BookPoints | null },
): Promise<DescribedTable> {
  const { island } = mapping;
  if (island.book && !book) {
    throw new EngineError("bad_parameter", `"${island.name}" has a book: give its points`);
  }
  const rows = await table.scaledRows(mapping);
  const options = describeOptions(island, book, secret);
  const described = await finish(describeRows(await WasmCompute.create(), rows, options));
  const stat = encodeStat(described.rkme, specificationExtras(island, described));
  return { stat, preflight: described.preflight };
}

export interface Verified {
  /** Whether a dock would take it. */
  readonly verified: boolean;
  readonly checks: readonly Check[];
}

/**
 * The checks that a dock makes before it takes a learnware; its model is run.
 *
 * @param findSpace - Knows spaces that a zip only names; without it, those are not compared.
 */
export async function verify(
  zip: Uint8Array,
  { findSpace = async () => null }: Partial<Pick<VerifyPorts, "findSpace">> = {},
): Promise<Verified> {
  const pool = modelsHere();
  const checks: Check[] = [];
  const note = (check: Check) => void checks.push(check);
  const verified = await verifyZip(zip, pool, findSpace, note).finally(() => pool.dispose());
  return { verified, checks };
}

export interface PackWish {
  readonly target: string;
  /** Told from model and target where left out. */
  readonly task?: Task;
  readonly unit?: string;
  readonly about: LearnwareAbout;
  readonly secret: Secret;
  /** Columns in the order in which the model takes them; told from names where left out. */
  readonly names?: readonly string[];
  /** Classes in the order of the scores. */
  readonly labels?: readonly string[];
  /** The space it lies in; a new one is founded where left out, called as `islandName` or the table's file. */
  readonly space?: TableSpace;
  readonly islandName?: string;
  /** Points of the space's book, where it has one. */
  readonly book?: BookPoints;
  /** Rows that it was not trained on: how good it is on them is published. */
  readonly test?: TableFile;
  readonly read?: ReadOptions;
}

export interface Packed {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly space: TableSpace;
  readonly preflight: PreflightReport;
  readonly measured: readonly HeldBackMetric[];
  /** What was assumed of the model. */
  readonly notes: readonly string[];
}

/**
 * A learnware of an ONNX model that was trained elsewhere, as `berth pack` makes it.
 *
 * @param data - The rows that it was trained on.
 * @throws EngineError `bad_model`, `bad_parameter` or `preflight_failed`, with words that say what to do.
 */
export async function pack(model: Uint8Array, data: TableFile, wish: PackWish): Promise<Packed> {
  const { target, task, unit, about, secret, names = null, labels, book = null } = wish;
  const foreign = readForeign(model);
  const asked = { target, names, fixed: new Map() };
  const readAs = async (file: TableFile, types: ReadOptions["types"]) =>
    (await openFile(file, { ...wish.read, types: { ...types, ...wish.read?.types } })).read;
  const { read, plan } = await readAsTaken((types) => readAs(data, types), foreign, asked);
  const { island, matches } = wish.space
    ? { island: wish.space, matches: rankIslands([wish.space], read.profile.columns)[0]!.matches }
    : foundIsland(read.table, {
        ...{ target, name: wish.islandName ?? data.name.replace(/\.[^.]+$/, "") },
        ...{ columns: plan.columns, values: valuesOf(read, plan) },
      });
  const test = wish.test && (await readAs(wish.test, typesLike(read, [target, ...plan.columns])));
  const pool = modelsHere();
  const packing = packModel(
    ...([await WasmCompute.create(), foreign, read.table, island, matches, plan] as const),
    {
      target: { column: target, ...(task && { task }), ...(unit !== undefined && { unit }) },
      wish: { output: undefined, labels, isLogits: undefined, pick: undefined },
      ...{
        about,
        secret,
        book,
        fixed: asked.fixed,
        test: test?.table ?? null,
        sample: null,
        isUnseen: false,
      },
      run: runForeign(pool),
    },
  );
  const made = await finish(packing).finally(() => pool.dispose());
  const { zip, preflight, measured, notes } = made;
  return { zip, space: tableSpace(island), preflight, measured, notes };
}

function openFile({ bytes, name }: TableFile, options: ReadOptions) {
  return finish(openTable(sourceOfBytes(bytes, byteTools), name, options, otherReaders));
}
